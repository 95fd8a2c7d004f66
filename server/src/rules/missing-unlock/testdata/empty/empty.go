package empty

import (
	"sync"
	"sync/atomic"
)

type recorder struct {
	mu    sync.Mutex
	ready bool
	runs  []int
	done  chan int
	count int
}

func (r *recorder) Record(runs []int) (count int) {
	r.mu.Lock()
	r.mu.Unlock() // want `r\.mu is unlocked right after it is locked`
	if !r.ready {
		return 0
	}
	for _, run := range runs {
		count += run
	}
	return count
}

// ok: the empty section waits until whoever is in it is out, and what is ranged over are messages.
func (r *recorder) Drain() (sum int) {
	r.mu.Lock()
	r.mu.Unlock()
	for run := range r.done {
		sum += run
	}
	return sum + r.count
}

// ok: what stands beside the lock is used under it.
func (r *recorder) Set(runs []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ready = true
	r.runs = runs
}

type session struct {
	mu      sync.RWMutex
	conn    func(string) error
	changed *sync.Cond
	pending map[string]int
}

func newSession(conn func(string) error) *session {
	s := &session{conn: conn, pending: map[string]int{}}
	s.changed = sync.NewCond(&s.mu)
	return s
}

func (s *session) Do(command string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.conn(command)
}

// ok: once nobody is in a section any more, the connection, which stays the same, is used alone.
func (s *session) Close() error {
	s.mu.Lock()
	s.mu.Unlock()
	return s.conn("close")
}

// ok: who waits is in its section, or has seen what changed.
func (s *session) Wake() {
	s.mu.Lock()
	s.mu.Unlock()
	s.changed.Broadcast()
}

func (s *session) Begin(command string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending[command]++
}

func (s *session) Pending() int {
	s.mu.RLock()
	s.mu.RUnlock() // want `s\.mu is unlocked right after it is locked`
	return len(s.pending)
}

type transaction struct {
	mu    sync.RWMutex
	ended atomic.Bool
	conn  func(string) error
}

func (t *transaction) Do(command string) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.conn(command)
}

// ok: nobody uses the lock to change the connection; it keeps the end away from commands that still run.
func (t *transaction) Commit() error {
	if !t.ended.CompareAndSwap(false, true) {
		return nil
	}
	t.mu.Lock()
	t.mu.Unlock()
	err := t.conn("commit")
	t.release()
	return err
}

func (t *transaction) release() {
	t.conn = nil
}

type figures struct {
	mu    sync.Mutex
	ready bool
	limit int
	sum   int
}

func newFigures(limit int) *figures {
	return &figures{ready: true, limit: limit}
}

func (f *figures) Add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ready {
		f.sum += n
	}
}

// Others ask whether it is ready with the lock held, and there is nothing yet that could be waited for.
func (f *figures) Report() bool {
	f.mu.Lock()
	f.mu.Unlock() // want `f\.mu is unlocked right after it is locked`
	return f.ready
}

// ok: nobody looks at the limit with the lock held.
func (f *figures) Limit() int {
	f.mu.Lock()
	f.mu.Unlock()
	return f.limit
}
