package basic

import (
	"sync"
	"sync/atomic"
)

type settings struct {
	names map[string]string
	notes map[string]string
	own   map[string]string
	mu    sync.Mutex
	kept  map[string]string
}

type holder struct {
	current atomic.Pointer[settings]
}

func (h *holder) set(key, value string) {
	c := h.current.Load()
	c.names[key] = value // want `this writes into what h\.current publishes`
}

func (h *holder) forget(key string) {
	delete(h.current.Load().names, key) // want `this deletes from what h\.current publishes`
}

func (h *holder) get(key string) string {
	return h.current.Load().names[key]
}

// ok: nobody else looks there.
func (h *holder) note(key, value string) string {
	c := h.current.Load()
	c.own[key] = value
	return c.own[key]
}

// ok: the record has a lock for it, which all take.
func (h *holder) keep(key, value string) {
	c := h.current.Load()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept[key] = value
}

func (h *holder) keptOf(key string) string {
	c := h.current.Load()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept[key]
}

// ok: a new one takes its place.
func (h *holder) replace(key, value string) {
	next := &settings{notes: map[string]string{}}
	next.notes[key] = value
	h.current.Store(next)
}

func (h *holder) noted(key string) string {
	return h.current.Load().notes[key]
}
