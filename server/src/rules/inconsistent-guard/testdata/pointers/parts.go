package pointers

import "sync"

type progress struct {
	Height int
	Seen   map[int]bool
}

// machine has its progress in place, and the lock beside it.
type machine struct {
	mu sync.RWMutex
	progress
	name string
}

func (m *machine) Advance() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Height++
	m.Seen[m.Height] = true
}

func (m *machine) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.Seen)
	m.Height = 0
}

func (m *machine) Done() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.Seen[m.Height] && len(m.Seen) > 10
}

func (m *machine) Copy() *progress {
	m.mu.RLock()
	defer m.mu.RUnlock()
	seen := map[int]bool{}
	for height := range m.Seen {
		seen[height] = true
	}
	return &progress{Height: m.Height, Seen: seen}
}

func (m *machine) Move(from, to int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Seen[from] {
		m.Seen[to] = true
		delete(m.Seen, from)
	}
	m.Seen[0] = false
}

// ok: whose progress it is only the caller knows; it may be a copy.
func Report(p *progress) bool {
	return p.Seen[p.Height]
}

// This one is the machine's own.
func (m *machine) Peek() {
	m.Seen[1] = true // want `m\.Seen is used here without mu`
}

func (p *progress) forget(height int) {
	delete(p.Seen, height) // want `p\.Seen is used here without mu`
}

func (m *machine) Forget(height int) {
	m.forget(height)
}
