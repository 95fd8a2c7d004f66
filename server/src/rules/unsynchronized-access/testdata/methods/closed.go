package methods

import "sync"

// crew works off what is pushed until it is stopped.
type crew struct {
	mu      sync.RWMutex
	closed  bool
	paused  bool
	jobs    chan int
	orders  chan int
	notes   chan int
	workers sync.WaitGroup
}

func newCrew() *crew {
	c := &crew{jobs: make(chan int, 1), orders: make(chan int, 1), notes: make(chan int, 1)}
	c.workers.Add(1)
	go c.work()
	return c
}

func (c *crew) work() {
	defer c.workers.Done()
	for job := range c.jobs {
		println(job)
	}
}

// ok: who pushes has seen that it is not closed, and holds the lock, or comes later and sees that it is.
func (c *crew) Stop() {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	c.closed = true
	c.mu.Unlock()
	close(c.jobs)
	close(c.orders) // want `close\(c\.orders\) is used here without c\.mu`
	c.workers.Wait()
}

func (c *crew) Push(job int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return
	}
	c.jobs <- job
}

// Between the question and the send it may be closed.
func (c *crew) Order(job int) {
	c.mu.RLock()
	closed := c.closed
	c.mu.RUnlock()
	if closed {
		return
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.orders <- job
}

// A flag that is taken back keeps nobody out for good.
func (c *crew) Pause() {
	c.mu.Lock()
	c.paused = true
	c.mu.Unlock()
	close(c.notes) // want `close\(c\.notes\) is used here without c\.mu`
}

func (c *crew) Resume() {
	c.mu.Lock()
	c.paused = false
	c.mu.Unlock()
}

func (c *crew) Note(n int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.paused {
		return
	}
	c.notes <- n
}
