package basic

import (
	"errors"
	"sync"
)

type Cache struct {
	mu      sync.Mutex
	entries map[string]int
	sizes   map[string]int
}

func NewCache() *Cache {
	return &Cache{entries: make(map[string]int), sizes: make(map[string]int)}
}

// The lock does not help: the map is gone.
func (c *Cache) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = nil // want `c.entries is set to nil, and nothing makes it again: Put \(line \d+\) panics`
	c.sizes = nil   // want `c.sizes is set to nil, and nothing makes it again: note \(line \d+\) panics`
}

func (c *Cache) Put(key string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = value
	c.note(key)
}

func (c *Cache) note(key string) { c.sizes[key] = len(key) }

type Session struct{ values map[string]string }

func NewSession() *Session {
	s := new(Session)
	s.values = map[string]string{}
	return s
}

func (s *Session) Close() error {
	s.values = nil // want `s.values is set to nil: if Set \(line \d+\) is called afterwards`
	return nil
}

func (s *Session) Set(key, value string) { s.values[key] = value }

// ok: made again when it is needed.
type Lazy struct{ entries map[string]int }

func (l *Lazy) Reset() { l.entries = nil }

func (l *Lazy) Put(key string) {
	if l.entries == nil {
		l.entries = map[string]int{}
	}
	l.entries[key]++
}

// ok: a closed flag is asked.
type Guarded struct {
	closed  bool
	entries map[string]int
}

func NewGuarded() *Guarded { return &Guarded{entries: map[string]int{}} }

func (g *Guarded) Close() {
	g.closed = true
	g.entries = nil
}

func (g *Guarded) Put(key string) error {
	if g.closed {
		return errors.New("closed")
	}
	g.entries[key]++
	return nil
}

// ok: the test for nil is the closed flag.
type Tested struct{ entries map[string]int }

func NewTested() *Tested { return &Tested{entries: map[string]int{}} }

func (t *Tested) Reset() { t.entries = nil }

func (t *Tested) Put(key string) {
	if t.entries == nil {
		return
	}
	t.entries[key]++
}

// ok: another method makes it again.
type Restarted struct{ entries map[string]int }

func NewRestarted() *Restarted { return &Restarted{entries: map[string]int{}} }

func (r *Restarted) Stop() { r.entries = nil }

func (r *Restarted) Start() { r.entries = map[string]int{} }

func (r *Restarted) Put(key string) { r.entries[key]++ }

// ok: the map is handed to the caller, who asked for the end.
type Builder struct{ entries map[string]int }

func NewBuilder() *Builder { return &Builder{entries: map[string]int{}} }

func (b *Builder) Build() map[string]int {
	out := b.entries
	b.entries = nil
	return out
}

func (b *Builder) Add(key string) { b.entries[key]++ }

// ok: nothing inserts afterwards.
type Frozen struct{ entries map[string]int }

func NewFrozen(keys []string) *Frozen {
	f := &Frozen{entries: map[string]int{}}
	for _, k := range keys {
		f.entries[k] = 1
	}
	return f
}

func (f *Frozen) Drop() { f.entries = nil }

func (f *Frozen) Get(key string) int { return f.entries[key] }

// ok: cleared in place.
type Cleared struct{ entries map[string]int }

func NewCleared() *Cleared { return &Cleared{entries: map[string]int{}} }

func (c *Cleared) Reset() { clear(c.entries) }

func (c *Cleared) Put(key string) { c.entries[key]++ }

// ok: a field of a list may be nil and appended to.
type List struct{ items []int }

func NewList() *List { return &List{items: make([]int, 0, 8)} }

func (l *List) Reset() { l.items = nil }

func (l *List) Put(item int) { l.items = append(l.items, item) }

// ok: the insertion happens while the object is made, before anybody can reset it.
type Loaded struct{ entries map[string]int }

func Load(keys []string) *Loaded {
	l := &Loaded{entries: map[string]int{}}
	for _, k := range keys {
		l.load(k)
	}
	return l
}

func (l *Loaded) load(key string) { l.entries[key] = 1 }

func (l *Loaded) Unload() { l.entries = nil }

// What a function does says that it ends the object, whatever its name is.
type Feed struct {
	last map[string]int
	quit chan struct{}
}

func NewFeed() *Feed { return &Feed{last: make(map[string]int), quit: make(chan struct{})} }

func (f *Feed) HangUp() {
	close(f.quit)
	f.last = nil // want `f.last is set to nil: if Note \(line \d+\) is called afterwards`
}

func (f *Feed) Note(name string) { f.last[name]++ }

// A name alone says nothing.
type Counter struct{ counts map[string]int }

func NewCounter() *Counter { return &Counter{counts: make(map[string]int)} }

func (c *Counter) Stop() {
	c.counts = nil // want `c.counts is set to nil, and nothing makes it again: Count \(line \d+\) panics`
}

func (c *Counter) Count(name string) { c.counts[name]++ }
