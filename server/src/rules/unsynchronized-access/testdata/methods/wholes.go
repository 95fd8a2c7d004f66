package methods

import "sync"

type settings struct {
	name  string
	limit int
}

// The settings are replaced as a whole under the lock: a part that is read without it meets that.
type replaced struct {
	mu       sync.Mutex
	settings settings
}

func (r *replaced) Replace(s settings) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.settings = s
}

func (r *replaced) Name() string {
	return r.settings.name // want `r\.settings\.name is used here without r\.mu`
}

// One part is set under the lock; another one is read without it.
type parts struct {
	mu       sync.Mutex
	settings settings
}

func newParts(name string) *parts { return &parts{settings: settings{name: name}} }

func (p *parts) SetLimit(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settings.limit = n
}

func (p *parts) Name() string {
	return p.settings.name // ok: nobody sets this part
}

// Everybody takes the lock.
type guarded struct {
	mu       sync.Mutex
	settings settings
}

func (g *guarded) Replace(s settings) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settings = s
}

func (g *guarded) Name() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.settings.name // ok: under the lock
}
