// Package locks has locks that count who holds them.
package locks

import (
	"sync"
	"sync/atomic"
)

type Counted struct {
	m       sync.RWMutex
	writers int32
}

func (c *Counted) Lock() {
	c.m.Lock()
	atomic.AddInt32(&c.writers, 1)
}

func (c *Counted) Unlock() {
	atomic.AddInt32(&c.writers, -1)
	c.m.Unlock()
}

func (c *Counted) RLock()   { c.m.RLock() }
func (c *Counted) RUnlock() { c.m.RUnlock() }

// Gate has methods of these names and no lock inside.
type Gate struct {
	open atomic.Bool
}

func (g *Gate) Lock()   { g.open.Store(false) }
func (g *Gate) Unlock() { g.open.Store(true) }
