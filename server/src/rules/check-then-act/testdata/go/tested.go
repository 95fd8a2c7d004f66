package fixture

import "sync"

type visit struct {
	n    int
	last *visit
}

func (v *visit) over() bool { return v.n == 0 }

type visits struct{ m sync.Map }

func (s *visits) expire(id string) {
	v, ok := s.m.Load(id)
	if ok && v.(*visit).n == 0 {
		s.m.Delete(id) // want `.`
	}
}

func (s *visits) expireByMethod(id string) {
	v, ok := s.m.Load(id)
	if !ok {
		return
	}
	if v.(*visit).over() {
		s.m.Delete(id) // want `.`
	}
}

func (s *visits) merge(id string, more []int) {
	v, _ := s.m.Load(id)
	s.m.Store(id, joined(v, more)) // want `what is stored for id was computed from the Load`
}

func joined(v any, more []int) []int {
	old, _ := v.([]int)
	return append(old[:len(old):len(old)], more...)
}

// ok: that it was there is all that deleting needs.
func (s *visits) leave(id string) {
	if _, ok := s.m.Load(id); ok {
		s.m.Delete(id)
	}
}

// ok: in one step.
func (s *visits) expireAtOnce(id string) {
	v, ok := s.m.Load(id)
	if ok && v.(*visit).over() {
		s.m.CompareAndDelete(id, v)
	}
}

// ok: the key that is deleted is another one.
func (s *visits) expireOther(id, other string) {
	v, ok := s.m.Load(id)
	if ok && v.(*visit).over() {
		s.m.Delete(other)
	}
}
