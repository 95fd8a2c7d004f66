package main

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func (c cache) Set(key string) { // want `c is a copy of the cache that Set is called on`
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key]++
}

type shared struct {
	mu      sync.Mutex
	entries map[string]int
}

func (s *shared) Set(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[key]++
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Go(b)
	wg.Wait()
}

// proves: race
func twoCopies() {
	c := &cache{entries: map[string]int{}}
	together(func() { c.Set("a") }, func() { c.Set("b") })
}

// ok: one lock.
//
// proves: nothing
func oneLock() {
	s := &shared{entries: map[string]int{}}
	together(func() { s.Set("a") }, func() { s.Set("b") })
}

func main() {}
