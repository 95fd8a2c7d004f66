package fixture

import "sync"

type told struct {
	mu      sync.RWMutex
	entries map[string]int
}

func (t *told) Set(key string, value int) {
	t.mu.Lock()
	t.entries[key] = value
	t.mu.Unlock()
}

// ok: the comment leaves it to callers.
//
// Shared returns the map itself. Callers must not modify it, and callers must synchronize any access to it.
func (t *told) Shared() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries
}

// All returns the map itself. It is synchronized.
func (t *told) All() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries // want `t\.entries is guarded by mu and returned as it is`
}
