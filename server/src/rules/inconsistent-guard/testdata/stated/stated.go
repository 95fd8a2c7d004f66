package fixture

import (
	"sync"
	"sync/atomic"
)

type cache struct {
	mu      sync.Mutex
	entries map[string]int // guarded by mu
	limit   int            // protected by c.mu.
	hits    atomic.Int64   // guarded by mu
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
	c.limit++
	c.hits.Add(1)
}

func (c *cache) Get(key string) int {
	return c.entries[key] // want `c\.entries is used here without mu, which guards it by its comment and is held at 3 of 4 uses of it`
}

func (c *cache) Limit() int {
	return c.limit // want `c\.limit is used here without mu, which guards it by its comment`
}

// ok: an atomic needs no guard, whatever the comment says
func (c *cache) Hits() int64 {
	return c.hits.Load()
}

// evict drops one entry. Callers must hold c.mu.
func (c *cache) evict() {
	for key := range c.entries {
		delete(c.entries, key)
		return
	}
}

// ok: holds the lock
func (c *cache) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evict()
}

func (c *cache) Shrink() {
	c.evict() // want `evict is called here without c\.mu, which its callers must hold by its comment`
}

// ok: says itself that its caller has the lock
//
// c.mu must be held.
func (c *cache) evictAll() {
	for range c.entries {
		c.evict()
	}
}

// ok: nobody else knows it yet
func newCache() *cache {
	c := &cache{entries: map[string]int{}}
	c.evict()
	return c
}

// ok: the lock may be held
func (c *cache) maybe(lock bool) {
	if lock {
		c.mu.Lock()
	}
	c.evict()
	if lock {
		c.mu.Unlock()
	}
}

type annotated struct {
	rw sync.RWMutex
	// +checklocks:rw
	names []string
}

// +checklocksread:a.rw
func (a *annotated) first() string {
	return a.names[0]
}

// ok: the read lock is enough
func (a *annotated) First() string {
	a.rw.RLock()
	defer a.rw.RUnlock()
	return a.first()
}

func (a *annotated) Add(name string) {
	a.rw.Lock()
	defer a.rw.Unlock()
	a.names = append(a.names, name)
}

func (a *annotated) Peek() string {
	return a.first() // want `first is called here without a\.rw, which its callers must hold`
}

func (a *annotated) Last() string {
	return a.names[len(a.names)-1] // want `a\.names is used here without rw, which guards it by its comment`
}

// ok: the analyzer is told to look away
//
// +checklocksignore
func (a *annotated) Racy() int {
	return len(a.names)
}

// The lock speaks of what follows.
type queue struct {
	name string

	mu    sync.Mutex // protects following fields
	items []int
	done  bool

	// ok: behind an empty line
	label string
}

func (q *queue) Push(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.done = false
	q.label = q.name
}

func (q *queue) Pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

// What is said of all fields behind the lock is meant of those that are used so.
func (q *queue) Len() int {
	return len(q.items) // want `q\.items is used here without mu, which is held at \d+ of \d+ uses of it`
}

// ok: once with the lock, once without: who says that it is meant?
func (q *queue) Done() bool {
	return q.done
}

// ok: not what the lock protects
func (q *queue) Label() string {
	return q.label + q.name
}

type pair struct {
	// mu guards first and second.
	mu     sync.Mutex
	first  map[string]int
	second map[string]int
	third  map[string]int
}

func (p *pair) Set(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.first[key] = 1
	p.second[key] = 2
	p.third[key] = 3
}

func (p *pair) First(key string) int {
	return p.first[key] // want `p\.first is used here without mu, which guards it by its comment`
}

// ok: the comment does not speak of it, and two uses are no proof
func (p *pair) Third(key string) int {
	return p.third[key]
}

var (
	registryMu sync.Mutex
	registry   = map[string]int{} // guarded by registryMu
)

func Register(name string) {
	registryMu.Lock()
	defer registryMu.Unlock()
	registry[name]++
}

func Registered(name string) bool {
	_, ok := registry[name] // want `registry is used here without registryMu, which guards it by its comment`
	return ok
}

// Negated, partial and unknown guards say nothing.
type vague struct {
	mu      sync.Mutex
	other   sync.Mutex
	a       map[string]int // not guarded by mu
	b       map[string]int // guarded by mu or other
	c       map[string]int // guarded by the caller
	d       map[string]int // guarded by mu for writes
	e       map[string]int // no longer guarded by mu
	started bool           // guarded by vague.missing
}

func (v *vague) Set(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.a[key], v.b[key], v.c[key], v.d[key], v.e[key] = 1, 2, 3, 4, 5
	v.started = true
}

// ok: no comment says that mu guards these
func (v *vague) Get(key string) int {
	if !v.started {
		return 0
	}
	return v.a[key] + v.b[key] + v.c[key] + v.d[key] + v.e[key]
}
