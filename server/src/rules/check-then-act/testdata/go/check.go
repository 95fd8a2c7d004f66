package fixture

import "sync"

type session struct{ mu sync.Mutex }

type store struct {
	m        sync.Map
	mu       sync.RWMutex
	sessions map[string]*session
	counts   map[string]int
}

func (s *store) Session(id string) *session {
	if v, ok := s.m.Load(id); ok {
		return v.(*session)
	}
	made := &session{}
	s.m.Store(id, made) // want `another goroutine may store a value of its own for id between the Load in line 15 and this Store`
	return made
}

func (s *store) Count(id string) {
	v, _ := s.m.Load(id)
	n, _ := v.(int)
	s.m.Store(id, n+1) // want `what is stored for id was computed from the Load in line 24`
}

func (s *store) Mark(id string) {
	if _, ok := s.m.Load(id); !ok {
		s.m.Store(id, true) // want `another goroutine may store a value for id between the Load in line 30 and this Store`
	}
}

func (s *store) Drop(id string, old *session) {
	if v, _ := s.m.Load(id); v == old {
		s.m.Delete(id) // want `this deletes id because of the value loaded in line 36`
	}
}

func (s *store) Get(id string) *session {
	s.mu.RLock()
	found := s.sessions[id]
	s.mu.RUnlock()
	if found == nil {
		found = &session{}
		s.mu.Lock()
		s.sessions[id] = found // want `s\.mu was released since id was looked up in line 43`
		s.mu.Unlock()
	}
	return found
}

func (s *store) Add(id string, n int) {
	s.mu.RLock()
	old := s.counts[id]
	s.mu.RUnlock()
	s.mu.Lock()
	s.counts[id] = old + n // want `s\.mu was released since id was read in line 56: what others put there since then is lost`
	s.mu.Unlock()
}

func (s *store) Ensure(id string) {
	s.mu.Lock()
	_, ok := s.counts[id]
	s.mu.Unlock()
	if !ok {
		s.mu.Lock()
		s.counts[id] = 0 // want `s\.mu was released since id was looked up in line 65: another goroutine may have put a value there`
		s.mu.Unlock()
	}
}

type point struct{ x, y int }

func (s *store) Point(id string) *point {
	if v, ok := s.m.Load(id); ok {
		return v.(*point)
	}
	made := &point{1, 2}
	s.m.Store(id, made) // want `another goroutine may store a value for id between`
	return made
}

// ok: one step
func (s *store) Atomic(id string) *session {
	v, _ := s.m.LoadOrStore(id, &session{})
	return v.(*session)
}

// ok: not because of what was loaded
func (s *store) Both(a, b string) bool {
	_, ok := s.m.Load(a)
	s.m.Store(b, 1)
	return ok
}

// ok: another key
func (s *store) Copy(a, b string) {
	if v, ok := s.m.Load(a); ok {
		s.m.Store(b, v)
	}
}

// ok: stored whatever was there
func (s *store) Set(id string, v int) (old any) {
	old, _ = s.m.Load(id)
	s.m.Store(id, v)
	return old
}

// ok: that it is there is all that deleting needs
func (s *store) Remove(id string) bool {
	_, ok := s.m.Load(id)
	if ok {
		s.m.Delete(id)
	}
	return ok
}

// ok: one writer at a time
func (s *store) Locked(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.m.Load(id); !ok {
		s.m.Store(id, &session{})
	}
}

// ok: looked again under the lock
func (s *store) Twice(id string) *session {
	if v, ok := s.m.Load(id); ok {
		return v.(*session)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.m.Load(id); ok {
		return v.(*session)
	}
	made := &session{}
	s.m.Store(id, made)
	return made
}

// ok: a map of this call
func local(id string) {
	var m sync.Map
	if _, ok := m.Load(id); !ok {
		m.Store(id, &session{})
	}
}

// ok: looked again after the lock was taken
func (s *store) Recheck(id string) *session {
	s.mu.RLock()
	found := s.sessions[id]
	s.mu.RUnlock()
	if found != nil {
		return found
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if again := s.sessions[id]; again != nil {
		return again
	}
	found = &session{}
	s.sessions[id] = found
	return found
}

// ok: one section
func (s *store) Section(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	if found == nil {
		found = &session{}
		s.sessions[id] = found
	}
	return found
}

// ok: the first section claims the key
func (s *store) Claim(id string, load func() *session) {
	s.mu.Lock()
	if _, ok := s.sessions[id]; ok {
		s.mu.Unlock()
		return
	}
	s.sessions[id] = nil
	s.mu.Unlock()
	loaded := load()
	s.mu.Lock()
	s.sessions[id] = loaded
	s.mu.Unlock()
}

// ok: the key was claimed in one step
func (s *store) Compute(id string, work func() *session) *session {
	if v, ok := s.m.Load(id); ok {
		return v.(*session)
	}
	waiting := &session{}
	if v, loaded := s.m.LoadOrStore(id, waiting); loaded {
		return v.(*session)
	}
	made := work()
	s.m.Store(id, made)
	return made
}

// ok: another key is put
func (s *store) Other(a, b string) {
	s.mu.RLock()
	_, ok := s.counts[a]
	s.mu.RUnlock()
	if !ok {
		s.mu.Lock()
		s.counts[b] = 1
		s.mu.Unlock()
	}
}
