package fixture

import "sync"

type register struct {
	mu    sync.Mutex
	names map[string]int
}

func (r *register) Add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[name]++
}

// What it has put there is everybody's.
func (r *register) Refresh(names map[string]int) {
	r.mu.Lock()
	r.names = names
	r.mu.Unlock()
	names["refreshed"] = 1 // want `this map was put into r\.names under mu, but is changed here after the unlock`
}

// ok: under the lock, and before.
func (r *register) Reload(names map[string]int) {
	names["reloaded"]++
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = names
	names["reloaded"]++
}
