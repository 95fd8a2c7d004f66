package parts

import (
	"errors"
	"slices"
	"sync"
)

type nodes struct {
	mu     sync.RWMutex
	closed bool
	all    []string
	active []string
	days   []int
}

// A list that is cut and filled again overwrites what others were given.
func (n *nodes) Collect(isActive func(string) bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.active = n.active[:0]
	for _, each := range n.all {
		if isActive(each) {
			n.active = append(n.active, each)
		}
	}
}

func (n *nodes) Addresses() ([]string, error) {
	var found []string
	n.mu.RLock()
	isClosed := n.closed
	if !isClosed {
		if len(n.active) > 0 {
			found = n.active
		} else {
			found = n.all
		}
	}
	n.mu.RUnlock()
	if isClosed {
		return nil, errors.New("closed")
	}
	return found, nil // want `n\.active is guarded by mu and returned as it is`
}

// ok: a copy on every way.
func (n *nodes) Copied() []string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	found := slices.Clone(n.all)
	if len(n.active) > 0 {
		found = slices.Clone(n.active)
	}
	return found
}

func (n *nodes) Forget(day int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range n.days {
		if n.days[i] < day {
			n.days[i] = 0
		}
	}
}

func (n *nodes) Sum(from, to int) (sum int) {
	n.mu.RLock()
	part := n.days
	part = part[from:]
	part = part[:to-from]
	n.mu.RUnlock()
	for _, day := range part { // want `n\.days was read under mu`
		sum += day
	}
	return sum
}

type log struct {
	mu    sync.Mutex
	lines []string
	heads []string
}

func (l *log) Add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
}

// ok: lines are only appended; nobody overwrites what was read.
func (l *log) All() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines
}

func (l *log) Restart() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heads = l.heads[:0:0]
	l.heads = append(l.heads, "start")
}

// ok: nothing of the old list is left to be written to.
func (l *log) Start() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.heads
}
