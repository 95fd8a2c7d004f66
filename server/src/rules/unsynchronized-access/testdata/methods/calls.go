package methods

import "sync"

type connection struct{ id int }

type service struct {
	mu     sync.Mutex
	conns  map[*connection]struct{}
	log    string
	prefix string
	names  map[string]int
	once   sync.Once
}

func (s *service) track(c *connection) {
	s.mu.Lock()
	s.conns[c] = struct{}{}
	s.mu.Unlock()
}

func (s *service) untrack(c *connection) {
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

func (s *service) Serve(id int, serve func(*connection)) {
	s.log = "serving" // want `s\.log is used here by every call of the method, and calls\.go:\d+ says that several run at once`
	c := &connection{id}
	s.track(c)
	defer s.untrack(c)
	serve(c)
}

// ok: once for all calls.
func (s *service) ServeOnce(id int, serve func(*connection)) {
	s.once.Do(func() { s.prefix = "x" })
	c := &connection{id}
	s.track(c)
	defer s.untrack(c)
	serve(c)
}

// ok: nothing says that several run at once.
func (s *service) Start(id int) {
	s.prefix = "started"
	s.mu.Lock()
	s.names["start"] = id
	s.mu.Unlock()
}

// ok: what it takes out is what others put in.
func (s *service) Rename(from, to string) {
	s.prefix = to
	s.mu.Lock()
	s.names[to] = s.names[from]
	delete(s.names, from)
	s.mu.Unlock()
}
