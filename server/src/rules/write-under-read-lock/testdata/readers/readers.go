package readers

import "sync"

type shelf struct {
	mu    sync.RWMutex
	books map[string]int
}

func newShelf() *shelf { return &shelf{books: map[string]int{}} }

// ok: the lock itself.
func (s *shelf) Put(title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[title]++
}

// ok: nothing is changed.
func (s *shelf) Has(title string) bool {
	reader := s.mu.RLocker()
	reader.Lock()
	defer reader.Unlock()
	return s.books[title] > 0
}

// Taking what RLocker gives is taking the read lock.
func (s *shelf) Borrow(title string) {
	reader := s.mu.RLocker()
	reader.Lock()
	defer reader.Unlock()
	s.books[title]-- // want `this changes s\.books with only the read lock of mu held`
}
