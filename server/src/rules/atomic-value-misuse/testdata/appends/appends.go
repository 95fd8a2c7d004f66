package appends

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
)

type node struct{ name string }

type state struct {
	primaries []*node
	replicas  []*node
	fixed     []*node
}

type holder struct {
	current atomic.Value
	typed   atomic.Pointer[state]
	mu      sync.Mutex
}

func load(names []string) *state {
	made := &state{fixed: []*node{{"a"}, {"b"}}}
	for _, name := range names {
		made.primaries = append(made.primaries, &node{name})
		made.replicas = appendNew(made.replicas, &node{name})
	}
	return made
}

func appendNew(nodes []*node, n *node) []*node {
	if slices.Contains(nodes, n) {
		return nodes
	}
	return append(nodes, n)
}

func (h *holder) reload(names []string) (*state, error) {
	if len(names) == 0 {
		return nil, errors.New("nobody")
	}
	made := load(names)
	h.current.Store(made)
	return made, nil
}

func (h *holder) get(names []string) (*state, error) {
	v := h.current.Load()
	if v == nil {
		return h.reload(names)
	}
	return v.(*state), nil
}

func (h *holder) All(names []string) []*node {
	s, err := h.get(names)
	if err != nil {
		return nil
	}
	return append(s.primaries, s.replicas...) // want `where s\.primaries has room left, this append writes behind its end`
}

func (h *holder) More(n *node) int {
	nodes := append(h.typed.Load().replicas, n) // want `this append writes behind its end`
	return len(nodes)
}

// ok: a copy
func (h *holder) Copied(names []string) []*node {
	s, err := h.get(names)
	if err != nil {
		return nil
	}
	all := slices.Clone(s.primaries)
	return append(all, s.replicas...)
}

// ok: there is no room behind what a literal made
func (h *holder) Fixed(n *node) []*node {
	return append(h.typed.Load().fixed, n)
}

// ok: cut to its length
func (h *holder) Cut(n *node) []*node {
	s := h.typed.Load()
	return append(s.primaries[:len(s.primaries):len(s.primaries)], n)
}

// ok: one at a time
func (h *holder) Locked(n *node) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(append(h.typed.Load().primaries, n))
}

// ok: nobody else has it yet
func fresh(n *node) []*node {
	s := load([]string{"x"})
	return append(s.primaries, n)
}

// ok: whose it is is not known
func given(s *state, n *node) []*node {
	return append(s.primaries, n)
}

// ok: it may be one that nobody else has
func (h *holder) Either(isNew bool, n *node) []*node {
	s := h.typed.Load()
	if isNew {
		s = load([]string{"x"})
	}
	return append(s.primaries, n)
}
