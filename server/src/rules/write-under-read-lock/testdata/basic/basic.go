package fixture

import (
	"sync"
	"sync/atomic"
)

type cache struct {
	mu      sync.RWMutex
	entries map[string]int
	hits    int
	order   []string
}

func (c *cache) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits++ // want `this changes c\.hits with only the read lock of mu held`
	return c.entries[key]
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
	c.order = append(c.order, key)
	c.hits = 0
}

func (c *cache) Drop(key string) {
	c.mu.RLock()
	delete(c.entries, key) // want `this changes c\.entries with only the read lock of mu held`
	c.mu.RUnlock()
}

func (c *cache) Empty() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	clear(c.entries) // want `this changes c\.entries with only the read lock`
}

func (c *cache) Renew() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.entries = make(map[string]int) // want `this changes c\.entries with only the read lock`
}

func (c *cache) Alias(key string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	m := c.entries
	m[key]++ // want `this changes c\.entries with only the read lock`
}

func (c *cache) touch(key string) {
	c.entries[key]++ // want `this changes c\.entries; Peek calls it with only the read lock of mu held`
}

func (c *cache) Peek(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.touch(key)
	return c.entries[key]
}

var (
	tableMu sync.RWMutex
	table   = map[string]int{}
)

func Lookup(key string) int {
	tableMu.RLock()
	defer tableMu.RUnlock()
	if _, ok := table[key]; !ok {
		table[key] = len(key) // want `this changes table with only the read lock of tableMu held`
	}
	return table[key]
}

func Store(key string, v int) {
	tableMu.Lock()
	table[key] = v
	tableMu.Unlock()
}

type embedded struct {
	sync.RWMutex
	seen map[string]bool
}

func (e *embedded) Mark(key string) {
	e.RLock()
	e.seen[key] = true // want `this changes e\.seen with only the read lock of RWMutex held`
	e.RUnlock()
}

func (e *embedded) Forget(key string) {
	e.Lock()
	delete(e.seen, key)
	e.Unlock()
}

// ok: the write lock
func (c *cache) Add(key string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] += n
}

// ok: only reads
func (c *cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.entries)
}

type counted struct {
	mu    sync.RWMutex
	count sync.Mutex
	names map[string]int
	used  map[string]int
}

// ok: another lock is held for what is changed
func (c *counted) Use(name string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.count.Lock()
	c.used[name]++
	c.count.Unlock()
	return c.names[name]
}

func (c *counted) Rename(name string) {
	c.mu.Lock()
	c.names[name] = 0
	c.used[name] = 0
	c.mu.Unlock()
}

type inverted struct {
	mu    sync.RWMutex
	slots []int
}

// ok: writers share, the reader excludes them
func (v *inverted) Write(slot, n int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	v.slots[slot] = n
}

// ok: the reader of the inverted use
func (v *inverted) Sum() (sum int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, n := range v.slots {
		sum += n
	}
	return sum
}

// ok: a local map
func (c *cache) Copy() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	m := make(map[string]int, len(c.entries))
	for k, v := range c.entries {
		m[k] = v
	}
	return m
}

// ok: a map of the caller
func (c *cache) Into(m map[string]int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for k, v := range c.entries {
		m[k] = v
	}
}

type entry struct{ n int }

type index struct {
	mu      sync.RWMutex
	entries map[string]*entry
}

// ok: what an entry holds is not what the lock guards
func (i *index) Bump(key string) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	if e := i.entries[key]; e != nil {
		e.n++
	}
}

func (i *index) Put(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.entries[key] = &entry{}
}

type concurrent struct {
	mu sync.RWMutex
	m  sync.Map
	ch chan int
}

// ok: a sync.Map and a channel lock themselves
func (c *concurrent) Touch(key string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.m.Store(key, 1)
	c.ch <- 1
}

func (c *concurrent) Swap() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m.Delete("")
}

// ok: locked on the way
func (c *cache) Ensure(key string) {
	c.mu.RLock()
	_, ok := c.entries[key]
	c.mu.RUnlock()
	if ok {
		return
	}
	c.mu.Lock()
	c.entries[key] = 0
	c.mu.Unlock()
}

type ring struct {
	mu    sync.RWMutex
	slots []int
	head  atomic.Int64
	puts  int
}

func (r *ring) grow() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slots = append(make([]int, 0, 2*len(r.slots)), r.slots...)
}

// ok: the number hands the element over; the lock is there for the list.
func (r *ring) Put(v int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.slots[int(r.head.Load())%len(r.slots)] = v
	r.head.Add(1)
}

func (r *ring) Count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.puts = len(r.slots)
}

func (r *ring) PutCounted(v int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.puts++ // want `this changes r\.puts with only the read lock of mu held`
	r.head.Add(1)
}
