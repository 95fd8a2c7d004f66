package disjoint

import (
	"sync"
	"time"
)

type peer struct {
	mu    sync.Mutex
	addrs []string
	names []string
	rank  int
	timer *time.Timer
}

func (p *peer) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer = time.AfterFunc(time.Second, p.connect)
}

func (p *peer) connect() {
	p.mu.Lock()
	addrs := append([]string(nil), p.addrs...)
	p.mu.Unlock()
	println(len(addrs))
}

func (p *peer) Name() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.names)
}

type service struct {
	mu    sync.RWMutex
	peers map[string]*peer
}

func (s *service) Add(id string, addrs []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.peers[id]; ok {
		known.addrs = addrs // want `s\.mu is held where known\.addrs is changed, but whoever uses it holds mu, a lock of its own object`
		return
	}
	made := &peer{addrs: addrs}
	s.peers[id] = made
	go made.start()
}

// ok: both locks are held.
func (s *service) Rename(id string, names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.peers[id]; ok {
		known.mu.Lock()
		known.names = names
		known.mu.Unlock()
	}
}

// ok: the rank is the service's, whatever lock its peers have.
func (s *service) Rank(id string, rank int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peers[id].rank = rank
}

func (s *service) Ranks() (sum int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, each := range s.peers {
		sum += each.rank
	}
	return sum
}

func newService() *service {
	return &service{peers: make(map[string]*peer)}
}
