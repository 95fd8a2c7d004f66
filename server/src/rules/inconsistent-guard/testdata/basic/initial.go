package fixture

import "sync"

// The methods are handed on, and nobody but Init makes the map.
type order struct {
	mu    sync.Mutex
	peers map[string]int
}

func (o *order) Init() {
	o.peers = make(map[string]int) // ok: without it nothing can be put into the map
}

func (o *order) Install(add func(func(string))) {
	add(o.joined)
	add(o.left)
}

func (o *order) joined(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, ok := o.peers[name]; !ok {
		o.peers[name] = len(o.peers)
	}
}

func (o *order) left(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.peers, name)
}

// A map that the object came with is replaced.
type replaced struct {
	mu    sync.Mutex
	peers map[string]int
}

func newReplaced() *replaced { return &replaced{peers: map[string]int{}} }

func (r *replaced) Reset() {
	r.peers = make(map[string]int) // want `r\.peers is used here without mu`
}

func (r *replaced) Install(add func(func(string))) {
	add(r.joined)
	add(r.left)
}

func (r *replaced) joined(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.peers[name]; !ok {
		r.peers[name] = len(r.peers)
	}
}

func (r *replaced) left(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.peers, name)
}
