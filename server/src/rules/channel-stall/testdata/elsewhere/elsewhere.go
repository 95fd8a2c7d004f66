package elsewhere

import "sync"

type answer struct{ n int }

type request struct {
	mu     sync.Mutex
	id     int
	answer chan answer
}

func ask(work func() int) *request {
	r := &request{answer: make(chan answer)}
	r.mu.Lock()
	go func() {
		r.id = 1
		r.mu.Unlock()
		n := work()
		// ok: whoever has the request receives the answer.
		r.answer <- answer{n}
	}()
	return r
}

func (r *request) wait() int {
	return (<-r.answer).n
}

type client struct {
	mu     sync.Mutex
	last   *request
	closed bool
}

func (c *client) Call(work func() int) int {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return 0
	}
	c.last = ask(work)
	c.mu.Unlock()
	n := c.last.wait()
	c.last = nil
	return n
}

func (c *client) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}
