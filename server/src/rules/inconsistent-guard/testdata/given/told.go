package given

import "sync"

type session struct {
	mu       sync.Mutex
	writeMu  sync.Mutex
	channels map[string]int
	names    map[string]string
}

func newSession() *session {
	return &session{channels: map[string]int{}, names: map[string]string{}}
}

func (s *session) Join(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[name]++
	s.info(name)
}

func (s *session) Leave(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.channels, name)
	s.info(name)
}

func (s *session) Has(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[name] > 0
}

// The lock must be held.
func (s *session) info(name string) int {
	return s.channels[name] // want `s\.channels is used here without mu.*; Refresh calls this without it`
}

// Only writing is kept apart here.
func (s *session) Refresh(name string) int {
	s.writeMu.Lock()
	defer s.writeMu.Unlock()
	return s.info(name)
}

func (s *session) Name(name, as string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name] = as
	s.nameLocked(name)
}

func (s *session) Unname(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.names, name)
}

func (s *session) Named(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.names[name] != ""
}

// ok: all who call it hold the lock, or say that their callers do.
func (s *session) nameLocked(name string) string { return s.names[name] }

// ok: its callers hold the lock.
func (s *session) sayLocked(name string) { println(s.nameLocked(name)) }
