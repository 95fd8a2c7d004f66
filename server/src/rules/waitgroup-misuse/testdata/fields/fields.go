package fixture

import (
	"errors"
	"sync"
)

// Stop may come before the goroutine has counted itself.
type early struct {
	wg sync.WaitGroup
	n  int
}

func (e *early) Start() {
	go func() {
		e.wg.Add(1) // want `e\.wg\.Add\(1\) runs in the goroutine that it counts: e\.wg\.Wait\(\) at fields\.go:\d+ may come first`
		defer e.wg.Done()
		e.n++
	}()
}

func (e *early) Stop() { e.wg.Wait() }

// ok: counted before it is started
type counted struct {
	wg sync.WaitGroup
	n  int
}

func (c *counted) Start() {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		c.n++
	}()
}

func (c *counted) Stop() { c.wg.Wait() }

// ok: a task that is counted counts those it starts
type nested struct {
	wg sync.WaitGroup
	n  int
}

func (n *nested) Start() {
	n.wg.Add(1)
	go func() {
		defer n.wg.Done()
		n.wg.Add(1)
		go func() {
			defer n.wg.Done()
		}()
	}()
}

func (n *nested) Stop() { n.wg.Wait() }

// One way through the goroutine does not say that it is done.
type missed struct {
	wg  sync.WaitGroup
	err error
}

func (m *missed) Start(work func() error) {
	m.wg.Add(1)
	go func() {
		if err := work(); err != nil {
			return // want `this return leaves the goroutine without m\.wg\.Done\(\): m\.wg\.Wait\(\)`
		}
		m.wg.Done()
	}()
}

func (m *missed) Stop() { m.wg.Wait() }

// ok: says it on all ways
type always struct {
	wg sync.WaitGroup
}

func (a *always) Start(work func() error) {
	a.wg.Add(1)
	go func() {
		if err := work(); err != nil {
			a.wg.Done()
			return
		}
		a.wg.Done()
	}()
}

func (a *always) Stop() { a.wg.Wait() }

// ok: somebody else may count, too
type Public struct {
	Group sync.WaitGroup
	n     int
}

func (p *Public) Start() {
	go func() {
		p.Group.Add(1)
		defer p.Group.Done()
		p.n++
	}()
}

func (p *Public) Stop() { p.Group.Wait() }

// ok: the group goes elsewhere
type handed struct {
	wg sync.WaitGroup
	n  int
}

func (h *handed) Start(count func(*sync.WaitGroup)) {
	count(&h.wg)
	go func() {
		h.wg.Add(1)
		defer h.wg.Done()
		h.n++
	}()
}

func (h *handed) Stop() { h.wg.Wait() }

// ok: nobody waits
type unwaited struct {
	wg sync.WaitGroup
	n  int
}

func (u *unwaited) Start() {
	go func() {
		u.wg.Add(1)
		defer u.wg.Done()
		u.n++
	}()
}

// proves: deadlock
func failsAndStops() {
	m := &missed{}
	m.Start(func() error { return errors.New("failed") })
	m.Stop()
}

// proves: nothing
func failsAndStopsAlways() {
	a := &always{}
	a.Start(func() error { return errors.New("failed") })
	a.Stop()
}

// proves: nothing
func countsAndStops() {
	c := &counted{}
	c.Start()
	c.Stop()
}

type tracer struct {
	stop chan struct{}
	done sync.WaitGroup
}

// ok: whoever makes it adds before anybody can wait.
func OpenTracer() *tracer {
	t := &tracer{stop: make(chan struct{})}
	t.done.Add(1)
	go t.loop()
	return t
}

func (t *tracer) loop() {
	defer t.done.Done()
	<-t.stop
}

func (t *tracer) Close() {
	close(t.stop)
	t.done.Wait()
}

// A method that is only ever started as a goroutine counts itself.
type pumps struct {
	stop  chan struct{}
	group sync.WaitGroup
	n     map[int]int
}

func (p *pumps) Start() {
	for i := range 3 {
		go p.pump(i)
	}
	go p.sweep()
}

