package fixture

import "sync"

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) Pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.cond.Wait() // want `q\.cond\.Wait is not in a loop`
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) Await() {
	q.cond.L.Lock()
	q.cond.Wait() // want `q\.cond\.Wait is not in a loop`
	q.cond.L.Unlock()
}

func (q *queue) Bare() {
	for len(q.items) == 0 {
		q.cond.Wait() // want `q\.cond\.Wait is called without its lock`
	}
}

// ok: in a loop, with the lock
func (q *queue) PopLoop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	return q.items[0]
}

// ok: a loop made of goto
func (q *queue) Goto() int {
	q.mu.Lock()
	defer q.mu.Unlock()
again:
	if len(q.items) == 0 {
		q.cond.Wait()
		goto again
	}
	return q.items[0]
}

// ok: its caller loops, with the lock
func (q *queue) wait() {
	q.cond.Wait()
}

func (q *queue) PopHelper() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.wait()
	}
	return q.items[0]
}

// ok: says that the caller holds the lock
func (q *queue) waitLocked() {
	for len(q.items) == 0 {
		q.cond.Wait()
	}
}

// ok: an endless loop that breaks
func (q *queue) PopBreak() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if len(q.items) > 0 {
			break
		}
		q.cond.Wait()
	}
	return q.items[0]
}

// ok: wakes others
func (q *queue) Push(n int) {
	q.mu.Lock()
	q.items = append(q.items, n)
	q.mu.Unlock()
	q.cond.Signal()
}

type gate struct {
	mu     *sync.Mutex
	cond   sync.Cond
	passed int
}

func (g *gate) Lock()   { g.mu.Lock() }
func (g *gate) Unlock() { g.passed++; g.mu.Unlock() }

func newGate(mu *sync.Mutex) *gate {
	g := &gate{mu: mu}
	g.cond.L = g
	return g
}

// ok: whoever waits has locked the gate
func (g *gate) Wait() {
	g.cond.Wait()
}

func (g *gate) Pass(ready func() bool) {
	g.Lock()
	for !ready() {
		g.Wait()
	}
	g.Unlock()
}
