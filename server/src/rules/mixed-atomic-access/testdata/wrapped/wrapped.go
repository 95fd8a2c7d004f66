package wrapped

import "example.com/wrapped/count"

type Server struct {
	open   count.Counter
	closed count.Counter
	plain  count.Plain
}

func (s *Server) Open() { s.open.Inc() }

func (s *Server) Close() {
	s.plain.Inc()
	_ = s.closed.Value()
}

// The copy is read plainly, while Inc changes it atomically.
func (s *Server) Count() count.Counter {
	return s.open // want `s\.open is read here without atomic, while s\.open\.Inc\(\)`
}

// ok: atomic on both sides.
func (s *Server) Value() int64 { return s.open.Value() }

// ok: nobody changes it.
func (s *Server) Closed() count.Counter { return s.closed }

// ok: nothing about it is atomic.
func (s *Server) Plain() count.Plain { return s.plain }
