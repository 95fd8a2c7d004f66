package fixture

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

type Cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func (c Cache) Get(key string) int { // want `c is a copy of the Cache that Get is called on, with a sync\.Mutex of its own`
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key]
}

// A receiver that is used as a whole cannot become a pointer so easily.
func (c Cache) Snapshot() map[string]*Cache { // want `c is a copy of the Cache that Snapshot is called on`
	return map[string]*Cache{"": &c}
}

func (Cache) Name() string { // want `Cache is a copy of the Cache that Name is called on`
	return "cache"
}

func total(c Cache) int { // want `c is a copy of the Cache that is passed, with a sync\.Mutex of its own`
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

func each(visit func(Cache)) {
	for _, c := range caches { // want `each round copies an element to c, with the sync\.Mutex in it`
		c.mu.Lock()
		c.entries["visited"]++
		c.mu.Unlock()
	}
	for _, c := range caches { // want `each round copies an element to c`
		visit(c) // want `c is copied with the sync\.Mutex in it`
	}
	for name, c := range byName { // want `each round copies an element to c`
		c.entries[name] = 0
	}
}

var (
	caches   []Cache
	byName   map[string]Cache
	original Cache
	second   = original // want `original is copied with the sync\.Mutex in it`
)

func assigned(c *Cache) Cache {
	snapshot := *c // want `\*c is copied with the sync\.Mutex in it`
	snapshot.entries = nil
	byName["a"] = snapshot // want `snapshot is copied with the sync\.Mutex in it`
	return snapshot        // want `snapshot is copied with the sync\.Mutex in it`
}

type wrapper struct {
	inner Cache
	flags [4]guarded
}

// A type whose own methods say that it is a lock.
type guarded struct {
	held bool
}

func (g *guarded) Lock()   { g.held = true }
func (g *guarded) Unlock() { g.held = false }

func wrapped(w *wrapper) []wrapper {
	literal := wrapper{inner: w.inner} // want `w\.inner is copied with the sync\.Mutex in it`
	flags := w.flags                   // want `w\.flags is copied with the guarded in it`
	literal.flags = flags              // want `flags is copied with the guarded in it`
	return []wrapper{literal}          // want `literal is copied with the sync\.Mutex in it`
}

type counters struct {
	hits  atomic.Int64
	users sync.Map
	wait  sync.WaitGroup
	once  sync.Once
}

func standard(c *counters) {
	hits := c.hits   // want `c\.hits is copied with the atomic\.Int64 in it`
	users := c.users // want `c\.users is copied with the sync\.Map in it`
	wait := c.wait   // want `c\.wait is copied with the sync\.WaitGroup in it`
	once := c.once   // want `c\.once is copied with the sync\.Mutex in it|c\.once is copied with the sync\.Once in it`
	hits.Add(1)
	users.Clear()
	wait.Wait()
	once.Do(func() {})
}

// What go vet accepts.

func current() *Cache {
	return &original
}

func given() int {
	c := *current() // want `\*current\(\) copies what current goes on using, with the sync\.Mutex in it`
	return len(c.entries)
}

func sent(out chan<- Cache, c *Cache) {
	out <- *c // want `\*c is sent with the sync\.Mutex in it`
}

func elements() ([]Cache, map[string]Cache) {
	list := make([]Cache, len(caches))
	copy(list, caches)                      // want `the elements of caches are copied with the sync\.Mutex in each`
	more := append([]Cache(nil), caches...) // want `the elements of caches are copied`
	_ = slices.Clone(more)                  // want `the elements of more are copied`
	return list, maps.Clone(byName)         // want `the elements of byName are copied`
}

func rounds() {
	for c := (Cache{}); len(c.entries) < 3; c.entries[""]++ { // want `since Go 1\.22 each round of the loop copies c`
		c.mu.Lock()
	}
}

// ok: a literal is new
func fresh() Cache {
	return Cache{entries: map[string]int{}}
}

// ok: a call gives something new, or says itself that it copies
func called() {
	c := fresh()
	c.entries[""]++
	d := *newCache()
	d.entries[""]++
	var e any = newCache()
	_ = e
}

func newCache() *Cache {
	return &Cache{entries: map[string]int{}}
}

// ok: pointers share the lock
func shared(c *Cache) *Cache {
	other := c
	list := []*Cache{c, other}
	for _, each := range list {
		each.mu.Lock()
		each.mu.Unlock()
	}
	return list[0]
}

// ok: the element itself
func inPlace() {
	for i := range caches {
		c := &caches[i]
		c.mu.Lock()
		c.entries["visited"]++
		c.mu.Unlock()
	}
}

// ok: only the length is asked for
func lengths(w *wrapper) int {
	return len(w.flags) + cap(caches)
}

// ok: an interface holds a pointer
type holder struct {
	sync.Locker
	entries map[string]int
}

func (h holder) Get(key string) int {
	h.Lock()
	defer h.Unlock()
	return h.entries[key]
}

// ok: moved within one list
func remove(at int) {
	copy(caches[at:], caches[at+1:])
	caches = append(caches[:at], caches[at+1:]...)
}

// ok: a channel of pointers
func sentPointer(out chan<- *Cache, c *Cache) {
	out <- c
}

// ok: a part without a lock
func parts(c *Cache) map[string]int {
	entries := c.entries
	return entries
}

// ok: nothing can be done with what is thrown away
func thrown(c *Cache) {
	_ = *c
}

// ok: a method that is no lock
type door struct{ open bool }

func (d *door) Lock(key string) { d.open = false }
func (d *door) Unlock()         { d.open = true }

func doors(d door) door {
	return d
}
