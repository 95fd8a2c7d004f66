package fixture

import "example.com/fixture/locks"

type list struct {
	locks.Counted
	gate  locks.Gate
	items []int
}

func (l *list) Len() int {
	l.RLock()
	defer l.RUnlock()
	return len(l.items)
}

func (l *list) Add(item int) {
	l.Lock()
	defer l.Unlock()
	if l.Len() < 10 { // want `this calls list\.Len, which locks l for reading, held for writing here since line 18: it waits for itself`
		l.items = append(l.items, item)
	}
}

func (l *list) Close() {
	l.Lock()
	l.items = nil
	l.Lock() // want `l is locked again while it is held since line 26`
}

// ok: one after the other
func (l *list) AddFree(item int) {
	if l.Len() >= 10 {
		return
	}
	l.Lock()
	defer l.Unlock()
	l.items = append(l.items, item)
}

// ok: no lock
func (l *list) Shut() {
	l.gate.Lock()
	l.gate.Lock()
}
