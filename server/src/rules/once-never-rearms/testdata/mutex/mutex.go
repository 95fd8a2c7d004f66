package mutex

import (
	s "sync"
)

type cache struct {
	entries map[string]int
	once    s.Once // for Reset
	name    string // as it is shown
}

func (c *cache) put(key string) { c.entries[key] = 1 }

func (c *cache) Reset() {
	c.once.Do(func() { // want `c.once.Do clears c.entries`
		// All of them.
		clear(c.entries)
	})
}

// With mu taken, another name.
type named struct {
	mu      bool
	entries map[string]int
	once    s.Once
}

func (n *named) put(key string) { n.entries[key] = 1 }

func (n *named) drop() { clear(n.entries) }

// What is called may panic: the lock is released whatever happens.
func (n *named) Reset() {
	n.once.Do(n.drop) // want `n.once.Do clears n.entries`
}

type counted struct {
	once    s.Once
	entries map[string]int
	resets  int
}

func (c *counted) put(key string) { c.entries[key] = 1 }

func (c *counted) log(text string) { println(text) }

func (c *counted) Reset() int {
	c.once.Do(func() { // want `c.once.Do clears c.entries`
		c.log("reset")
		clear(c.entries)

		c.resets++
	})
	return c.resets
}

var (
	shared     = map[string]int{}
	sharedOnce s.Once
	size       int
)

func fill() { shared["a"] = 1 }

func ResetShared() {
	sharedOnce.Do(func() { clear(shared) }) // want `sharedOnce.Do clears shared`
	size = len(shared)
}

// No fix: two places share the guard.
type twice struct {
	once    s.Once
	entries map[string]int
}

func (t *twice) put(key string) { t.entries[key] = 1 }

func (t *twice) Reset() {
	t.once.Do(func() { clear(t.entries) }) // want `t.once.Do clears t.entries`
}

func (t *twice) Refresh() {
	t.once.Do(func() { clear(t.entries) }) // want `t.once.Do clears t.entries`
}

// No fix: a literal that names no fields gives the guard.
type listed struct {
	once    *s.Once
	entries map[string]int
}

func (l *listed) put(key string) { l.entries[key] = 1 }

func newListed() *listed { return &listed{new(s.Once), map[string]int{}} }

func (l *listed) Reset() {
	l.once.Do(func() { clear(l.entries) }) // want `l.once.Do clears l.entries`
}

// No fix: others can use it.
type Open struct {
	Once    s.Once
	entries map[string]int
}

func (o *Open) put(key string) { o.entries[key] = 1 }

func (o *Open) Reset() {
	o.Once.Do(func() { clear(o.entries) }) // want `o.Once.Do clears o.entries`
}

// No fix: in a struct around it the name of a lock might hide another one.
type inner struct {
	single  s.Once
	entries map[string]int
}

type outer struct {
	inner
}

func (o *outer) put(key string) { o.entries[key] = 1 }

func (o *outer) Reset() {
	o.single.Do(func() { clear(o.entries) }) // want `o.single.Do clears o.entries`
}

// No fix: declared together with another one.
type paired struct {
	left, right s.Once
	entries     map[string]int
}

func (p *paired) put(key string) { p.entries[key] = 1 }

func (p *paired) Reset() {
	p.left.Do(func() { clear(p.entries) }) // want `p.left.Do clears p.entries`
}

// No fix: the function stands in one line.
type brief struct {
	once    s.Once
	entries map[string]int
}

func (b *brief) put(key string) { b.entries[key] = 1 }

func (b *brief) Reset() { b.once.Do(func() { clear(b.entries) }) } // want `b.once.Do clears b.entries`
