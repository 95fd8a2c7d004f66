package main

import "sync"

type store struct {
	mu    sync.Mutex
	names map[string]bool
}

func (s *store) Has(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.names[name]
}

func (s *store) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Has(name) { // want `s\.mu`
		s.names[name] = true
	}
}

func (s *store) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name] = true
}

// proves: deadlock
func locksTwice() {
	s := &store{names: map[string]bool{}}
	s.Add("a")
}

// ok: one after the other.
//
// proves: nothing
func locksOnce() {
	s := &store{names: map[string]bool{}}
	if !s.Has("a") {
		s.Put("a")
	}
}

func main() {}
