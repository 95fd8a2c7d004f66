package main

import (
	"maps"
	"sync"
)

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func newCache() *cache { return &cache{entries: map[string]int{"a": 1}} }

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

func (c *cache) All() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries // want `c\.entries`
}

func (c *cache) Copy() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.entries)
}

func sum(m map[string]int) (total int) {
	for _, v := range m {
		total += v
	}
	return total
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Go(b)
	wg.Wait()
}

// proves: race
func sumWhileSet() {
	c := newCache()
	together(func() { sum(c.All()) }, func() { c.Set("b", 2) })
}

// ok: a copy.
//
// proves: nothing
func sumOfCopy() {
	c := newCache()
	together(func() { sum(c.Copy()) }, func() { c.Set("b", 2) })
}

func main() {}
