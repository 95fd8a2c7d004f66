package main

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func newCache() *cache { return &cache{entries: map[string]int{}} }

func (c *cache) Get(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key]
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
}

func (c *cache) Delete(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

func (c *cache) Len() int {
	return len(c.entries) // want `c\.entries is used here without mu`
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 100 {
			a()
		}
	})
	wg.Go(func() {
		for range 100 {
			b()
		}
	})
	wg.Wait()
}

// proves: race
func lenWhileSet() {
	c := newCache()
	together(func() { c.Len() }, func() { c.Set("a", 1) })
}

// ok: both lock.
//
// proves: nothing
func getWhileSet() {
	c := newCache()
	together(func() { c.Get("a") }, func() { c.Set("a", 1) })
}

// ok: nobody else is there.
//
// proves: nothing
func alone() {
	c := newCache()
	c.Set("a", 1)
	c.Len()
}

func main() {}
