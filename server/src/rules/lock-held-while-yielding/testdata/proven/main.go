package main

import "sync"

type list struct {
	mu    sync.Mutex
	names []string
}

func (l *list) Each(visit func(string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range l.names {
		visit(name)
	}
}

func (l *list) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.names)
}

func (l *list) Snapshot() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.names...)
}

// proves: deadlock
func asksInside() {
	l := &list{names: []string{"a"}}
	l.Each(func(string) { l.Len() }) // want `Each calls this function with l\.mu held, and it locks it again here: it waits for itself`
}

// ok: the lock is free by then.
//
// proves: nothing
func asksOutside() {
	l := &list{names: []string{"a"}}
	for range l.Snapshot() {
		l.Len()
	}
}

func main() {}