func (p *pumps) pump(i int) {
	p.group.Add(1) // want `p\.group\.Add\(1\) runs in the goroutine that it counts: p\.group\.Wait\(\) at fields\.go:\d+ may come first`
	defer p.group.Done()
	<-p.stop
}

func (p *pumps) sweep() {
	p.group.Add(1) // want `p\.group\.Add\(1\) runs in the goroutine that it counts`
	defer p.group.Done()
	<-p.stop
}

func (p *pumps) Stop() {
	close(p.stop)
	p.group.Wait()
}

type ready struct {
	stop  chan struct{}
	begun chan struct{}
	group sync.WaitGroup
}

// ok: Start waits until the goroutine has counted itself
func (r *ready) Start() {
	go r.run()
	<-r.begun
}

func (r *ready) run() {
	r.group.Add(1)
	defer r.group.Done()
	r.begun <- struct{}{}
	<-r.stop
}

func (r *ready) Stop() {
	close(r.stop)
	r.group.Wait()
}

type awaited struct {
	stop  chan struct{}
	begun chan struct{}
	group sync.WaitGroup
}

func (a *awaited) Start() { go a.run() }

func (a *awaited) run() {
	a.group.Add(1)
	defer a.group.Done()
	a.begun <- struct{}{}
	<-a.stop
}

// ok: Stop waits until the goroutine has counted itself
func (a *awaited) Stop() {
	<-a.begun
	close(a.stop)
	a.group.Wait()
}

type family struct {
	group sync.WaitGroup
	n     int
}

func (f *family) Start() {
	f.group.Add(1)
	go f.first()
}

func (f *family) first() {
	defer f.group.Done()
	go f.second()
}

// ok: the one that starts it is counted before
func (f *family) second() {
	f.group.Add(1)
	defer f.group.Done()
	f.n++
}

func (f *family) Stop() { f.group.Wait() }

type listener interface {
	Accept() (int, error)
	Close() error
}

// Whoever comes in last is counted while Shutdown waits.
type server struct {
	l     listener
	group sync.WaitGroup
}

func (s *server) Serve(l listener) error {
	s.l = l
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		s.group.Add(1) // want `s\.group\.Add\(1\) runs in a loop that nobody counts: s\.group\.Wait\(\) at fields\.go:\d+ ends it with s\.l\.Close\(\)`
		go s.serve(c)
	}
}

func (s *server) serve(c int) {
	defer s.group.Done()
	_ = c
}

func (s *server) Shutdown() error {
	err := s.l.Close()
	s.group.Wait()
	return err
}

// ok: the loop counts itself as well
type counting struct {
	l     listener
	group sync.WaitGroup
}

func (s *counting) Serve(l listener) error {
	s.group.Add(1)
	defer s.group.Done()
	s.l = l
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		s.group.Add(1)
		go s.serve(c)
	}
}

func (s *counting) serve(c int) {
	defer s.group.Done()
	_ = c
}

func (s *counting) Shutdown() error {
	err := s.l.Close()
	s.group.Wait()
	return err
}

// ok: counted under a lock that Shutdown takes before it waits
type locked struct {
	mu     sync.Mutex
	l      listener
	closed bool
	group  sync.WaitGroup
}

func (s *locked) Serve(l listener) error {
	s.l = l
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			return nil
		}
		s.group.Add(1)
		s.mu.Unlock()
		go s.serve(c)
	}
}

func (s *locked) serve(c int) {
	defer s.group.Done()
	_ = c
}

func (s *locked) Shutdown() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	err := s.l.Close()
	s.group.Wait()
	return err
}

// ok: nothing that Wait's method does has to do with the loop
type apart struct {
	l     listener
	names map[int]bool
	group sync.WaitGroup
}

func (s *apart) Serve(l listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		s.group.Add(1)
		go s.serve(c)
	}
}

func (s *apart) serve(c int) {
	defer s.group.Done()
	_ = c
}

func (s *apart) Flush() { s.group.Wait() }
