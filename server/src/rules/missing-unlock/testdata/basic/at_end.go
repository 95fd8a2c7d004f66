package fixture

import "sync"

type ledger struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	entries map[string]int
}

func (l *ledger) add(key string) {
	defer l.mu.Lock() // want `l\.mu is only locked when this function returns, and nobody unlocks it then`
	l.entries[key]++
}

func (l *ledger) get(key string) int {
	defer l.rw.RLock() // want `l\.rw is only locked when this function returns`
	return l.entries[key]
}

// ok: it is meant to come back with the lock.
func (l *ledger) lockLater() {
	defer l.mu.Lock()
	println("soon")
}

type paused struct {
	mu   sync.Mutex
	jobs []func()
}

// ok: the lock is let go for the time of the call.
func (p *paused) unlocked(f func()) {
	p.mu.Unlock()
	defer p.mu.Lock()
	f()
}

type relay struct {
	mu sync.Mutex
	n  int
}

func (r *relay) leave() {
	r.n++
	r.mu.Unlock()
}

// ok: another function is there to unlock it.
func (r *relay) enter() {
	defer r.mu.Lock()
	println(r.n)
}
