package main

import "sync"

type counter struct {
	mu   sync.RWMutex
	hits map[string]int
}

func newCounter() *counter { return &counter{hits: map[string]int{}} }

func (c *counter) Hit(key string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits[key]++ // want `c\.hits`
}

func (c *counter) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.hits)
}

func (c *counter) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.hits[key]
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Go(b)
	wg.Wait()
}

// proves: race
func twoHits() {
	c := newCounter()
	together(func() { c.Hit("a") }, func() { c.Hit("b") })
}

// ok: readers beside each other, and a writer alone.
//
// proves: nothing
func readAndReset() {
	c := newCounter()
	together(func() { c.Get("a") }, func() { c.Get("b") })
	together(func() { c.Get("a") }, func() { c.Reset() })
}

func main() {}
