package fixture

import "sync"

type cache struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	entries map[string]int
}

func (c *cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
	if c.Len() > 10 { // want `this calls cache\.Len, which locks c\.mu, held here since line 18: it waits for itself`
		clear(c.entries)
	}
}

func (c *cache) twice() {
	c.mu.Lock()
	c.entries = nil
	c.mu.Lock() // want `c\.mu is locked again while it is held since line 27`
	c.mu.Unlock()
}

func (c *cache) indirect() int {
	return c.Len()
}

func (c *cache) deep() int {
	c.mu.Lock()
	n := c.indirect() // want `this calls cache\.indirect, which locks c\.mu`
	c.mu.Unlock()
	return n
}

func (c *cache) upgrade(key string) {
	c.rw.RLock()
	defer c.rw.RUnlock()
	if c.entries[key] == 0 {
		c.rw.Lock() // want `c\.rw is locked for writing while it is held for reading since line 45`
		c.entries[key] = 1
		c.rw.Unlock()
	}
}

func (c *cache) downgrade(key string) int {
	c.rw.Lock()
	defer c.rw.Unlock()
	c.rw.RLock() // want `c\.rw is locked for reading while it is held for writing since line 55`
	return c.entries[key]
}

func (c *cache) size() int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	return len(c.entries)
}

func (c *cache) average(sum int) int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	return sum / c.size() // want `this calls cache\.size, which locks c\.rw for reading as line 68 did`
}

func (c *cache) unlockTwice(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.entries[key]; ok {
		c.mu.Unlock() // want `c\.mu is unlocked here and again in line 75`
		return v
	}
	return 0
}

func (c *cache) inClosure() {
	c.mu.Lock()
	defer c.mu.Unlock()
	func() { // want `this calls func, which locks c\.mu, held here since line 84`
		c.mu.Lock()
		c.entries = nil
		c.mu.Unlock()
	}()
}

var global sync.Mutex

func count() int {
	global.Lock()
	defer global.Unlock()
	return 1
}

func total() int {
	global.Lock()
	defer global.Unlock()
	return count() + 1 // want `this calls count, which locks global, held here since line 102`
}

type node struct {
	mu   sync.Mutex
	next *node
	n    int
}

// ok: the lock of another object
func (n *node) sum() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil {
		return n.n
	}
	return n.n + n.next.sum()
}

// ok: two instances
func move(from, to *node) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.n--
	to.n++
}

// ok: released before the call
func (c *cache) released() int {
	c.mu.Lock()
	c.entries = nil
	c.mu.Unlock()
	return c.Len()
}

// ok: the callee releases and takes it again
func (c *cache) pause() {
	c.mu.Unlock()
	c.mu.Lock()
}

func (c *cache) paused() {
	c.mu.Lock()
	c.pause()
	c.mu.Unlock()
}

// ok: another goroutine takes it
func (c *cache) spawn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go c.Len()
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
	}()
}

// ok: a different lock of the same object
func (c *cache) both() int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	return c.Len()
}

// ok: the argument says that it is held
func (c *cache) lenIf(locked bool) int {
	if !locked {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return len(c.entries)
}

func (c *cache) callsLenIf() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lenIf(true)
}

// ok: each round another object
func all(nodes []*node) {
	for _, n := range nodes {
		n.mu.Lock()
	}
	for _, n := range nodes {
		n.mu.Unlock()
	}
}

// ok: taken only if TryLock got it
func (c *cache) try() {
	if c.mu.TryLock() {
		c.mu.Unlock()
		c.mu.Lock()
		c.mu.Unlock()
	}
}

// ok: the pointer may be another one
func (n *node) walk() {
	n.mu.Lock()
	n.next.mu.Lock()
	n.next = n.next.next
	n.next.mu.Lock()
	n.next.mu.Unlock()
	n.mu.Unlock()
}

// ok: locked once per round
func (c *cache) loop(keys []string) {
	for _, key := range keys {
		c.mu.Lock()
		delete(c.entries, key)
		c.mu.Unlock()
	}
}

// ok: stored, not called here
func (c *cache) later() func() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := func() int { return c.Len() }
	return f
}

// ok: only readers
type reader struct {
	rw sync.RWMutex
	m  map[string]int
}

func (r *reader) get(key string) int {
	r.rw.RLock()
	defer r.rw.RUnlock()
	return r.m[key]
}

func (r *reader) getBoth(a, b string) int {
	r.rw.RLock()
	defer r.rw.RUnlock()
	return r.get(a) + r.get(b)
}
