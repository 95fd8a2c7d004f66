package fixture

import (
	"errors"
	"io"
	"log"
	"sync"
	"time"
)

func work(name string) error {
	if name == "" {
		return errors.New("no name")
	}
	return nil
}

// The error of the function around is everybody's.
func sharedError(names []string) error {
	var wg sync.WaitGroup
	var err error
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err = work(name) // want `err is written here by every goroutine that errors\.go:\d+ starts`
			if err != nil {
				log.Print(err)
			}
		}()
	}
	wg.Wait()
	return err
}

// No fix: nobody else reads it, and it would be declared in vain.
func onlyWritten(names []string) {
	var wg sync.WaitGroup
	var err error
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err = work(name) // want `err is written here by every goroutine that errors\.go:\d+ starts`
			if err != nil {
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}

func sharedInHeader(names []string) {
	var wg sync.WaitGroup
	err := work("first")
	if err != nil {
		return
	}
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err = work(name); err != nil { // want `err is written here by every goroutine that errors\.go:\d+ starts`
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}

// No fix: the goroutine reads what was there before.
func readFirst(names []string) {
	var wg sync.WaitGroup
	var err error
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err != nil {
				return
			}
			err = work(name) // want `err is written here by every goroutine that errors\.go:\d+ starts`
			log.Print(err)
		}()
	}
	wg.Wait()
}

// ok: an error of its own
func ownError(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := work(name)
			if err != nil {
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}

// ok: an element for each goroutine
func ownElement(names []string) error {
	var wg sync.WaitGroup
	all := make([]error, len(names))
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			all[i] = work(name)
		}()
	}
	wg.Wait()
	return errors.Join(all...)
}

// ok: read after the wait
func oneGoroutine(name string) error {
	var wg sync.WaitGroup
	var err error
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = work(name)
	}()
	wg.Wait()
	return err
}

// One statement assigns both: one finding.
func readFor(r io.Reader, p []byte, limit time.Duration) (n int, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		n, err = r.Read(p) // want `n is written here and at errors.go:\d+`
	}()
	select {
	case <-done:
		return n, err
	case <-time.After(limit):
		return 0, errors.New("too slow")
	}
}

func peekFor(peek func([]byte) (int, error), p []byte, limit time.Duration) (n int, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err = peek(p) // want `err is written here and at errors.go:\d+`
	}()
	select {
	case <-done:
		return n, err
	case <-time.After(limit):
		return 0, errors.New("too slow")
	}
}
