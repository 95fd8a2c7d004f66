package store

import "sync"

type Store struct {
	Counts map[string]int
	mu     sync.Mutex
	locked map[string]int
}

func New() *Store { return &Store{Counts: map[string]int{}, locked: map[string]int{}} }

func (s *Store) Put(key string) { s.Counts[key]++ }

func (s *Store) Size() int { return len(s.Counts) }

func (s *Store) PutLocked(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locked[key]++
}

func Empty(m map[string]int) { clear(m) }

func Peek(m map[string]int) int { return m["a"] }

func (s *Store) Fill(m map[string]int) { m["b"] = 2 }
