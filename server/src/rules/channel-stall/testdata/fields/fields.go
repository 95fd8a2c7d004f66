package fixture

import (
	"context"
	"sync"
)

// Close waits for a loop that ends when jobs is closed, and nobody closes it.
type worker struct {
	wg   sync.WaitGroup
	jobs chan string
	n    int
}

func newWorker() *worker {
	w := &worker{jobs: make(chan string, 8)}
	w.wg.Add(1)
	go w.run()
	return w
}

func (w *worker) run() {
	defer w.wg.Done()
	for range w.jobs { // want `nobody closes w\.jobs`
		w.n++
	}
}

func (w *worker) Do(job string) { w.jobs <- job }

func (w *worker) Close() { w.wg.Wait() }

// ok: Close closes the channel first
type closing struct {
	wg   sync.WaitGroup
	jobs chan string
	n    int
}

func newClosing() *closing {
	c := &closing{jobs: make(chan string, 8)}
	c.wg.Add(1)
	go c.run()
	return c
}

func (c *closing) run() {
	defer c.wg.Done()
	for range c.jobs {
		c.n++
	}
}

func (c *closing) Do(job string) { c.jobs <- job }

func (c *closing) Close() {
	close(c.jobs)
	c.wg.Wait()
}

// ok: nobody waits for the loop, which may go on as long as the program
type endless struct {
	jobs chan string
	n    int
}

func newEndless() *endless {
	e := &endless{jobs: make(chan string, 8)}
	go e.run()
	return e
}

func (e *endless) run() {
	for range e.jobs {
		e.n++
	}
}

func (e *endless) Do(job string) { e.jobs <- job }

// ok: the loop can end otherwise
type ending struct {
	wg   sync.WaitGroup
	jobs chan string
}

func newEnding() *ending {
	e := &ending{jobs: make(chan string)}
	e.wg.Add(1)
	go e.run()
	return e
}

func (e *ending) run() {
	defer e.wg.Done()
	for job := range e.jobs {
		if job == "" {
			return
		}
	}
}

func (e *ending) Do(job string) { e.jobs <- job }
func (e *ending) Close()        { e.wg.Wait() }

// ok: who gave the channel may close it
type given struct {
	wg   sync.WaitGroup
	jobs chan string
}

func newGiven(jobs chan string) *given {
	g := &given{jobs: jobs}
	g.wg.Add(1)
	go g.run()
	return g
}

func (g *given) run() {
	defer g.wg.Done()
	for range g.jobs {
	}
}

func (g *given) Close() { g.wg.Wait() }

// ok: who gets the channel may close it
type handed struct {
	wg   sync.WaitGroup
	jobs chan string
}

func newHanded() *handed {
	h := &handed{jobs: make(chan string)}
	h.wg.Add(1)
	go h.run()
	return h
}

func (h *handed) run() {
	defer h.wg.Done()
	for range h.jobs {
	}
}

func (h *handed) Jobs() chan<- string { return h.jobs }
func (h *handed) Close()              { h.wg.Wait() }

// ok: anybody can close an exported field
type public struct {
	wg   sync.WaitGroup
	Jobs chan string
}

func newPublic() *public {
	p := &public{Jobs: make(chan string)}
	p.wg.Add(1)
	go p.run()
	return p
}

func (p *public) run() {
	defer p.wg.Done()
	for range p.Jobs {
	}
}

func (p *public) Close() { p.wg.Wait() }

// Nobody receives.
type deaf struct {
	mu    sync.Mutex
	calls chan string
}

func newDeaf() *deaf { return &deaf{calls: make(chan string)} }

func (d *deaf) Call(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls <- name // want `d\.calls has no buffer and nobody receives from it`
}

// ok: a select goes on without
type trying struct {
	mu    sync.Mutex
	calls chan string
}

func newTrying() *trying { return &trying{calls: make(chan string)} }

func (t *trying) Call(ctx context.Context, name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case t.calls <- name:
	case <-ctx.Done():
	}
}

// ok: there is room
type roomy struct {
	mu    sync.Mutex
	calls chan string
}

func newRoomy() *roomy { return &roomy{calls: make(chan string, 100)} }

func (r *roomy) Call(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls <- name
}

// Nothing ever makes the channel.
type unmade struct {
	done  chan struct{}
	ready chan struct{}
	later chan struct{}
	n     int
}

func (u *unmade) Wait() {
	<-u.done // want `u\.done is nil`
}

func (u *unmade) Stop() {
	close(u.done) // want `u\.done is nil`
}

// ok: a select with a nil channel leaves that choice out
func (u *unmade) Ready(ctx context.Context) {
	select {
	case <-u.ready:
	case <-ctx.Done():
	}
}

// ok: made when it is needed
func (u *unmade) Later() {
	u.later = make(chan struct{})
	go func() { u.later <- struct{}{} }()
	<-u.later
}

// proves: deadlock
func closesWorker() {
	w := newWorker()
	w.Do("a")
	w.Close()
}

// proves: nothing
func closesClosing() {
	c := newClosing()
	c.Do("a")
	c.Close()
}

// proves: nothing
func endsEnding() {
	e := newEnding()
	e.Do("")
	e.Close()
}

// proves: deadlock
func callsDeaf() { newDeaf().Call("a") }

// proves: nothing
func callsRoomy() { newRoomy().Call("a") }

// proves: deadlock
func waitsUnmade() { new(unmade).Wait() }

// proves: panic "close of nil channel"
func stopsUnmade() { new(unmade).Stop() }
