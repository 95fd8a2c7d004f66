package basic

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func countsAndPrints(jobs []int) {
	var done int64
	for range jobs {
		go func() {
			atomic.AddInt64(&done, 1)
		}()
	}
	fmt.Println(done) // want `done is read here without atomic, while atomic.AddInt64\(&done, 1\) at basic.go:\d+ runs in another goroutine`
}

// proves: race
func stopsPlainly() {
	var stopped int32
	go func() {
		for atomic.LoadInt32(&stopped) == 0 {
		}
	}()
	stopped = 1 // want `stopped is written here without atomic, while atomic.LoadInt32\(&stopped\) at basic.go:\d+`
}

// proves: race
func countsPlainly() {
	var n uint32
	go func() {
		atomic.AddUint32(&n, 1)
	}()
	n++ // want `n is (read|written) here without atomic`
}

// ok: after the wait nobody else is left.
func readAfterWait(jobs []int) int64 {
	var done int64
	var wg sync.WaitGroup
	for range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			atomic.AddInt64(&done, 1)
		}()
	}
	wg.Wait()
	return done
}

// ok: set before the goroutine starts.
//
// proves: nothing
func setBefore() {
	var limit int64
	limit = 10
	go func() { fmt.Println(atomic.LoadInt64(&limit)) }()
}

// ok: each access is atomic.
func allAtomic() int64 {
	var n int64
	go func() { atomic.AddInt64(&n, 1) }()
	return atomic.LoadInt64(&n)
}

type meter struct {
	hits   int64
	misses int64
	typed  atomic.Int64
	mu     sync.Mutex
	last   int64
}

// ok: nobody else has it yet.
func newMeter() *meter {
	m := &meter{}
	m.hits = 0
	return m
}

func (m *meter) Hit() { atomic.AddInt64(&m.hits, 1) }

func (m *meter) Hits() int64 {
	return m.hits // want `m.hits is read here without atomic, while atomic.AddInt64\(&m.hits, 1\) at basic.go:\d+ expects other goroutines`
}

func (m *meter) Reset() {
	m.hits = 0 // want `m.hits is written here without atomic, while atomic.AddInt64\(&m.hits, 1\) at basic.go:\d+ expects`
}

// ok: the type only has atomic operations.
func (m *meter) Add() { m.typed.Add(1) }

func (m *meter) Typed() int64 { return m.typed.Load() }

// ok: no access of it is atomic.
func (m *meter) Miss() { m.misses++ }

// ok: the lock may keep writers away.
func (m *meter) Touch(at int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last < at {
		atomic.StoreInt64(&m.last, at)
	}
}

// ok: who calls it, and when, is not known.
func (m *meter) reset() { m.hits = 0 }

type stream struct {
	sendMu sync.Mutex
	window uint32
	closed bool
}

func (s *stream) Write(b []byte) int {
	s.sendMu.Lock()
	defer s.sendMu.Unlock()
	return s.write(b)
}

func (s *stream) write(b []byte) int {
	return min(int(s.window), len(b)) // want `s.window is read here without atomic, while atomic.AddUint32\(&s.window, n\) at basic.go:\d+ expects`
}

func (s *stream) Grow(n uint32) { atomic.AddUint32(&s.window, n) }

type gauge struct {
	mu    sync.Mutex
	level uint32
}

// ok: the lock is held where it changes, too.
func (g *gauge) Level() uint32 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.level
}

func (g *gauge) Raise(n uint32) {
	g.mu.Lock()
	defer g.mu.Unlock()
	atomic.AddUint32(&g.level, n)
}

func newGauge() *gauge {
	g := &gauge{}
	g.init()
	return g
}

// ok: only the constructor calls it, before anybody else has the object.
func (g *gauge) init() { g.level = 1 }
