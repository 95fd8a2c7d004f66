package fixture

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

type cache struct {
	mu      sync.Mutex
	entries map[string]int
	limit   int
}

func New(limit int) *cache {
	c := &cache{limit: limit}
	c.entries = make(map[string]int)
	c.fill()
	return c
}

// ok: only the constructor calls it
func (c *cache) fill() {
	c.entries["a"] = 1
}

func (c *cache) Get(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key]
}

func (c *cache) Set(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) < c.limit {
		c.entries[key] = v
	}
}

func (c *cache) Delete(key string) {
	c.mu.Lock()
	delete(c.entries, key)
	c.mu.Unlock()
}

func (c *cache) Len() int {
	return len(c.entries) // want `c\.entries is used here without mu, which is held at \d+ of \d+ uses of it`
}

// ok: reached with the lock held only
func (c *cache) evict() {
	for key := range c.entries {
		delete(c.entries, key)
		return
	}
}

func (c *cache) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evict()
}

// ok: says that its callers hold the lock
func (c *cache) SizeLocked() int {
	return len(c.entries)
}

// Size gives the number of entries. The caller must hold c.mu.
// ok: the comment says so
func (c *cache) Size() int {
	return len(c.entries)
}

// ok: limit never changes after the constructor
func (c *cache) Limit() int {
	return c.limit
}

type queue struct {
	sync.Mutex
	jobs []int
	done int
}

func (q *queue) Push(n int) {
	q.Lock()
	q.jobs = append(q.jobs, n)
	q.Unlock()
}

func (q *queue) Pop() (n int) {
	q.Lock()
	defer q.Unlock()
	n, q.jobs = q.jobs[0], q.jobs[1:]
	q.done++
	return n
}

func (q *queue) Done() int {
	q.Lock()
	defer q.Unlock()
	return q.done
}

func (q *queue) Finish() {
	q.Lock()
	q.done++
	q.Unlock()
}

func (q *queue) Progress() int {
	return q.done // want `q\.done is used here without Mutex`
}

func (q *queue) Reset() {
	q.reset()
}

func (q *queue) reset() {
	q.jobs = nil // want `q\.jobs is used here without Mutex.*; Reset calls this without it`
}

var (
	registryMu sync.RWMutex
	registry   = map[string]int{}
)

func Register(name string, v int) {
	registryMu.Lock()
	defer registryMu.Unlock()
	registry[name] = v
}

func Find(name string) int {
	registryMu.RLock()
	defer registryMu.RUnlock()
	return registry[name]
}

func Remove(name string) {
	registryMu.Lock()
	defer registryMu.Unlock()
	delete(registry, name)
}

func Names() (names []string) {
	for name := range registry { // want `registry is used here without registryMu`
		names = append(names, name)
	}
	return names
}

// ok: before the program runs
func init() {
	registry["default"] = 0
}

type runner struct {
	mu    sync.Mutex
	state map[string]int
}

func (r *runner) with(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
}

// ok: the helper takes the lock around the closure
func (r *runner) Set(key string, v int) {
	r.with(func() {
		r.state[key] = v
	})
}

func (r *runner) Get(key string) (v int) {
	r.with(func() {
		v = r.state[key]
	})
	return v
}

func (r *runner) Drop(key string) {
	r.mu.Lock()
	delete(r.state, key)
	r.mu.Unlock()
}

// ok: rule useless-lock says it
func (r *runner) Watch() {
	r.mu.Lock()
	defer r.mu.Unlock()
	go func() {
		r.state["watched"]++
	}()
}

type stats struct {
	mu   sync.Mutex
	n    int64
	seen map[int]bool
}

// ok: atomic, whatever lock is held
func (s *stats) Inc() {
	atomic.AddInt64(&s.n, 1)
}

func (s *stats) Add(k int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[k] = true
	atomic.AddInt64(&s.n, 1)
}

func (s *stats) Has(k int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[k]
}

// ok: too few uses to tell
func (s *stats) Seen() int {
	return len(s.seen)
}

type server struct {
	mu    sync.Mutex
	conns map[int]bool
	done  chan struct{}
}

