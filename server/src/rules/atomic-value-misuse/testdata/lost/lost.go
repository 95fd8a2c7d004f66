package fixture

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
)

func increments() int64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n.Store(n.Load() + 1) // want `this stores what was made from the n loaded at lost\.go:\d+: what another goroutine stores here in between is lost`
		}()
	}
	wg.Wait()
	return n.Load()
}

func copies(names []string) int {
	var published atomic.Pointer[map[string]int]
	published.Store(&map[string]int{})
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			next := maps.Clone(*published.Load())
			next[name] = i
			published.Store(&next) // want `this stores what was made from the published loaded at lost\.go:\d+`
		}()
	}
	wg.Wait()
	return len(*published.Load())
}

func filled(names []string) int {
	var published atomic.Value
	published.Store(map[string]int{})
	var wg sync.WaitGroup
	wg.Add(2)
	add := func(name string) {
		defer wg.Done()
		next := map[string]int{name: 1}
		for k, v := range published.Load().(map[string]int) {
			next[k] = v
		}
		published.Store(next) // want `this stores what was made from the published loaded at lost\.go:\d+`
	}
	go add(names[0])
	go add(names[1])
	wg.Wait()
	return len(published.Load().(map[string]int))
}

// Methods of a type that locks elsewhere: who calls them is not seen.
type registry struct {
	mu     sync.Mutex
	loaded atomic.Pointer[map[string]int]
	hits   map[string]int
}

func (r *registry) Hit(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hits[name]++
}

func (r *registry) Add(name string) {
	next := maps.Clone(*r.loaded.Load())
	next[name]++
	r.loaded.Store(&next) // want `this stores what was made from the r\.loaded loaded at`
}

// ok: writers take a lock
type locked struct {
	mu     sync.Mutex
	loaded atomic.Pointer[map[string]int]
}

func (l *locked) Add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := maps.Clone(*l.loaded.Load())
	next[name]++
	l.loaded.Store(&next)
}

func (l *locked) Remove(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := maps.Clone(*l.loaded.Load())
	delete(next, name)
	l.loaded.Store(&next)
}

// ok: CompareAndSwap notices
func swaps(names []string) {
	var published atomic.Pointer[map[string]int]
	published.Store(&map[string]int{})
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				old := published.Load()
				next := maps.Clone(*old)
				next[name]++
				if published.CompareAndSwap(old, &next) {
					return
				}
			}
		}()
	}
	wg.Wait()
}

// ok: an addition is one step
func adds() int64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n.Add(1)
		}()
	}
	wg.Wait()
	return n.Load()
}

// ok: one writer
func oneWriter(names []string) int {
	var published atomic.Pointer[map[string]int]
	published.Store(&map[string]int{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, name := range names {
			next := maps.Clone(*published.Load())
			next[name]++
			published.Store(&next)
		}
	}()
	<-done
	return len(*published.Load())
}

// ok: what is stored does not come from what was loaded
func replaces(all []map[string]int) int {
	var published atomic.Pointer[map[string]int]
	var wg sync.WaitGroup
	for _, each := range all {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if published.Load() != nil {
				return
			}
			published.Store(&each)
		}()
	}
	wg.Wait()
	return len(*published.Load())
}

// ok: two values, one from the other
func twoValues() {
	var from, to atomic.Int64
	var wg sync.WaitGroup
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			to.Store(from.Load() + 1)
		}()
	}
	wg.Wait()
}

// proves: output "lost"
func losesIncrements() {
	for range 1000 {
		if n := increments(); n != 100 {
			fmt.Println("lost", 100-n)
			return
		}
	}
}

// proves: nothing
func losesNothing() {
	if adds() != 100 {
		panic("lost")
	}
}
