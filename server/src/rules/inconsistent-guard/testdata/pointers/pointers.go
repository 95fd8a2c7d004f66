package pointers

import "sync"

// The lock is behind a pointer that nobody assigns again: it is one lock for each object.
type manager struct {
	mu    *sync.Mutex
	cache []string
	seen  map[string]int
}

func newManager(mu *sync.Mutex) *manager { return &manager{mu: mu, seen: map[string]int{}} }

func load() ([]string, error) { return nil, nil }

// The first look comes without the lock.
func (m *manager) Get() ([]string, error) {
	if m.cache == nil { // want `m\.cache is read here outside the sections of mu`
		found, err := load()
		if err != nil {
			return nil, err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cache = append([]string{}, found...)
	}
	return m.cache, nil
}

// ok: with it.
func (m *manager) Invalidate() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cache = nil
}

// ok: with it.
func (m *manager) See(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen[name]++
}

// ok: with it.
func (m *manager) Forget(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.seen, name)
}

// ok: with it.
func (m *manager) Has(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[name] > 0
}

func (m *manager) Len() int {
	return len(m.seen) // want `m\.seen is used here without mu`
}

// The lock is assigned again: which one is held is not known.
type changing struct {
	mu   *sync.Mutex
	seen map[string]int
}

func newChanging() *changing { return &changing{mu: &sync.Mutex{}, seen: map[string]int{}} }

// ok: nothing is said of such a lock.
func (c *changing) Change(mu *sync.Mutex) { c.mu = mu }

// ok: see above.
func (c *changing) See(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[name]++
}

// ok: see above.
func (c *changing) Forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.seen, name)
}

// ok: see above.
func (c *changing) Has(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[name] > 0
}

// ok: see above.
func (c *changing) Len() int { return len(c.seen) }

// The lock of what the object points to is not its own.
type part struct {
	whole *manager
	names []string
}

// ok: the lock is taken for the whole.
func (p *part) Add(name string) {
	p.whole.mu.Lock()
	p.whole.seen[name]++
	p.names = append(p.names, name)
	p.whole.mu.Unlock()
}

// ok: see above.
func (p *part) Drop() {
	p.whole.mu.Lock()
	clear(p.whole.seen)
	p.names = nil
	p.whole.mu.Unlock()
}

// ok: see above.
func (p *part) First() string {
	p.whole.mu.Lock()
	defer p.whole.mu.Unlock()
	return p.names[0]
}

// ok: see above.
func (p *part) Last() string { return p.names[len(p.names)-1] }
