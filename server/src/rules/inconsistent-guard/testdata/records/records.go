// Package records has structs in fields that are replaced or copied as a whole under a lock, and used in part elsewhere.
package records

import "sync"

type Limits struct {
	Size  int
	Count int
}

type Node struct {
	mu     sync.RWMutex
	limits Limits
}

func (n *Node) Reload(limits Limits) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.limits = limits
}

func (n *Node) Limits() Limits {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.limits
}

func (n *Node) Fits(size int) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return size <= n.limits.Size
}

func (n *Node) Count() int {
	return n.limits.Count // want `n\.limits is used here without mu, which is held at 3 of 4 uses of it`
}

// What one part is set to says nothing of the other.
type Meter struct {
	mu    sync.Mutex
	stats struct {
		reads  int
		writes int
		name   string
	}
}

func NewMeter(name string) *Meter {
	m := &Meter{}
	m.stats.name = name
	return m
}

func (m *Meter) Read() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stats.reads++
}

func (m *Meter) Write() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stats.writes++
}

func (m *Meter) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stats.reads = 0
	m.stats.writes = 0
}

func (m *Meter) Name() string {
	return m.stats.name // ok: nobody changes this part, nor the whole
}

// All parts are copied at once: who adds to one of them meets that.
type Progress struct {
	mu    sync.Mutex
	state State
}

type State struct{ done, skipped, failed int }

func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state.done++
}

func (p *Progress) Skipped() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state.skipped++
}

func (p *Progress) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = State{}
}

func (p *Progress) Failed() {
	p.state.failed++ // want `p\.state is used here without mu, which is held at 6 of 8 uses of it`
	p.mu.Lock()
	defer p.mu.Unlock()
}

func (p *Progress) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// A copy is read: it is nobody else's.
func (n *Node) Product() int {
	limits := n.Limits()
	return limits.Size * limits.Count // ok: of the copy
}

// The whole is only set before anybody has the object.
type Fixed struct {
	mu     sync.Mutex
	limits Limits
	used   int
}

func NewFixed(limits Limits) *Fixed { return &Fixed{limits: limits} }

func (f *Fixed) Use(n int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.used+n > f.limits.Size {
		return false
	}
	f.used += n
	return true
}

func (f *Fixed) Left() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.limits.Size - f.used
}

func (f *Fixed) All() Limits {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.limits
}

func (f *Fixed) Size() int {
	return f.limits.Size // ok: nothing changes it once the object is made
}

// Behind a pointer the record is another object each time.
type Pointed struct {
	mu     sync.Mutex
	limits *Limits
}

func (p *Pointed) Reload(limits *Limits) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limits = limits
}

func (p *Pointed) Size() int {
	p.mu.Lock()
	limits := p.limits
	p.mu.Unlock()
	return limits.Size // ok: nobody changes what was current then
}

func (p *Pointed) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.limits.Count
}

// A method whose value is handed on takes the lock itself, however it is called.
type Reporter struct {
	mu    sync.Mutex
	state State
}

func NewReporter(run func(func())) *Reporter {
	r := &Reporter{}
	run(r.print)
	return r
}

func (r *Reporter) print() {
	r.mu.Lock()
	defer r.mu.Unlock()
	println(r.state.done, r.state.skipped, r.state.failed)
	show(r.state)
}

func show(State) {}

func (r *Reporter) Done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.done++
}

func (r *Reporter) Skipped() {
	r.state.skipped++ // want `r\.state is used here without mu, which is held at 6 of 8 uses of it`
}

// A method whose value is handed on and that takes no lock may be called with it.
type Counter struct {
	mu    sync.Mutex
	state State
}

func NewCounter(run func(*sync.Mutex, func())) *Counter {
	c := &Counter{}
	run(&c.mu, c.add)
	return c
}

func (c *Counter) add() {
	c.state.done++ // ok: whoever runs it may hold the lock
}

func (c *Counter) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = State{}
}

func (c *Counter) Done() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state.done
}

func (c *Counter) Failed() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state.failed
}

// Only the package knows the type of the work, and it is called by way of an interface with the queue locked.
type work interface{ Execute(q *queue) }

type queue struct {
	mu    sync.Mutex
	stats State
}

type insertion struct{ n int }

func (i *insertion) Execute(q *queue) { q.count() }

func (q *queue) count() {
	q.stats.done++ // ok: who calls Execute may hold the lock
}

func (q *queue) Run(all []work) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, each := range all {
		each.Execute(q)
	}
}

func (q *queue) Stats() State {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.stats
}

func (q *queue) Skip() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stats.skipped++
}

func (q *queue) Fail() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stats.failed++
}

// The same of a type that others know: they need no lock to call it.
type Insertion struct{ n int }

type stack struct {
	mu    sync.Mutex
	stats State
}

func (i *Insertion) Push(s *stack) { s.count() }

func (s *stack) count() {
	s.stats.done++ // want `s\.stats is used here without mu`
}

func (s *stack) Stats() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

func (s *stack) Skip() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.skipped++
	s.stats.skipped++
}

func (s *stack) Fail() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.failed++
}
