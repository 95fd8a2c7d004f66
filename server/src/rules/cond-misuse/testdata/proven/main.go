package main

import (
	"sync"
	"time"
)

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

func (q *queue) Bare() {
	for len(q.items) == 0 {
		q.cond.Wait() // want `q\.cond\.Wait is called without its lock`
	}
}

func (q *queue) Take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) Push(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.cond.Broadcast()
}

// proves: panic "index out of range"
func twoWaitForOne() {
	for range 1000 {
		q := newQueue()
		var wg sync.WaitGroup
		wg.Go(func() { q.Pop() })
		wg.Go(func() { q.Pop() })
		// By then both wait.
		time.Sleep(time.Millisecond)
		q.Push(1)
		q.mu.Lock()
		q.cond.Broadcast()
		q.mu.Unlock()
		q.Push(2)
		wg.Wait()
	}
}

// proves: panic "unlock of unlocked mutex"
func waitsUnlocked() { newQueue().Bare() }

// ok: both look again.
//
// proves: nothing
func twoTakeTwo() {
	q := newQueue()
	var wg sync.WaitGroup
	wg.Go(func() { q.Take() })
	wg.Go(func() { q.Take() })
	q.Push(1)
	q.Push(2)
	wg.Wait()
}

func main() {}
