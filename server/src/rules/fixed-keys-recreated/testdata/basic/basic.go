package basic

type stats struct {
	counts map[string]int
	names  map[string]string
	some   map[string]int
	lent   map[string]int
}

func (s *stats) reset() {
	clear(s.counts) // want `s.counts only ever has the same keys \(2\), and all are set again`
	s.counts["ok"] = 0
	s.counts["failed"] = 0
}

func (s *stats) fail() { s.counts["failed"]++ }

// ok: other keys come in elsewhere.
func (s *stats) resetNames() {
	clear(s.names)
	s.names["a"] = "x"
}

func (s *stats) name(key, value string) { s.names[key] = value }

// ok: not every key comes back.
func (s *stats) resetSome() {
	clear(s.some)
	s.some["a"] = 0
}

func (s *stats) addSome() { s.some["b"]++ }

// ok: somebody else has the map.
func (s *stats) resetLent() {
	clear(s.lent)
	s.lent["a"] = 0
}

func (s *stats) lend() map[string]int { return s.lent }
