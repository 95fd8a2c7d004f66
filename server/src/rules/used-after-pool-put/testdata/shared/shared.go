package fixture

import (
	"sync"
	"sync/atomic"
)

var stampPool sync.Pool

type server struct {
	mu     sync.Mutex
	stamps map[string]*atomic.Int64
}

// Serve goes on using the stamp that everybody finds in the map.
func (s *server) Serve(name string, now func() int64) {
	s.mu.Lock()
	stamp, ok := s.stamps[name]
	if !ok {
		got := stampPool.Get()
		if got == nil {
			got = &atomic.Int64{}
		}
		stamp = got.(*atomic.Int64)
		s.stamps[name] = stamp
	}
	s.mu.Unlock()
	stamp.Store(now())
}

func (s *server) Reap(before int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, stamp := range s.stamps {
		if stamp.Load() < before {
			delete(s.stamps, name)
			stampPool.Put(stamp) // want `this gives back to the pool what Serve goes on using without the lock, in line 28`
		}
	}
}

type job struct{ steps int }

var jobPool = sync.Pool{New: func() any { return new(job) }}

type queue struct {
	mu    sync.Mutex
	jobs  map[int]*job
	names map[int]*job
}

// ok: not used after it was put there
func (q *queue) Push(id, steps int) {
	j := jobPool.Get().(*job)
	j.steps = steps
	q.mu.Lock()
	q.jobs[id] = j
	q.mu.Unlock()
}

func (q *queue) Drop(id int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if j := q.jobs[id]; j != nil {
		delete(q.jobs, id)
		jobPool.Put(j)
	}
}

// ok: used under the lock, or taken out before
func (q *queue) Named(id int) int {
	j := jobPool.Get().(*job)
	q.mu.Lock()
	q.names[id] = j
	j.steps++
	delete(q.names, id)
	q.mu.Unlock()
	return j.steps
}

func (q *queue) DropNamed(id int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	jobPool.Put(q.names[id])
	delete(q.names, id)
}
