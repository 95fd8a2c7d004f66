package fixture

import (
	"errors"
	"os"
	"sync"
)

type cache struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	entries map[string]int
	closed  bool
}

var errClosed = errors.New("closed")

func (c *cache) get(key string) (int, error) {
	c.mu.Lock()
	if c.closed {
		return 0, errClosed // want `c\.mu, locked in line 19, is still locked when this returns`
	}
	v := c.entries[key]
	c.mu.Unlock()
	return v, nil
}

func (c *cache) compute(key string, f func() (int, error)) (int, error) {
	c.mu.Lock()
	v, err := f()
	if err != nil {
		return c.entries[key], err // want `c\.mu, locked in line 29`
	}
	c.entries[key] = v
	c.mu.Unlock()
	return v, nil
}

func (c *cache) read(key string) (v int) {
	c.rw.RLock()
	v, ok := c.entries[key]
	if !ok {
		return -1 // want `c\.rw, locked in line 40`
	}
	c.rw.RUnlock()
	return v
}

func (c *cache) end(on bool) {
	c.mu.Lock()
	if on {
		c.closed = true
		c.mu.Unlock()
	}
} // want `c\.mu, locked in line 50`

func (c *cache) rounds(keys []string) {
	for _, key := range keys {
		c.mu.Lock() // want `one path through the loop goes on to the next round without unlocking c\.mu`
		if c.entries[key] == 0 {
			continue
		}
		delete(c.entries, key)
		c.mu.Unlock()
	}
}

func (c *cache) mismatched(key string) int {
	c.rw.RLock()
	defer c.rw.Unlock() // want `c\.rw is locked for reading in line 69, but this is its Unlock`
	return c.entries[key]
}

func (c *cache) mismatchedRead(key string) {
	c.rw.Lock()
	c.entries[key]++
	c.rw.RUnlock() // want `c\.rw is locked for writing in line 75, but this is its RUnlock`
}

func (c *cache) deferred(key string) {
	c.mu.Lock()
	defer c.mu.Lock() // want `this locks c\.mu again when the function returns`
	c.entries[key]++
}

func (c *cache) forgotten(key string) {
	c.mu.Lock()
	c.mu.Unlock() // want `c\.mu is unlocked right after it is locked; what follows uses entries without it`
	c.entries[key]++
}

var registry = struct {
	sync.Mutex
	names map[string]bool
}{names: map[string]bool{}}

func register(name string) bool {
	registry.Lock()
	if registry.names[name] {
		return false // want `registry, locked in line 98`
	}
	registry.names[name] = true
	registry.Unlock()
	return true
}

func local(run func() error) error {
	var mu sync.Mutex
	mu.Lock()
	if err := run(); err != nil {
		return err // want `mu, locked in line 109`
	}
	mu.Unlock()
	return nil
}

func (c *cache) inClosure(keys []string) {
	for range keys {
		func() {
			c.mu.Lock()
			if c.closed {
				return // want `c\.mu, locked in line 120`
			}
			c.mu.Unlock()
		}()
	}
}

// ok: unlocked with defer
func (c *cache) deferredUnlock(key string) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, errClosed
	}
	return c.entries[key], nil
}

// ok: unlocked in a deferred closure
func (c *cache) deferredClosure(key string) int {
	c.mu.Lock()
	defer func() {
		c.closed = true
		c.mu.Unlock()
	}()
	if c.closed {
		return 0
	}
	return c.entries[key]
}

// ok: every path unlocks
func (c *cache) everyPath(key string) (int, error) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return 0, errClosed
	}
	v := c.entries[key]
	c.mu.Unlock()
	return v, nil
}

// ok: the same condition locks and unlocks
func (c *cache) correlated(lock bool, key string) int {
	if lock {
		c.mu.Lock()
	}
	v := c.entries[key]
	if lock {
		c.mu.Unlock()
	}
	return v
}

// ok: a local flag says whether it is locked
func (c *cache) flagged(key string) int {
	locked := false
	if !c.closed {
		c.mu.Lock()
		locked = true
	}
	v := len(key)
	if locked {
		v += c.entries[key]
		c.mu.Unlock()
	}
	return v
}

