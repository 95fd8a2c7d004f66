package settled

import (
	"sync"
	"sync/atomic"
)

type provider struct {
	mu      sync.Mutex
	stopped atomic.Bool
	active  int
	done    chan struct{}
}

// ok: only the first call assigns the channel, and who comes to read it has looked under the lock.
func (p *provider) Shutdown() {
	p.mu.Lock()
	if p.stopped.Load() {
		p.mu.Unlock()
		return
	}
	p.done = make(chan struct{})
	p.stopped.Store(true)
	if p.active == 0 {
		close(p.done)
	}
	p.mu.Unlock()
	p.wait()
}

// ok: called after the section.
func (p *provider) wait() { <-p.done }

func (p *provider) Begin() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped.Load() {
		return false
	}
	p.active++
	return true
}

func (p *provider) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active--
	if p.active == 0 && p.stopped.Load() {
		close(p.done)
	}
}

type table struct {
	mu     sync.Mutex
	loaded bool
	rows   map[string]int
}

// ok: the rows are read after the section that fills them once.
func (t *table) Row(name string) int {
	t.mu.Lock()
	if !t.loaded {
		t.rows = map[string]int{"a": 1}
		t.rows["b"] = len(t.rows)
		t.loaded = true
	}
	t.mu.Unlock()
	return t.rows[name]
}

func (t *table) Size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.rows)
}

func (t *table) Has(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.rows[name]
	return ok
}

type again struct {
	mu     sync.Mutex
	loaded bool
	rows   map[string]int
}

// The rows are loaded again after a reset.
func (a *again) Row(name string) int {
	a.mu.Lock()
	if !a.loaded {
		a.rows = map[string]int{"a": 1}
		a.loaded = true
	}
	a.mu.Unlock()
	return a.rows[name] // want `a\.rows is used here without mu`
}

func (a *again) Size() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.rows)
}

func (a *again) Has(name string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, ok := a.rows[name]
	return ok
}

func (a *again) Reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.loaded = false
}

type growing struct {
	mu     sync.Mutex
	loaded bool
	rows   map[string]int
}

// Others add rows later.
func (g *growing) Row(name string) int {
	g.mu.Lock()
	if !g.loaded {
		g.rows = map[string]int{"a": 1}
		g.loaded = true
	}
	g.mu.Unlock()
	return g.rows[name] // want `g\.rows is used here without mu`
}

func (g *growing) Add(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rows[name]++
}

func (g *growing) Size() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.rows)
}

type early struct {
	mu     sync.Mutex
	loaded bool
	rows   map[string]int
}

func (e *early) Load() {
	e.mu.Lock()
	if !e.loaded {
		e.rows = map[string]int{"a": 1}
		e.loaded = true
	}
	e.mu.Unlock()
}

// Nobody has been through the section.
func (e *early) Row(name string) int {
	return e.rows[name] // want `e\.rows is used here without mu`
}

func (e *early) Size() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.rows)
}

func (e *early) Has(name string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ok := e.rows[name]
	return ok
}

func (e *early) Empty() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.rows) == 0
}
