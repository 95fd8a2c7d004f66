package fixture

import (
	"iter"
	"sync"
)

type cache struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	entries map[string]int
}

func (c *cache) Each(f func(string, int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, v := range c.entries {
		f(k, v)
	}
}

func (c *cache) Delete(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

func (c *cache) Prune() {
	c.Each(func(key string, v int) {
		if v == 0 {
			return
		}
		c.Delete(key) // want `Each calls this function with c\.mu held, and it locks it again here`
	})
}

func (c *cache) EachTold(f func(key string, locked bool)) {
	c.mu.Lock()
	for k := range c.entries {
		f(k, true)
	}
	c.mu.Unlock()
	f("", false)
}

// ok: the function is told whether the lock is held.
func (c *cache) Told() {
	c.EachTold(func(key string, locked bool) {
		if !locked {
			c.Delete(key)
		}
	})
}

func (c *cache) DeleteIf(key string, locked bool) {
	if !locked {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	delete(c.entries, key)
}

// ok: what is called is told that the lock is held.
func (c *cache) PassedOn() {
	c.Each(func(key string, v int) {
		if v == 0 {
			c.DeleteIf(key, true)
		}
	})
}

// ok: it is let go first, and taken back.
func (c *cache) LetGo() {
	c.Each(func(key string, v int) {
		c.mu.Unlock()
		if v == 0 {
			println(key)
		}
		c.mu.Lock()
	})
}

func (c *cache) Drop() {
	c.Each(func(key string, _ int) {
		c.Delete(key) // want `Each calls this function with c\.mu held, and it locks it again here`
	})
}

func (c *cache) Lock() {
	c.Each(func(key string, _ int) {
		c.mu.Lock() // want `Each calls this function with c\.mu held`
		c.entries[key] = 0
		c.mu.Unlock()
	})
}

func (c *cache) All() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for k, v := range c.entries {
			if !yield(k, v) {
				return
			}
		}
	}
}

func (c *cache) Sweep() {
	for key, v := range c.All() {
		if v == 0 {
			c.Delete(key) // want `All runs the body of this loop with c\.mu held`
		}
	}
}

// ok: collects first
func (c *cache) Collect() {
	var keys []string
	c.Each(func(key string, _ int) {
		keys = append(keys, key)
	})
	for _, key := range keys {
		c.Delete(key)
	}
}

// ok: another cache
func (c *cache) Copy(to *cache) {
	c.Each(func(key string, _ int) {
		to.Delete(key)
	})
}

// ok: called without the lock
func (c *cache) EachUnlocked(f func(string)) {
	c.mu.Lock()
	keys := make([]string, 0, len(c.entries))
	for key := range c.entries {
		keys = append(keys, key)
	}
	c.mu.Unlock()
	for _, key := range keys {
		f(key)
	}
}

func (c *cache) DropUnlocked() {
	c.EachUnlocked(func(key string) {
		c.Delete(key)
	})
}

// ok: another lock
func (c *cache) Other() {
	c.Each(func(string, int) {
		c.rw.Lock()
		c.rw.Unlock()
	})
}

// ok: in another goroutine
func (c *cache) Async() {
	c.Each(func(key string, _ int) {
		go c.Delete(key)
	})
}

// ok: the body of the loop takes no lock
func (c *cache) Total() (n int) {
	for _, v := range c.All() {
		n += v
	}
	return n
}
