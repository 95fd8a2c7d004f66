package fixture

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
	list    []int
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
	c.list[0] = v
}

func (c *cache) Get(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key] + c.list[0]
}

func (c *cache) Late(key string, v int) {
	c.mu.Lock()
	m := c.entries
	c.mu.Unlock()
	m[key] = v // want `c\.entries was read under mu, but is changed here after the unlock`
}

func (c *cache) LateDelete(key string) {
	c.mu.Lock()
	m := c.entries
	known := m[key] > 0
	c.mu.Unlock()
	if known {
		delete(m, key) // want `c\.entries was read under mu, but is changed here`
	}
}

func (c *cache) LateClear() {
	c.mu.Lock()
	m := c.entries
	c.mu.Unlock()
	clear(m) // want `c\.entries was read under mu, but is changed here`
}

func (c *cache) LateElement(v int) {
	c.mu.Lock()
	list := c.list
	c.mu.Unlock()
	list[0] = v // want `c\.list was read under mu, but is changed here`
}

// ok: changed under the lock
func (c *cache) InTime(key string, v int) {
	c.mu.Lock()
	m := c.entries
	m[key] = v
	c.mu.Unlock()
}

// ok: locked again
func (c *cache) Again(key string, v int) {
	c.mu.Lock()
	m := c.entries
	c.mu.Unlock()
	c.mu.Lock()
	m[key] = v
	c.mu.Unlock()
}

// ok: swapped, the old map is this function's
func (c *cache) Swap(key string) map[string]int {
	c.mu.Lock()
	m := c.entries
	c.entries = map[string]int{}
	c.mu.Unlock()
	delete(m, key)
	return m
}

// ok: a copy
func (c *cache) Copy(key string) map[string]int {
	c.mu.Lock()
	m := make(map[string]int, len(c.entries))
	for k, v := range c.entries {
		m[k] = v
	}
	c.mu.Unlock()
	delete(m, key)
	return m
}

type owner struct {
	mu   sync.Mutex
	rows map[string]int
}

// ok: not changed under the lock anywhere else
func (o *owner) Only(key string) {
	o.mu.Lock()
	m := o.rows
	o.mu.Unlock()
	m[key]++
}

func (o *owner) Count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.rows)
}
