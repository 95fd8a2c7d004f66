package reached

import (
	"sync"
	"sync/atomic"
)

type listener struct {
	begin func()
	end   func()
}

type replay struct {
	mu      sync.Mutex
	started int64
	ended   int64
	levels  *levels
}

// Functions in a record run later, by themselves.
func (r *replay) listener() listener {
	return listener{
		begin: func() { atomic.AddInt64(&r.started, 1) },
		end: func() {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.ended++
		},
	}
}

func (r *replay) Idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended == r.started // want `r\.started is read here without atomic`
}

type levels struct {
	stalls int64
	merges int64
}

func (l *levels) stall() { atomic.AddInt64(&l.stalls, 1) }

func (l *levels) merge() { atomic.AddInt64(&l.merges, 1) }

func (r *replay) Stalls() int64 {
	return r.levels.stalls // want `r\.levels\.stalls is read here without atomic`
}

// ok: atomic as well.
func (r *replay) Merges() int64 { return atomic.LoadInt64(&r.levels.merges) }

// ok: an object of its own, which nobody else has.
func (r *replay) total(others []*levels) int64 {
	sum := levels{}
	for _, each := range others {
		sum.merges += atomic.LoadInt64(&each.merges)
	}
	return sum.merges
}
