package given

import (
	"sync"

	"given/runner"
)

type handles struct {
	sync.RWMutex
	byNode map[uint64]*handle
}

type handle struct{ name string }

func (h *handles) get(node uint64) *handle {
	h.RLock()
	defer h.RUnlock()
	return h.byNode[node]
}

func (h *handles) set(node uint64, one *handle) {
	h.Lock()
	defer h.Unlock()
	h.byNode[node] = one
}

func (h *handles) remove(node uint64) {
	h.Lock()
	defer h.Unlock()
	delete(h.byNode, node)
}

type System struct {
	handles *handles
	address string
}

func New(address string) *System {
	return &System{handles: &handles{byNode: map[uint64]*handle{}}, address: address}
}

func (s *System) Open(node uint64) { s.handles.set(node, &handle{}) }

func (s *System) Name(node uint64) string { return s.handles.get(node).name }

func (s *System) Forget(node uint64) { s.handles.remove(node) }

// The function that is given on runs by itself.
func (s *System) Rename(node uint64, name string) error {
	return s.with(func(*runner.Client) error {
		s.renamed(node, name)
		return nil
	})
}

func (s *System) with(do func(*runner.Client) error) error {
	return runner.With(s.address, func(client *runner.Client) error { return do(client) })
}

func (s *System) renamed(node uint64, name string) {
	if one, ok := s.handles.byNode[node]; ok { // want `s\.handles\.byNode is used here without RWMutex`
		one.name = name
	}
}

// ok: the lock is held around the call that runs it.
func (s *System) Reset() error {
	s.handles.Lock()
	defer s.handles.Unlock()
	return runner.With(s.address, func(*runner.Client) error {
		clear(s.handles.byNode)
		return nil
	})
}

// ok: it locks by itself.
func (s *System) Count() (count int, err error) {
	err = s.with(func(*runner.Client) error {
		s.handles.RLock()
		defer s.handles.RUnlock()
		count = len(s.handles.byNode)
		return nil
	})
	return count, err
}