// ok: before the task starts
func (s *server) Start() {
	s.conns = make(map[int]bool)
	go s.loop()
}

func (s *server) loop() {
	for i := range 10 {
		s.mu.Lock()
		s.conns[i] = true
		s.mu.Unlock()
	}
	close(s.done)
}

func (s *server) Drop(i int) {
	s.mu.Lock()
	delete(s.conns, i)
	s.mu.Unlock()
}

func (s *server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns)
}

// ok: the task has ended
func (s *server) Wait() int {
	<-s.done
	return len(s.conns)
}

type byAge struct {
	mu   sync.Mutex
	list []int
}

// ok: called by Sort, which holds the lock
func (b *byAge) Len() int           { return len(b.list) }
func (b *byAge) Less(i, j int) bool { return b.list[i] < b.list[j] }
func (b *byAge) Swap(i, j int)      { b.list[i], b.list[j] = b.list[j], b.list[i] }

func (b *byAge) Sort() {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Sort(b)
}

func (b *byAge) Add(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, n)
}

func (b *byAge) First() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.list[0]
}

func (b *byAge) Set(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list[0] = n
}

type outer struct {
	mu    sync.Mutex
	inner inner
}

type inner struct{ m map[string]int }

// ok: the lock of the outer object, held by the caller
func (i *inner) put(key string, v int) { i.m[key] = v }

func (o *outer) Put(key string, v int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inner.put(key, v)
}

func (o *outer) Get(key string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.inner.m[key]
}

func (o *outer) Drop(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.inner.m, key)
}

func (o *outer) Size() int {
	return len(o.inner.m) // want `o\.inner\.m is used here without mu`
}

// ok: locked or not, it depends on the argument
func (o *outer) Maybe(lock bool) int {
	if lock {
		o.mu.Lock()
		defer o.mu.Unlock()
	}
	return len(o.inner.m)
}

// ok: swapped under the lock, what was there belongs to this function
func (o *outer) Drain() (n int) {
	o.mu.Lock()
	old := o.inner.m
	o.inner.m = map[string]int{}
	o.mu.Unlock()
	for range old {
		n++
	}
	return n
}

type stream struct {
	mu       sync.Mutex
	signal   chan struct{}
	data     []byte
	finished bool
	closed   bool
}

// ok: read waits without the lock and takes it again.
func (s *stream) Read(p []byte) (int, bool) {
	s.mu.Lock()
	n := s.read(p)
	done := s.isDone()
	s.mu.Unlock()
	return n, done
}

func (s *stream) read(p []byte) int {
	if s.closed {
		s.finished = true
		return 0
	}
	for len(s.data) == 0 {
		s.mu.Unlock()
		<-s.signal
		s.mu.Lock()
		if s.closed {
			return 0
		}
	}
	n := copy(p, s.data)
	s.data = s.data[n:]
	return n
}

func (s *stream) isDone() bool {
	return s.finished
}

func (s *stream) Finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finished = true
}

func (s *stream) Reopen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finished = false
}

func (s *stream) Finished() bool {
	return s.finished // want `s\.finished is used here without mu`
}

// ok: callers that do not hold the lock say so.
func (s *stream) push(needsLock bool, b []byte) {
	if needsLock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.queue(b)
}

func (s *stream) queue(b []byte) {
	s.data = append(s.data, b...)
}

func (s *stream) Push(b []byte)       { s.push(true, b) }
func (s *stream) pushLocked(b []byte) { s.push(false, b) }

type task struct {
	mu  sync.Mutex
	err error
	out []string
}

var tasks sync.Pool

// ok: nobody else has what goes back to the pool.
func Recycle(t *task) {
	t.reset()
	tasks.Put(t)
}

func (t *task) reset() {
	t.err = nil
	t.out = nil
}

func (t *task) Fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
	t.out = append(t.out, err.Error())
}

func (t *task) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

func (t *task) Out() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.out)
}

// ok: all that adds has ended when the goroutine starts.
func (t *task) Drain(wg *sync.WaitGroup, write func([]string)) {
	wg.Wait()
	go func() {
		write(t.out)
	}()
}
