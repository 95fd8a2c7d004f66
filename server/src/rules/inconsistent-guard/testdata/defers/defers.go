package defers

import "sync"

type first struct {
	mu   sync.Mutex
	out  []string
	wake chan struct{}
}

func (c *first) kick() {
	if len(c.out) > 0 { // want `Add calls this without it`
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
}

// What is deferred last runs first: the lock is free when kick runs.
func (c *first) Add(line string) {
	c.mu.Lock()
	defer c.kick()
	defer c.mu.Unlock()
	c.out = append(c.out, line)
}

func (c *first) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.out)
}

func (c *first) Take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := append([]string(nil), c.out...)
	c.out = c.out[:0]
	return out
}

func (c *first) Flush() {
	c.mu.Lock()
	c.kick()
	c.mu.Unlock()
}

type second struct {
	mu   sync.Mutex
	out  []string
	wake chan struct{}
}

// ok: the unlock was deferred before it, and runs after it.
func (c *second) kick() {
	if len(c.out) > 0 {
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
}

func (c *second) Add(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.kick()
	c.out = append(c.out, line)
}

func (c *second) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.out)
}

func (c *second) Take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := append([]string(nil), c.out...)
	c.out = c.out[:0]
	return out
}

type third struct {
	mu   sync.Mutex
	out  []string
	wake chan struct{}
}

func (c *third) kick() {
	if len(c.out) > 0 { // want `Add calls this without it`
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
}

// The lock is released before the function ends.
func (c *third) Add(line string) {
	c.mu.Lock()
	defer c.kick()
	c.out = append(c.out, line)
	c.mu.Unlock()
}

func (c *third) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.out)
}

func (c *third) Take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := append([]string(nil), c.out...)
	c.out = c.out[:0]
	return out
}

func (c *third) Flush() {
	c.mu.Lock()
	c.kick()
	c.mu.Unlock()
}
