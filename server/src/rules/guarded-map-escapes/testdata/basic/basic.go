package fixture

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
)

type cache struct {
	mu      sync.RWMutex
	entries map[string]int
	list    []int
	frozen  map[string]int
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
	c.list[0] = v
}

func (c *cache) Get(key string) (int, int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.entries[key], c.list[0]
}

func (c *cache) All() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.entries // want `c\.entries is guarded by mu and returned as it is`
}

func (c *cache) Items() (items []int, err error) {
	c.mu.RLock()
	items = c.list
	c.mu.RUnlock()
	return items, nil // want `c\.list is guarded by mu and returned as it is`
}

func (c *cache) Keys() iter.Seq[string] {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return maps.Keys(c.entries) // want `the iterator over c\.entries looks at it when it is ranged`
}

func (c *cache) Sum() (sum int) {
	c.mu.RLock()
	m := c.entries
	c.mu.RUnlock()
	for _, v := range m { // want `c\.entries was read under mu, but its elements are looked at after the unlock`
		sum += v
	}
	return sum
}

func (c *cache) Encode() ([]byte, error) {
	c.mu.RLock()
	m := c.entries
	c.mu.RUnlock()
	return json.Marshal(m) // want `c\.entries was read under mu and is passed on after the unlock`
}

func (c *cache) Log() {
	c.mu.RLock()
	m := c.entries
	c.mu.RUnlock()
	fmt.Println(m) // want `c\.entries was read under mu and is passed on after the unlock`
}

func (c *cache) Publish(out chan<- map[string]int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	out <- c.entries // want `c\.entries is guarded by mu and sent as it is`
}

// ok: a copy
func (c *cache) Snapshot() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return maps.Clone(c.entries)
}

// ok: a new slice
func (c *cache) SortedKeys() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Sorted(maps.Keys(c.entries))
}

// ok: used under the lock only
func (c *cache) Total() (sum int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	m := c.entries
	for _, v := range m {
		sum += v
	}
	return sum
}

// ok: marshalled under the lock
func (c *cache) EncodeLocked() ([]byte, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return json.Marshal(c.entries)
}

// ok: swapped, the old map is the caller's now
func (c *cache) Drain() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.entries
	c.entries = make(map[string]int)
	return m
}

// ok: only ever replaced as a whole
func (c *cache) Frozen() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.frozen
}

func (c *cache) Freeze(m map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = m
}

// ok: an element that is a number
func (c *cache) One(key string) int {
	c.mu.RLock()
	v := c.entries[key]
	c.mu.RUnlock()
	return v
}

// ok: the number of elements of the slice is in the slice value
func (c *cache) Count() int {
	c.mu.RLock()
	list := c.list
	c.mu.RUnlock()
	return len(list)
}

// ok: the caller holds the lock
func (c *cache) entriesLocked() map[string]int {
	return c.entries
}

func (c *cache) Use() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entriesLocked())
}

type appended struct {
	mu  sync.Mutex
	log []string
}

func (a *appended) Add(line string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.log = append(a.log, line)
}

// ok: elements that are there are never changed
func (a *appended) Lines() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.log
}

func (a *appended) Len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.log)
}

type session struct {
	mu   sync.Mutex
	vars map[string]string
}

// ok: changed before anybody knows the object
func NewSession() *session {
	s := &session{vars: map[string]string{}}
	s.vars["a"] = "b"
	return s
}

// ok: never changed afterwards
func (s *session) Vars() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.vars
}

type collector struct {
	mu      sync.Mutex
	pending sync.WaitGroup
	report  map[string]int
}

func (c *collector) Collect(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.report[key] = v
	c.pending.Done()
}

// ok: everybody who changes it has been waited for
func (c *collector) Report() map[string]int {
	c.pending.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.report
}

type attributes struct {
	mu     sync.Mutex
	list   []string
	shared bool
	dirty  bool
}

func (a *attributes) Set(i int, v string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.writable()
	a.list[i] = v
}

func (a *attributes) writable() {
	if !a.shared {
		return
	}
	a.list = slices.Clone(a.list)
	a.shared = false
}

// ok: copied before the next change
func (a *attributes) List() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.shared = true
	return a.list
}

func (a *attributes) Dirty() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.dirty = true
	return a.list // want `a\.list is guarded by mu and returned as it is`
}
