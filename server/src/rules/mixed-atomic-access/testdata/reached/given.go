package reached

import (
	"sync"
	"sync/atomic"
)

type usage struct {
	count int64
	limit int64
}

func (u *usage) add(n int64) {
	atomic.AddInt64(&u.count, n)
	atomic.AddInt64(&u.limit, n)
}

type usages struct {
	mu  sync.Mutex
	all map[string]*usage
}

// The usage of a kind is found in the map, or put there.
func (u *usages) of(kind string) *usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	found, ok := u.all[kind]
	if ok {
		return found
	}
	found = &usage{}
	u.all[kind] = found
	return found
}

// A usage of nobody else's.
func (u *usages) fresh() *usage {
	return &usage{}
}

type node struct {
	usages usages
}

func (n *node) Add(kind string, by int64) {
	n.usages.of(kind).add(by)
}

func (n *node) Limit(kind string) int64 {
	of := n.usages.of(kind)
	return of.limit // want `of\.limit is read here without atomic`
}

// ok: read atomically.
func (n *node) Count(kind string) int64 {
	of := n.usages.of(kind)
	return atomic.LoadInt64(&of.count)
}

// ok: nobody else has this one.
func (n *node) Fresh() int64 {
	of := n.usages.fresh()
	return of.count
}

// ok: made here.
func Total() int64 {
	var own usages
	own.all = map[string]*usage{}
	return own.of("").count
}
