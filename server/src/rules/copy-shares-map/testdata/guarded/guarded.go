package fixture

import "sync"

type cache struct {
	mu      sync.RWMutex
	name    string
	entries map[string]int
}

func (c *cache) Put(key string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = value
}

func (c *cache) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.entries[key]
}

func (c *cache) Clone() *cache {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return &cache{
		name:    c.name,
		entries: c.entries, // want `the new object gets the map c\.entries itself and a lock of its own: Put changes the map under mu of the one`
	}
}

// ok: a map of its own
func (c *cache) Copy() *cache {
	c.mu.RLock()
	defer c.mu.RUnlock()
	own := &cache{name: c.name, entries: make(map[string]int, len(c.entries))}
	for key, value := range c.entries {
		own.entries[key] = value
	}
	return own
}

// ok: the map is handed over
func (c *cache) Take() *cache {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := &cache{name: c.name, entries: c.entries}
	c.entries = map[string]int{}
	return taken
}

// ok: changed by putting another map in its place
type settings struct {
	mu     sync.Mutex
	values map[string]string
}

func (s *settings) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := map[string]string{key: value}
	for k, v := range s.values {
		next[k] = v
	}
	s.values = next
}

func (s *settings) Get(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key]
}

func (s *settings) Clone() *settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &settings{values: s.values}
}

// ok: the lock is shared as well
type part struct {
	mu    *sync.Mutex
	names map[string]bool
}

func (p *part) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.names[name] = true
}

func (p *part) Has(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[name]
}

func (p *part) Sub() *part {
	return &part{mu: p.mu, names: p.names}
}

// The lock is in the object that has the layer, and so it is in the copy of that object.
type layer struct {
	posts map[uint64]int
	seen  map[uint64]bool
}

func (l *layer) clone() *layer {
	return &layer{
		posts: l.posts, // want `the new object gets the map l\.posts itself and a lock of its own: Commit changes the map under mu of the one`
		seen:  l.seen,
	}
}

func (l *layer) find(uid uint64) int { return l.posts[uid] }

type list struct {
	mu    sync.RWMutex
	layer *layer
}

func (l *list) Commit(uid uint64, post int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.layer.posts[uid] = post
	// ok: a map of its own before it is changed
	seen := map[uint64]bool{uid: true}
	for key := range l.layer.seen {
		seen[key] = true
	}
	l.layer.seen = seen
}

func (l *list) Find(uid uint64) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.layer.find(uid)
}

func (l *list) Seen(uid uint64) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.layer.seen[uid]
}

func (l *list) Fork() *list {
	l.mu.RLock()
	defer l.mu.RUnlock()
	forked := &list{}
	forked.layer = l.layer.clone()
	return forked
}
