package main

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func newCache() *cache { return &cache{entries: map[string]int{}} }

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

func (c *cache) Late(key string) {
	c.mu.Lock()
	m := c.entries
	c.mu.Unlock()
	m[key] = 1 // want `c\.entries was read under mu, but is changed here after the unlock`
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Go(b)
	wg.Wait()
}

// proves: race
func lateWhileSet() {
	c := newCache()
	together(func() { c.Late("a") }, func() { c.Set("b", 2) })
}

// ok: both under the lock.
//
// proves: nothing
func deleteWhileSet() {
	c := newCache()
	together(func() { c.Delete("a") }, func() { c.Set("b", 2) })
}

func main() {}
