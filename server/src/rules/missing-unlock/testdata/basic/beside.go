package fixture

import (
	"errors"
	"sync"
	"time"
)

// ok: the timer's callback, which was made before, unlocks where this does not.
func timed(wait time.Duration, run func()) {
	var mu sync.Mutex
	late := time.AfterFunc(wait, func() {
		mu.Unlock()
		panic("blocked")
	})
	mu.Lock()
	run()
	if late.Stop() {
		mu.Unlock()
	}
}

// The callback only unlocks what it has locked itself.
func timedForItself(wait time.Duration, run func()) {
	var mu sync.Mutex
	ticks := 0
	late := time.AfterFunc(wait, func() {
		mu.Lock()
		ticks++
		mu.Unlock()
	})
	mu.Lock()
	run()
	if late.Stop() {
		ticks--
		mu.Unlock()
	}
} // want `mu, locked in line 32, is still locked when this returns`

// ok: a goroutine that was started before unlocks.
func unlockedByTask(asked <-chan struct{}, run func() error) error {
	var mu sync.Mutex
	go func() {
		<-asked
		mu.Unlock()
	}()
	mu.Lock()
	if err := run(); err != nil {
		mu.Unlock()
		return err
	}
	return nil
}

// ok: one closure locks, another one unlocks.
func pairOfClosures(n int) int {
	var mu sync.Mutex
	enter := func() error {
		mu.Lock()
		if n < 0 {
			mu.Unlock()
			return errors.New("negative")
		}
		return nil
	}
	leave := func() { mu.Unlock() }
	if enter() != nil {
		return 0
	}
	defer leave()
	return n
}

// The closure unlocks only where it is called.
func unlockedInCall(run func() error) error {
	var mu sync.Mutex
	release := func() { mu.Unlock() }
	mu.Lock()
	if err := run(); err != nil {
		return err // want `mu, locked in line 78, is still locked when this returns`
	}
	release()
	return nil
}
