package settled

import "sync"

type transport struct{ count int }

func (t *transport) add() { t.count++ }

// The transport is set where the section finds none, and never again.
type channel struct {
	mu        sync.Mutex
	transport *transport
	ready     bool
}

func newChannel(t *transport) *channel { return &channel{transport: t} }

func (c *channel) open(t *transport) {
	c.mu.Lock()
	if c.transport != nil {
		c.mu.Unlock()
		return
	}
	c.transport = t
	c.mu.Unlock()
}

func (c *channel) Open(t *transport) {
	c.open(t)
	c.mu.Lock()
	c.ready = true
	c.mu.Unlock()
}

func (c *channel) Detach() bool {
	c.mu.Lock()
	if !c.ready {
		c.mu.Unlock()
		return false
	}
	c.mu.Unlock()
	c.transport.add() // ok: what is used here is there, and nobody sets it again
	return true
}

// One that is emptied again is another one each time.
type reopened struct {
	mu        sync.Mutex
	transport *transport
	ready     bool
}

func (r *reopened) Open(t *transport) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.transport != nil {
		return
	}
	r.transport = t
	r.ready = true
}

func (r *reopened) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.transport = nil
	r.ready = false
}

func (r *reopened) Detach() bool {
	r.mu.Lock()
	if !r.ready {
		r.mu.Unlock()
		return false
	}
	r.mu.Unlock()
	r.transport.add() // want `r\.transport is `
	return true
}

// Who asks whether it is there does not count on it.
type asked struct {
	mu        sync.Mutex
	transport *transport
	ready     bool
}

func newAsked(t *transport) *asked { return &asked{transport: t} }

func (a *asked) open(t *transport) {
	a.mu.Lock()
	if a.transport != nil {
		a.mu.Unlock()
		return
	}
	a.transport = t
	a.mu.Unlock()
}

func (a *asked) Open(t *transport) {
	a.open(t)
	a.mu.Lock()
	a.ready = true
	a.mu.Unlock()
}

func (a *asked) IsOpen() bool {
	a.mu.Lock()
	a.ready = false
	a.mu.Unlock()
	return a.transport != nil // want `a\.transport is read here outside the sections of mu`
}
