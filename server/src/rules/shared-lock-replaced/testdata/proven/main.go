package main

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func (c *cache) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c = cache{entries: map[string]int{}} // want `\*c is overwritten while c\.mu in it is held`
}

func (c *cache) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = map[string]int{}
}

// proves: panic "unlock of unlocked mutex"
func resets() {
	c := &cache{}
	c.Reset()
}

// ok: the lock stays.
//
// proves: nothing
func clears() {
	c := &cache{}
	c.Clear()
}

func main() {}
