package free

import "sync"

var (
	sizesMu sync.Mutex
	sizes   = map[string]int{}
)

func Size(path string) int {
	sizesMu.Lock()
	defer sizesMu.Unlock()
	return sizes[path]
}

// The Lock before it is missing.
func Total() int {
	defer sizesMu.Unlock() // want `sizesMu is unlocked here, though neither this function nor one that calls it locks it`
	total := 0
	for _, size := range sizes {
		total += size
	}
	return total
}

type runner struct {
	mu      sync.RWMutex
	child   *int
	gate    sync.Mutex
	opened  bool
	handed  sync.Mutex
	counted int
}

func (r *runner) Child() *int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.child
}

func (r *runner) Start() {
	for range 3 {
		if r.child == nil {
			r.mu.Unlock() // want `r\.mu is unlocked here, though neither this function nor one that calls it locks it`
			return
		}
	}
}

// ok: Enter leaves it locked for whoever calls Leave.
func (r *runner) Enter() { r.gate.Lock() }

// ok: see above.
func (r *runner) Leave() { r.gate.Unlock() }

// ok: finish is called with the lock.
func (r *runner) Open() {
	r.handed.Lock()
	r.counted++
	r.finish()
}

func (r *runner) finish() {
	r.opened = true
	r.handed.Unlock()
}

type Public struct{ sync.Mutex }

// ok: others can lock it.
func (p *Public) Done() { p.Unlock() }
