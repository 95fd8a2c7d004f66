package given

import "sync"

type storeStats struct{ reads, writes int }

type silentStats struct{ reads, writes int }

// A function between the two says that a lock is held, and not which.
type store struct {
	mu    sync.Mutex
	stats storeStats
}

func (s *store) Write() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.writes++
	s.compact()
}

func (s *store) Stats() (int, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.reads, s.stats.writes + s.stats.reads
}

func (s *store) Reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.reads
}

func (s *store) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.reads = 0
	s.stats.reads += s.stats.writes
}

// compact runs one compaction. The mutex must be held when calling this, but may be dropped and re-acquired.
func (s *store) compact() {
	s.count()
}

func (s *store) count() {
	s.stats.reads++ // ok: who calls compact holds the lock
}

type job struct{ store *store }

func (j *job) Execute() {
	j.store.compact()
}

// Nothing is said here.
type silent struct {
	mu    sync.Mutex
	stats silentStats
}

func (s *silent) Write() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.writes++
	s.compact()
}

func (s *silent) Stats() (int, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.reads, s.stats.writes + s.stats.reads
}

func (s *silent) Reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.reads
}

func (s *silent) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.reads = 0
	s.stats.reads += s.stats.writes
}

func (s *silent) compact() {
	s.count()
}

func (s *silent) count() {
	s.stats.reads++ // want `s\.stats\.reads is used here without mu`
}

type silentJob struct{ silent *silent }

func (j *silentJob) Execute() {
	j.silent.compact()
}
