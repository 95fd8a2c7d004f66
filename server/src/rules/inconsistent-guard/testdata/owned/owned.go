package owned

import (
	"errors"
	"sync"
	"testing"
)

type host struct {
	mu     sync.RWMutex
	id     string
	region string
}

func (h *host) ID() string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.id
}

func (h *host) Rename(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.id = id
}

func (h *host) Same(id string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.id == id
}

// ok: those who call it have made the host themselves.
func isComplete(h *host) bool { return h.id != "" && h.region != "" }

func fill(row map[string]string, h *host) (*host, error) {
	if row == nil {
		return nil, errors.New("no row")
	}
	h.id = row["id"]
	h.region = row["region"]
	return h, nil
}

func Load(rows []map[string]string) int {
	count := 0
	for _, row := range rows {
		h, err := fill(row, &host{})
		if err == nil && isComplete(h) {
			count++
		}
	}
	return count
}

var registry sync.Map

func keep(h *host) *host {
	registry.Store(h, true)
	return h
}

func hasName(h *host) bool {
	return h.id != "" // want `h\.id is used here without mu, which is held at 3 of 4 uses of it \(lines \d+, \d+, \d+\); Register calls this without it`
}

// What is given back was kept before.
func Register() bool {
	h := keep(&host{})
	return hasName(h)
}

// ok: only tests call what takes a testing.TB.
func CheckHost(t testing.TB, h *host) {
	if h.id == "" {
		t.Error("no id")
	}
}

type connection struct {
	lock   sync.Mutex
	stream []byte
}

func (c *connection) Open(a *Authenticator) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.stream = []byte{1}
	a.Greet(c)
}

func (c *connection) Write(b byte) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.stream = append(c.stream, b)
}

func (c *connection) Reset() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.stream = nil
}

type Authenticator struct{ greetings int }

// ok: everybody who gives it a connection has locked it.
func (a *Authenticator) Greet(c *connection) { a.greetings += len(c.stream) }

// Nobody in the package calls it.
func (a *Authenticator) Check(c *connection) bool {
	return len(c.stream) > 0 // want `c\.stream is used here without lock, which is held at \d+ of \d+ uses of it`
}

type server struct {
	mu      sync.Mutex
	moving  chan struct{}
	members map[string]int
	leader  string
	owner   *host
}

func (s *server) Init() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moving = make(chan struct{}, 1)
	s.members = map[string]int{}
	s.leader = "none"
}

func (s *server) Join(name string) {
	s.mu.Lock()
	s.members[name]++
	s.leader = name
	s.mu.Unlock()
}

// ok: the channel is set up once, and synchronises itself.
func (s *server) Move(name string) {
	s.mu.Lock()
	delete(s.members, name)
	s.mu.Unlock()
	s.moving <- struct{}{}
	<-s.moving
}

func (s *server) Leader(name string) string {
	s.mu.Lock()
	delete(s.members, name)
	s.mu.Unlock()
	return s.leader // want `s\.leader is read here outside the sections of mu, which this function takes in line \d+`
}

func (s *server) Hand(owner *host) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owner = owner
}

// What is handed over may come again.
func (s *server) Owner(name string) *host {
	s.mu.Lock()
	delete(s.members, name)
	s.mu.Unlock()
	return s.owner // want `s\.owner is read here outside the sections of mu, which this function takes in line \d+`
}
