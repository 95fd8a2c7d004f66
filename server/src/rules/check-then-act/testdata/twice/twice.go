package twice

import "sync"

type session struct {
	mu   sync.Mutex
	name string
}

type broker struct {
	mu       sync.RWMutex
	sessions map[string]*session
	making   map[string]*sync.Mutex
}

func newBroker() *broker {
	return &broker{sessions: map[string]*session{}, making: map[string]*sync.Mutex{}}
}

// ok: one at a time makes a session, and looks again before.
func (b *broker) Session(name string) *session {
	b.mu.RLock()
	if found, ok := b.sessions[name]; ok {
		b.mu.RUnlock()
		return found
	}
	b.mu.RUnlock()

	b.mu.Lock()
	making := b.making[name]
	if making == nil {
		making = &sync.Mutex{}
		b.making[name] = making
	}
	b.mu.Unlock()
	making.Lock()
	defer making.Unlock()

	b.mu.RLock()
	if found, ok := b.sessions[name]; ok {
		b.mu.RUnlock()
		return found
	}
	b.mu.RUnlock()
	made := &session{name: name}
	b.mu.Lock()
	b.sessions[name] = made
	b.mu.Unlock()
	return made
}

func (b *broker) Unguarded(name string) *session {
	b.mu.RLock()
	if found, ok := b.sessions[name]; ok {
		b.mu.RUnlock()
		return found
	}
	b.mu.RUnlock()
	made := &session{name: name}
	b.mu.Lock()
	b.sessions[name] = made // want `b\.mu was released since name was looked up`
	b.mu.Unlock()
	return made
}
