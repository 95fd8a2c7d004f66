package main

import (
	"errors"
	"sync"
)

var errEmpty = errors.New("no name")

type store struct {
	mu    sync.Mutex
	names map[string]bool
}

func (s *store) Add(name string) error {
	s.mu.Lock()
	if name == "" {
		return errEmpty // want `s\.mu, locked in line \d+, is still locked when this returns`
	}
	s.names[name] = true
	s.mu.Unlock()
	return nil
}

func (s *store) Put(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if name == "" {
		return errEmpty
	}
	s.names[name] = true
	return nil
}

// proves: deadlock
func addsAfterAnError() {
	s := &store{names: map[string]bool{}}
	s.Add("")
	s.Add("a")
}

// ok: unlocked on every way.
//
// proves: nothing
func putsAfterAnError() {
	s := &store{names: map[string]bool{}}
	s.Put("")
	s.Put("a")
}

func main() {}
