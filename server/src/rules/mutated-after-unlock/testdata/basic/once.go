package fixture

import "sync"

type tally struct {
	mu     sync.Mutex
	counts map[int]int
}

func (t *tally) Push(i int) {
	t.mu.Lock()
	t.counts[i] = 1
	t.mu.Unlock()
}

func (t *tally) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.counts)
}

// One finding, not one of each rule that sees it.
func (t *tally) Bump(i int) {
	t.mu.Lock()
	m := t.counts
	t.mu.Unlock()
	m[i] = 2 // want `t\.counts was read under mu, but is changed here after the unlock`
}
