package basic

import (
	"bytes"
	"maps"
	"sync"
)

var pool = sync.Pool{New: func() any { return make(map[string]int) }}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func count(words []string) int {
	m := pool.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	clear(m)
	pool.Put(m)
	return len(m) // want `this uses what line \d+ gave back to the pool`
}

func write(words []string) {
	m := pool.Get().(map[string]int)
	pool.Put(m)
	for _, w := range words {
		m[w]++ // want `this uses what line \d+ gave back`
	}
}

func collect(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer pool.Put(m)
	for _, w := range words {
		m[w]++
	}
	return m // want `this returns what line \d+ gives back to the pool`
}

func render(words []string) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	for _, w := range words {
		buf.WriteString(w)
	}
	return buf.Bytes() // want `this returns what line \d+ gives back`
}

func collectInClosure(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer func() {
		pool.Put(m)
	}()
	for _, w := range words {
		m[w]++
	}
	return m // want `this returns what line \d+ gives back`
}

func twice(ok bool) {
	m := pool.Get().(map[string]int)
	if ok {
		clear(m)
		pool.Put(m)
	}
	pool.Put(m) // want `gave back already`
}

type user struct{ buf *bytes.Buffer }

func (u *user) finish() {
	b := u.buf
	buffers.Put(b)
	b.Reset() // want `this uses what line \d+ gave back`
}

// ok: given back last.
func right(words []string) int {
	m := pool.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	n := len(m)
	clear(m)
	pool.Put(m)
	return n
}

// ok: a copy is returned.
func copied(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer pool.Put(m)
	for _, w := range words {
		m[w]++
	}
	return maps.Clone(m)
}

// ok: text is a copy.
func text(words []string) string {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	for _, w := range words {
		buf.WriteString(w)
	}
	return buf.String()
}

// ok: each round takes another one.
func rounds(n int) {
	for i := 0; i < n; i++ {
		m := pool.Get().(map[string]int)
		m["i"] = i
		clear(m)
		pool.Put(m)
	}
}

// ok: taken again.
func again() int {
	m := pool.Get().(map[string]int)
	pool.Put(m)
	m = pool.Get().(map[string]int)
	return len(m)
}

// ok: only one path gives it back.
func either(keep bool) map[string]int {
	m := pool.Get().(map[string]int)
	if !keep {
		pool.Put(m)
		return nil
	}
	return m
}

// ok: it is forgotten.
func (u *user) forget() {
	buffers.Put(u.buf)
	u.buf = nil
}

// ok: a comparison looks at no entry.
func compared(m map[string]int) bool {
	pool.Put(m)
	return m == nil
}

// ok: another pool's object.
func two() int {
	a := pool.Get().(map[string]int)
	b := pool.Get().(map[string]int)
	pool.Put(a)
	return len(b)
}

type job struct{ parts map[string]int }

// ok: each round gives back what another job has.
func drain(next func() *job) {
	for {
		current := next()
		if current == nil {
			return
		}
		pool.Put(current.parts)
	}
}

func drainOne(current *job, rounds int) {
	for range rounds {
		pool.Put(current.parts) // want `gives back to the pool what line \d+ gave back already`
	}
}

type worker struct{ tasks chan func() }

type crew struct {
	mu    sync.Mutex
	idle  []*worker
	byID  map[int]*worker
	last  *worker
	queue chan *worker
	cache sync.Pool
}

func (c *crew) release(w *worker) {
	c.mu.Lock()
	c.idle = append(c.idle, w) // want `this keeps what line \d+ gives back to the pool`
	c.mu.Unlock()
	c.cache.Put(w)
}

func (c *crew) register(id int, w *worker) {
	c.byID[id] = w // want `this keeps what line \d+ gives back to the pool`
	c.cache.Put(w)
}

func (c *crew) pass(w *worker) {
	c.queue <- w // want `this keeps what line \d+ gives back to the pool`
	c.cache.Put(w)
}

// ok: either or.
func (c *crew) either(w *worker) {
	select {
	case c.queue <- w:
	default:
		c.cache.Put(w)
	}
}

// ok: only where it is not kept.
func (c *crew) full(w *worker) {
	if len(c.idle) < 10 {
		c.idle = append(c.idle, w)
		return
	}
	c.cache.Put(w)
}

// ok: taken out again.
func (c *crew) current(w *worker) {
	c.last = w
	c.last.tasks <- nil
	c.last = nil
	c.cache.Put(w)
}

// ok: taken out of the map again.
func (c *crew) served(id int, w *worker) {
	c.byID[id] = w
	delete(c.byID, id)
	c.cache.Put(w)
}

// ok: what is called may take it out.
func (c *crew) run(w *worker) {
	c.idle = append(c.idle, w)
	c.work()
	c.cache.Put(w)
}

func (c *crew) work() { c.idle = c.idle[:0] }

// ok: another object is kept.
func (c *crew) swap(w *worker) {
	old := c.last
	c.last = w
	c.cache.Put(old)
}

// ok: a list of its own.
func (c *crew) all(ws []*worker) int {
	var seen []*worker
	for _, w := range ws {
		seen = append(seen, w)
		c.cache.Put(w)
	}
	return len(seen)
}
