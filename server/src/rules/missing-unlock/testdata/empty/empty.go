package empty

import "sync"

type recorder struct {
	mu    sync.Mutex
	ready bool
	runs  []int
	done  chan int
	count int
}

func (r *recorder) Record(runs []int) (count int) {
	r.mu.Lock()
	r.mu.Unlock() // want `r\.mu is unlocked right after it is locked`
	if !r.ready {
		return 0
	}
	for _, run := range runs {
		count += run
	}
	return count
}

// ok: the empty section waits until whoever is in it is out, and what is ranged over are messages.
func (r *recorder) Drain() (sum int) {
	r.mu.Lock()
	r.mu.Unlock()
	for run := range r.done {
		sum += run
	}
	return sum + r.count
}

// ok: what stands beside the lock is used under it.
func (r *recorder) Set(runs []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ready = true
	r.runs = runs
}
