package locks

import "sync"

type store struct {
	mu   sync.RWMutex
	byID map[int]string
}

// ok: both sides hold the lock.
func (s *store) fill(ids []int) {
	for _, id := range ids {
		go func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.byID[id] = ""
		}()
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	_ = s.byID[0]
}

func (s *store) unlockedSide(ids []int) int {
	go func() {
		s.mu.Lock()
		s.byID[ids[0]] = ""
		s.mu.Unlock()
	}()
	return len(s.byID) // want `len\(s\.byID\) is used here without s\.mu, which locks\.go:\d+ holds`
}

func (s *store) lock()   { s.mu.Lock() }
func (s *store) unlock() { s.mu.Unlock() }

// ok: helpers lock.
func (s *store) helped(id int) {
	go func() {
		s.lock()
		defer s.unlock()
		delete(s.byID, id)
	}()
	s.lock()
	s.byID[id] = "x"
	s.unlock()
}

func anotherInstance(a, b *store) {
	go func() {
		a.mu.Lock()
		a.byID[1] = "a" // want `a\.byID\[1\] is written here and at`
		a.mu.Unlock()
	}()
	b.mu.Lock()
	a.byID[2] = "b"
	b.mu.Unlock()
}

func theSpawnersLock(s *store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() {
		s.byID[1] = "a" // want `s\.byID\[1\] is used here without s\.mu`
	}()
	s.byID[2] = "b"
}

func onlyReadLocks(s *store) {
	go func() {
		s.mu.RLock()
		s.byID[1] = "a" // want `s\.byID\[1\] is written here and at`
		s.mu.RUnlock()
	}()
	s.mu.RLock()
	s.byID[2] = "b"
	s.mu.RUnlock()
}

// ok: the lock is taken where the condition says so, on both ways.
func conditional(s *store, locked bool) {
	go func() {
		if !locked {
			s.mu.Lock()
			defer s.mu.Unlock()
		}
		s.byID[1] = "a"
	}()
	s.mu.Lock()
	s.byID[2] = "b"
	s.mu.Unlock()
}

func releasedEarly(s *store, err error) {
	go func() {
		s.mu.Lock()
		s.byID[1] = "a"
		s.mu.Unlock()
	}()
	s.mu.Lock()
	if err != nil {
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.byID[2] = "b" // want `s\.byID\[2\] is used here without s\.mu`
}

// ok: which of the two locks a caller gives is not known.
func givenLock(s *store, l sync.Locker) {
	go func() {
		l.Lock()
		defer l.Unlock()
		s.byID[1] = "a"
	}()
	l.Lock()
	defer l.Unlock()
	s.byID[2] = "b"
}
