package bounds

import (
	"errors"
	"net"
	"sync"
	"time"
)

// What a constructor does may take more calls than are followed; methods have their own share.
func settle(n int) int {
	return settleTwo(n) + settleTwo(n) + settleTwo(n) + settleTwo(n) + settleTwo(n) + settleTwo(n)
}

func settleTwo(n int) int {
	return settleThree(n) + settleThree(n) + settleThree(n) + settleThree(n) + settleThree(n) + settleThree(n)
}

func settleThree(n int) int {
	return settleFour(n) + settleFour(n) + settleFour(n) + settleFour(n) + settleFour(n) + settleFour(n)
}

func settleFour(n int) int { return n * n }

type directory struct {
	mu      sync.Mutex
	entries map[string]int
	closer  chan struct{}
}

func newDirectory() *directory {
	d := &directory{entries: map[string]int{}, closer: make(chan struct{})}
	d.entries["size"] = settle(2)
	go d.watch()
	return d
}

func (d *directory) watch() {
	settle(3)
	<-d.closer
}

func (d *directory) Refresh() int { return settle(4) + settle(5) }

func (d *directory) Close() {
	close(d.closer)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.entries = nil
}

func (d *directory) Closed() bool {
	return d.entries == nil // want `d\.entries is used here without d\.mu`
}

// ok: the lock is held.
func (d *directory) Size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.entries)
}

type runner struct{ stop chan struct{} }

func (r *runner) run() { <-r.stop }

func (r *runner) end() { close(r.stop) }

// ok: run may wait for end, whether it is followed or not.
func ordered() bool {
	r := &runner{stop: make(chan struct{})}
	settle(6)
	found := false
	go func() {
		found = settle(7) > 0
		r.end()
	}()
	r.run()
	return found
}

type connection struct {
	mu       sync.Mutex
	deadline time.Time
	size     int
}

func (c *connection) SetDeadline(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = t
}

// ok: what is asked is a copy that was made under the lock.
func (c *connection) IsLate() bool {
	c.mu.Lock()
	deadline := c.deadline
	c.mu.Unlock()
	return !deadline.IsZero() && time.Now().After(deadline)
}

type server struct {
	listener net.Listener
	report   func(error)
	steps    chan int
	stopped  chan bool
	current  int
	last     int
}

// Who makes an object is done before anybody calls a method of it, whatever it calls itself.
func newServer(report func(error)) *server {
	s := &server{steps: make(chan int, 8), stopped: make(chan bool), report: report}
	var err error
	if s.listener, err = net.Listen("tcp", "localhost:0"); err != nil {
		report(err)
	}
	go s.loop()
	return s
}

func (s *server) loop() {
	defer close(s.stopped)
	for step := range s.steps {
		s.current = step // want `s\.current is written here while bounds\.go:\d+ may read it`
		s.last = step
	}
}

func (s *server) Step(step int) { s.steps <- step }

// ok: last is read when the loop is over.
func (s *server) Close() int {
	if s.current != 0 {
		s.report(errors.New("still at work"))
	}
	close(s.steps)
	<-s.stopped
	return s.last
}
