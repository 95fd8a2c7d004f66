package outside

import (
	"errors"
	"sync"
)

type graph struct {
	mu    sync.RWMutex
	nodes []int
	top   int
	entry int
}

func (g *graph) Raise(level int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.top = level
	g.nodes = append(g.nodes, level)
}

// It takes the lock, only not for the top.
func (g *graph) Find(entry int) (level, count int) {
	if entry > 10 {
		return g.top, 0 // want `g\.top is read here outside the sections of mu, which this function takes in line 27`
	}
	g.mu.RLock()
	count = len(g.nodes)
	g.mu.RUnlock()
	return 0, count
}

// Debug and Dump leave the lock out on purpose: they say so by never taking it.
func (g *graph) Debug() int { return g.top }

func (g *graph) Dump() int { return g.top + 1 }

type source interface{ Read() int }

type reader struct {
	mu     sync.Mutex
	closed bool
	from   source
	last   int
	before int
}

func (r *reader) Reload() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.from != nil {
		r.last = r.from.Read()
	}
	return r.last
}

func (r *reader) Close() error {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return errors.New("closed")
	}
	r.closed = true
	r.mu.Unlock()
	r.from = nil // want `r\.from is changed here after mu was released, which this function takes in line 58`
	return nil
}

// ok: what comes before the lock is taken may set up.
func (r *reader) Open(from int) {
	r.before = from
	r.mu.Lock()
	r.closed = false
	r.mu.Unlock()
}

func (r *reader) Before() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.before
}

type worker struct {
	mu    sync.Mutex
	state int
	done  int
	jobs  []int
}

// ok: nobody else changes the state; who changes it may look at it without the lock.
func (w *worker) Step(job int) {
	if w.state < job {
		w.mu.Lock()
		w.state = job
		w.jobs = append(w.jobs, job)
		w.mu.Unlock()
	}
}

func (w *worker) State() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state
}

// ok: others change it without the lock, too.
func (w *worker) Finish() {
	w.mu.Lock()
	w.jobs = nil
	w.mu.Unlock()
	w.done++
}

func (w *worker) Done() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done
}

func (w *worker) Reset() {
	w.done = 0
}

type feed struct {
	mu     sync.Mutex
	closed bool
	stop   func()
	round  int
}

func (f *feed) start() {
	f.stop = func() {}
	f.round++
}

func (f *feed) Seek() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return errors.New("closed")
	}
	f.start()
	return nil
}

// ok: who assigns it asks first whether this was here.
func (f *feed) Close() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	f.stop()
}

type batch struct {
	mu    sync.Mutex
	tasks sync.WaitGroup
	err   error
	size  int
}

func (b *batch) Fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
	b.size = 1
}

func (b *batch) drain() {
	b.tasks.Wait()
}

// ok: the tasks that fail have all been waited for.
func (b *batch) Flush() error {
	b.mu.Lock()
	b.size = 0
	b.mu.Unlock()
	b.drain()
	return b.err
}

func (b *batch) note() {}

func (b *batch) Size() int {
	b.mu.Lock()
	b.err = nil
	b.mu.Unlock()
	b.note()
	return b.size // want `b\.size is read here outside the sections of mu, which this function takes in line \d+`
}

type collection struct {
	mu     sync.Mutex // protects waiting
	cancel func()
	// waiting is what nobody has taken yet.
	waiting map[string]int
}

func (c *collection) Start(cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancel = cancel
	c.waiting = map[string]int{}
}

// ok: the lock is there for what waits, its comment says.
func (c *collection) Stop() {
	if c.cancel != nil {
		c.cancel()
	}
	c.mu.Lock()
	c.waiting = nil
	c.mu.Unlock()
}
