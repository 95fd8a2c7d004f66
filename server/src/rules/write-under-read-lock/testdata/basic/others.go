package fixture

import (
	"container/list"
	"sync"
)

// A second lock keeps out only those who take it.
type bin struct {
	mu   sync.RWMutex
	list *list.List
}

func (b *bin) remove(name string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for e := b.list.Front(); e != nil; e = e.Next() {
		if e.Value == name {
			b.list.Remove(e) // want `this changes b\.list with only the read lock of mu held`
		}
	}
}

func (b *bin) add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list.PushFront(name)
}

func (b *bin) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.list.Len()
}

type shelf struct {
	mu      sync.RWMutex
	bins []*bin
}

func (t *shelf) Remove(i int, name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bins[i].remove(name)
}

func (t *shelf) Add(i int, name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bins[i].add(name)
}

// Here all who come have the second lock.
type inner struct {
	mu   sync.RWMutex
	list *list.List
}

func (n *inner) remove(name string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for e := n.list.Front(); e != nil; e = e.Next() {
		if e.Value == name {
			n.list.Remove(e) // ok: the shelf is locked, here and everywhere
		}
	}
}

func (n *inner) add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list.PushFront(name)
}

func (n *inner) size() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.list.Len()
}

type outer struct {
	mu    sync.RWMutex
	parts []*inner
}

func (o *outer) Remove(i int, name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.parts[i].remove(name)
}

func (o *outer) Add(i int, name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.parts[i].add(name)
}

func (o *outer) Len(i int) int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.parts[i].size()
}
