package unclear

import (
	"expvar"
	"net/http"
	"slices"
	"sort"
	"sync"
)

type watcher interface{ watch(key string) }

type cluster struct {
	mu       sync.Mutex
	watchers map[string]int
	sizes    []int
}

func start(w watcher) { w.watch("all") }

func (c *cluster) Run() { go start(c) }

func (c *cluster) Add(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watchers[key]++
	c.sizes = append(c.sizes, len(key))
}

func (c *cluster) Remove(key string) {
	c.mu.Lock()
	delete(c.watchers, key)
	c.sizes = nil
	c.mu.Unlock()
}

func (c *cluster) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.watchers) + len(c.sizes)
}

// It takes mu itself: who calls it by the interface is not inside.
func (c *cluster) watch(key string) {
	if _, ok := c.watchers[key]; ok { // want `c\.watchers is used here without mu`
		return
	}
	c.mu.Lock()
	c.watchers[key] = 1
	c.mu.Unlock()
}

type visitor interface{ visit() int }

func (c *cluster) Each(v visitor) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return v.visit()
}

// ok: Each calls it.
func (c *cluster) visit() int { return len(c.watchers) }

// ok: Sort gives it away.
func (c *cluster) Less(i, j int) bool { return c.sizes[i] < c.sizes[j] }

func (c *cluster) Sort() {
	c.mu.Lock()
	sort.SliceStable(c.sizes, c.Less)
	c.mu.Unlock()
}

var handlers []func() int

func handle(f func() int) { handlers = append(handlers, f) }

func (s *server) Handle() (sum int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range handlers {
		sum += f()
	}
	return sum
}

type server struct {
	mu     sync.Mutex
	loaded map[string]int
	order  []string
}

func (s *server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/ps", s.List)
	mux.HandleFunc("/load", s.Load)
	handle(s.Count)
	expvar.Publish("loaded", expvar.Func(s.Loaded))
}

// Only package http has it, which nothing here calls in between.
func (s *server) List(w http.ResponseWriter, _ *http.Request) {
	for name := range s.loaded { // want `s\.loaded is used here without mu`
		_, _ = w.Write([]byte(name))
	}
}

// Package expvar alone has it, which nothing calls in between.
func (s *server) Loaded() any {
	return len(s.order) // want `s\.order is used here without mu`
}

// ok: it is not known who calls it.
func (s *server) Count() int { return len(s.loaded) }

func (s *server) Load(_ http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	s.mu.Lock()
	s.loaded[name]++
	s.order = append(s.order, name)
	s.mu.Unlock()
}

func (s *server) Unload(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.loaded, name)
	s.order = slices.DeleteFunc(s.order, func(each string) bool { return each == name })
}

func (s *server) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.loaded) + len(s.order)
}

type meter struct {
	mu   sync.Mutex
	hits map[string]int
	vars *expvar.Map
}

func (m *meter) Publish() { m.vars.Set("hits", expvar.Func(m.Hits)) }

func (m *meter) Hit(name string) {
	m.mu.Lock()
	m.hits[name]++
	m.mu.Unlock()
}

func (m *meter) Forget(name string) {
	m.mu.Lock()
	delete(m.hits, name)
	m.mu.Unlock()
}

func (m *meter) Text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.hits) == 0 {
		return ""
	}
	return m.vars.String()
}

// ok: Text leads here.
func (m *meter) Hits() any { return len(m.hits) }
