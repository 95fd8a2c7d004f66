package methods

import (
	"container/heap"
	"crypto/cipher"
	"errors"
	"net"
	"sync"
	"time"
)

// A read lock that the called method takes again is still held when that has released it.
type encrypter struct {
	mu     sync.RWMutex
	suites []cipher.AEAD
}

func (e *encrypter) Nonce() []byte {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return make([]byte, e.suites[0].NonceSize())
}

func (e *encrypter) Encrypt(text []byte) []byte {
	e.mu.RLock()
	defer e.mu.RUnlock()
	nonce := e.Nonce()
	return e.suites[0].Seal(nonce, nonce, text, nil) // ok: the lock was taken twice, and released once
}

func (e *encrypter) Later(text []byte) []byte {
	e.mu.RLock()
	nonce := e.Nonce()
	e.mu.RUnlock()
	return e.suites[0].Seal(nonce, nonce, text, nil)
}

func (e *encrypter) Count() int {
	return len(e.suites) // want `e\.suites is used here without e\.mu`
}

func (e *encrypter) Refresh(suites []cipher.AEAD) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.suites = suites
}

// The options are never set under the lock: that is there for the connection.
type broker struct {
	mu     sync.Mutex
	conn   *int
	size   int
	idle   time.Duration
	hooks  []func()
	routes map[string]int
	name   string
	state  string
}

func (b *broker) Init(size int, idle time.Duration) {
	b.size = size // ok: set without the lock by all who set it
	b.idle = idle // ok: the same
}

func (b *broker) OnConnect(hook func()) {
	b.hooks = append(b.hooks, hook) // ok: nobody takes the lock to add one
}

func (b *broker) Route(name string, to int) {
	b.routes[name] = to // want `b\.routes\[name\] is used here without b\.mu`
}

func (b *broker) Connect() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil {
		return errors.New("connected")
	}
	conn := b.size + int(b.idle)
	for _, hook := range b.hooks {
		hook()
	}
	b.conn = &conn
	b.state = "connected"
	b.setName("broker")
	return nil
}

func (b *broker) Find(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.routes[name]
}

func (b *broker) setName(name string) {
	b.name = name
}

func (b *broker) Rename(name string) {
	b.setName(name)
}

func (b *broker) Name() string {
	return b.name // ok: only by the way set under the lock
}

func (b *broker) State() string {
	return b.state // want `b\.state is used here without b\.mu`
}

// A heap's methods are called by package heap, for who holds the lock.
type expiries struct {
	mu      sync.Mutex
	entries []time.Time
}

func (h *expiries) Len() int           { return len(h.entries) }
func (h *expiries) Less(i, j int) bool { return h.entries[i].Before(h.entries[j]) }
func (h *expiries) Swap(i, j int)      { h.entries[i], h.entries[j] = h.entries[j], h.entries[i] } // ok: only the heap calls it
func (h *expiries) Push(x any)         { h.entries = append(h.entries, x.(time.Time)) }            // ok: only the heap calls it
func (h *expiries) Pop() any {
	last := h.entries[len(h.entries)-1]
	h.entries = h.entries[:len(h.entries)-1]
	return last
}

func (h *expiries) Add(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	heap.Push(h, at)
}

func (h *expiries) Replace(entries []time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = entries
	heap.Init(h)
}

func (h *expiries) First() time.Time {
	return h.entries[0] // want `h\.entries is used here without h\.mu`
}

// A net.Conn says that several goroutines may call its methods.
type stream struct {
	sending  sync.Mutex
	deadline time.Time
	peer     net.Conn
}

func (s *stream) Read(b []byte) (int, error) { return s.peer.Read(b) }

func (s *stream) Write(b []byte) (int, error) {
	s.sending.Lock()
	defer s.sending.Unlock()
	if time.Now().After(s.deadline) {
		return 0, errors.New("late")
	}
	return s.peer.Write(b)
}

func (s *stream) Close() error                      { return s.peer.Close() }
func (s *stream) LocalAddr() net.Addr               { return s.peer.LocalAddr() }
func (s *stream) RemoteAddr() net.Addr              { return s.peer.RemoteAddr() }
func (s *stream) SetReadDeadline(t time.Time) error { return s.peer.SetReadDeadline(t) }

func (s *stream) SetDeadline(t time.Time) error {
	return s.SetReadDeadline(t)
}

func (s *stream) SetWriteDeadline(t time.Time) error {
	s.deadline = t // want `s\.deadline is used here without s\.sending`
	return nil
}
