package methods

import (
	"sync"
	"time"
)

type queue struct {
	mu       sync.Mutex
	events   []string
	callback func([]string)
}

func newQueue(callback func([]string)) *queue {
	q := &queue{callback: callback}
	go q.loop()
	return q
}

func (q *queue) loop() {
	for range time.Tick(time.Second) {
		q.mu.Lock()
		go q.callback(q.events)
		q.events = nil
		q.mu.Unlock()
	}
}

type session struct {
	mu      sync.RWMutex
	schemas map[string]int
	nodes   map[string]int
	schema  *queue
	node    *queue
}

func newSession() *session {
	s := &session{nodes: map[string]int{}}
	s.schema = newQueue(s.schemaChanged)
	s.node = newQueue(s.nodeChanged)
	return s
}

func (s *session) Schema(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.schemas == nil {
		s.schemas = map[string]int{}
	}
	return s.schemas[name]
}

// The queue runs it in a goroutine.
func (s *session) schemaChanged(names []string) {
	if s.schemas == nil { // want `s\.schemas is used here without s\.mu`
		return
	}
	for _, name := range names {
		delete(s.schemas, name) // want `s\.schemas, name\) is used here without s\.mu`
	}
}

// ok: it takes the lock.
func (s *session) nodeChanged(names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		s.nodes[name]++
	}
}

func (s *session) Nodes() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.nodes)
}
