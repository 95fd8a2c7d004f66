package basic

import (
	"maps"
	"sync"
	"sync/atomic"
)

type config struct {
	values atomic.Value
	limits atomic.Pointer[map[string]int]
	mu     sync.Mutex
	dirty  map[string]int
	live   map[string]int
	shared atomic.Value
}

func (c *config) get(key string) int {
	return c.values.Load().(map[string]int)[key]
}

func (c *config) limit(key string) int {
	return (*c.limits.Load())[key]
}

func (c *config) set(key string, value int) {
	c.values.Load().(map[string]int)[key] = value // want `this writes into what c.values publishes`
}

func (c *config) count(key string) {
	limits := *c.limits.Load()
	limits[key]++ // want `this writes into what c.limits publishes`
}

func (c *config) countDirectly(key string) {
	(*c.limits.Load())[key]++ // want `this writes into what c.limits publishes`
}

func (c *config) remove(key string) {
	if values, ok := c.values.Load().(map[string]int); ok {
		delete(values, key) // want `this deletes from what c.values publishes`
	}
}

// The lock keeps other writers out; readers take none.
func (c *config) removeLocked(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	values := c.values.Load().(map[string]int)
	delete(values, key) // want `this deletes from what c.values publishes`
	c.values.Store(values)
}

func (c *config) current() map[string]int {
	values, _ := c.values.Load().(map[string]int)
	if values == nil {
		return nil
	}
	return values
}

func (c *config) reset() {
	clear(c.current()) // want `this clears what c.values publishes`
}

// ok: the copy is changed before it is published.
func (c *config) update(key string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(c.values.Load().(map[string]int))
	next[key] = value
	c.values.Store(next)
}

// ok: a copy made by hand.
func (c *config) updateByHand(key string, value int) {
	next := map[string]int{}
	for k, v := range c.current() {
		next[k] = v
	}
	next[key] = value
	c.values.Store(next)
}

// ok: the map is new in every round.
func (c *config) reload(rounds []string) {
	for _, round := range rounds {
		next := map[string]int{}
		next[round] = 1
		c.values.Store(next)
	}
}

func (c *config) publishAndGoOn(keys []string) {
	next := map[string]int{}
	for i, key := range keys {
		next[key] = i // want `this writes into next after c.values has published it`
		c.values.Store(next)
	}
}

func (c *config) publishPointer(key string) {
	next := map[string]int{}
	c.limits.Store(&next)
	next[key] = 1 // want `this writes into next after c.limits has published it`
}

// ok: after the store the variable holds another map.
func (c *config) publishAndRenew(key string) {
	next := map[string]int{key: 1}
	c.values.Store(next)
	next = map[string]int{}
	next[key] = 2
}

// ok: the published map is not touched again, the next round begins with a new one.
func (c *config) promote() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values.Store(c.dirty)
	c.dirty = nil
}

// ok: the field gets a new map after each store.
func (c *config) note(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dirty == nil {
		c.dirty = map[string]int{}
	}
	c.dirty[key] = 1
}

func newConfig() *config {
	c := &config{live: map[string]int{}}
	// ok: nobody has seen the map yet.
	c.live["first"] = 1
	return c
}

func (c *config) publishLive() {
	c.shared.Store(c.live)
}

func (c *config) addLive(key string) {
	c.mu.Lock()
	c.live[key] = 1 // want `this writes into c.live after c.shared has published it`
	c.mu.Unlock()
}

type guarded struct {
	mu     sync.Mutex
	values atomic.Value
}

// ok: every user of the map takes the lock.
func (g *guarded) set(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.values.Load().(map[string]int)[key] = 1
}

func (g *guarded) get(key string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.values.Load().(map[string]int)[key]
}

type entry struct {
	mu    sync.Mutex
	count map[string]int
}

type index struct {
	current atomic.Pointer[entry]
}

// ok: what is published is a struct with a lock of its own.
func (i *index) add(key string) {
	e := i.current.Load()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.count[key]++
}

// ok: reading what was loaded.
func (c *config) total() int {
	sum := 0
	for _, v := range c.current() {
		sum += v
	}
	return sum
}

var state atomic.Value

func start() {
	state.Store(1)
}

func stop() {
	state.Store("stopped") // want `state is given values of type int elsewhere: storing one of type string panics`
}

func forget() {
	state.Store(nil) // want `storing nil in state panics`
}

type names map[string]int

type typed struct{ v atomic.Value }

func (t *typed) first() { t.v.Store(map[string]int{}) }

func (t *typed) second() { t.v.Store(names{}) } // want `t.v is given values of type map\[string\]int elsewhere: storing one of type names panics`

// ok: boxes hold different types, each its own.
type box struct{ v atomic.Value }

func numberBox() *box {
	b := &box{}
	b.v.Store(1)
	return b
}

func textBox() *box {
	b := &box{}
	b.v.Store("text")
	return b
}

// ok: the type is not known.
func keep(b *box, value any) { b.v.Store(value) }

var digits sync.Pool

// printed writes a number from its end on into a buffer of the pool.
func printed(n int) string {
	kept := digits.Get()
	if kept == nil {
		kept = make([]byte, 24)
	}
	buffer := kept.([]byte)
	at := len(buffer) - 1
	for {
		buffer[at] = byte('0' + n%10) // ok: a buffer of a pool, whatever loop it is in
		n /= 10
		if n == 0 {
			break
		}
		at--
	}
	text := string(buffer[at:])
	digits.Put(kept)
	return text
}