// ok: a conditional lock with a deferred unlock
func (c *cache) conditionalDefer(lock bool, key string) int {
	if lock {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.entries[key]
}

// ok: held only where TryLock says so
func (c *cache) try(key string) bool {
	if !c.mu.TryLock() {
		return false
	}
	c.entries[key]++
	c.mu.Unlock()
	return true
}

// ok: the process ends
func (c *cache) exits(key string) int {
	c.mu.Lock()
	if c.closed {
		os.Exit(1)
	}
	v := c.entries[key]
	c.mu.Unlock()
	return v
}

func fatal() {
	panic("closed")
}

// ok: the function that is called never returns
func (c *cache) fails(key string) int {
	c.mu.Lock()
	if c.closed {
		fatal()
	}
	v := c.entries[key]
	c.mu.Unlock()
	return v
}

type session struct {
	gate  sync.Mutex
	state int
}

// ok: returns with the lock held on purpose, release unlocks
func (s *session) begin() bool {
	s.gate.Lock()
	if s.state > 0 {
		s.gate.Unlock()
		return false
	}
	return true
}

func (s *session) release() {
	s.gate.Unlock()
}

type guarded struct {
	lock  sync.Mutex
	value int
}

// ok: hands the unlock on
func (g *guarded) view() (func(), bool) {
	g.lock.Lock()
	if g.value == 0 {
		g.lock.Unlock()
		return nil, false
	}
	return g.lock.Unlock, true
}

// ok: hands a closure on that unlocks
func (g *guarded) open() (func(), bool) {
	g.lock.Lock()
	if g.value == 0 {
		g.lock.Unlock()
		return nil, false
	}
	return func() {
		g.value++
		g.lock.Unlock()
	}, true
}

// ok: another goroutine unlocks
func (g *guarded) async(done bool) {
	g.lock.Lock()
	if done {
		g.lock.Unlock()
		return
	}
	go func() {
		defer g.lock.Unlock()
		g.value++
	}()
}

type shard struct {
	mu sync.Mutex
	n  map[string]int
}

// ok: locks them all, unlocks them all
func total(shards []*shard) int {
	n := 0
	for _, s := range shards {
		s.mu.Lock()
	}
	for _, s := range shards {
		n += len(s.n)
		s.mu.Unlock()
	}
	return n
}

type part struct {
	mu sync.Mutex
	n  map[string]int
}

func each(parts []*part) int {
	n := 0
	for _, s := range parts {
		s.mu.Lock() // want `one path through the loop goes on to the next round without unlocking s\.mu`
		if s.n == nil {
			continue
		}
		n += len(s.n)
		s.mu.Unlock()
	}
	return n
}

type link struct {
	mu   sync.Mutex
	next *link
	n    int
}

// ok: walks a list with two locks at a time
func (l *link) find(n int) *link {
	cur := l
	cur.mu.Lock()
	for cur.n != n {
		next := cur.next
		if next == nil {
			cur.mu.Unlock()
			return nil
		}
		next.mu.Lock()
		if next.n < 0 {
			next.mu.Unlock()
			cur.mu.Unlock()
			return nil
		}
		cur.mu.Unlock()
		cur = next
	}
	cur.mu.Unlock()
	return cur
}

// ok: unlocked around the call
func (c *cache) around(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.Unlock()
	f()
	c.mu.Lock()
	c.closed = true
}

// ok: an empty section as a barrier, nothing beside the lock is used
func (c *cache) barrier() {
	c.mu.Lock()
	c.mu.Unlock()
}

// ok: the name says that the lock is held when it returns
func (c *cache) lockEntries() map[string]int {
	c.mu.Lock()
	if c.entries == nil {
		c.mu.Unlock()
		return nil
	}
	return c.entries
}

// ok: every case unlocks
func (c *cache) switched(kind int) int {
	c.mu.Lock()
	switch kind {
	case 0:
		c.mu.Unlock()
		return 0
	case 1:
		n := len(c.entries)
		c.mu.Unlock()
		return n
	default:
		c.mu.Unlock()
	}
	return -1
}

// ok: the error of one call decides twice
func (c *cache) sameError(f func() error) error {
	c.mu.Lock()
	err := f()
	if err != nil {
		c.mu.Unlock()
	}
	if err != nil {
		return err
	}
	c.closed = true
	c.mu.Unlock()
	return nil
}

type recorder struct {
	mu    sync.Mutex
	ready bool
	count int
}

func (r *recorder) Ready() bool {
	r.mu.Lock()
	r.mu.Unlock() // want `r.mu is unlocked right after it is locked; what follows uses ready without it`

	return r.ready
}

// ok: what follows is not beside the lock.
func (r *recorder) Barrier(limit int) int {
	r.mu.Lock()
	r.mu.Unlock()
	return limit + 1
}

type reader struct {
	mu   sync.Mutex
	next int
}

// ok: the lock is returned with the answer, for the caller to release
func (r *reader) turn(id int) (lock *sync.Mutex, err error) {
	for {
		r.mu.Lock()
		if r.next < 0 {
			r.mu.Unlock()
			err = errClosed
			break
		}
		if r.next == id {
			lock = &r.mu
			break
		}
		r.mu.Unlock()
	}
	return
}

// ok: the caller gets what releases it
func (r *reader) hold(id int) (*sync.Mutex, bool) {
	r.mu.Lock()
	if r.next != id {
		r.mu.Unlock()
		return nil, false
	}
	return &r.mu, true
}

func (r *reader) look(id int) (*int, bool) {
	r.mu.Lock()
	if r.next != id {
		r.mu.Unlock()
		return nil, false
	}
	return &r.next, true // want `r\.mu, locked in line \d+, is still locked when this returns`
}

func (r *recorder) start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ready = true
}
