package owned

import (
	"sync"
	"time"
)

// Init alone makes the channel and the maps of its object: nobody uses the object before.
type notifier struct {
	mu      sync.Mutex
	events  chan string
	alerts  map[string][]string
	plugins map[string]int
	watch   alarm
}

type alarm struct {
	period time.Duration
	counts map[string][]string
}

func (a *alarm) Init(counts map[string][]string) { a.counts = counts }

func (n *notifier) Init(period time.Duration) {
	n.events = make(chan string)
	n.alerts = map[string][]string{}
	n.plugins = map[string]int{}
	n.load()
	n.alerts["start"] = nil // ok: nobody else has the object yet
	n.watch = alarm{period: period}
	n.watch.Init(n.alerts) // ok: nobody else has the object yet
}

func (n *notifier) load() {
	n.plugins["mail"] = 1 // ok: only Init calls it
}

func (n *notifier) Run() {
	for event := range n.events {
		n.mu.Lock()
		n.alerts[event] = append(n.alerts[event], event)
		n.plugins[event]++
		n.mu.Unlock()
	}
}

func (n *notifier) Take(name string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	taken := n.alerts[name]
	delete(n.alerts, name)
	delete(n.plugins, name)
	return taken
}

func (n *notifier) Add(name, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.alerts[name] = append(n.alerts[name], text)
	n.plugins[name] = len(n.alerts[name])
	n.events <- name
}

// A new list under way is no set-up: others use the one of before.
type catalogue struct {
	mu    sync.Mutex
	items map[string]int
	sizes map[string]int
	ready chan struct{}
}

func newCatalogue() *catalogue {
	return &catalogue{items: map[string]int{}, sizes: map[string]int{}, ready: make(chan struct{})}
}

func (c *catalogue) Reset() {
	c.sizes = map[string]int{}
	delete(c.items, "old") // want `c\.items is used here without mu`
}

func (c *catalogue) Set(name string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[name] = n
	c.sizes[name] = n
}

func (c *catalogue) Get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[name]
}

func (c *catalogue) Remove(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, name)
	delete(c.sizes, name)
}

// What is made only where nothing is there yet may come at any time.
type lazily struct {
	mu    sync.Mutex
	queue chan int
	sums  map[int]int
}

func (l *lazily) Open() {
	if l.queue == nil {
		l.queue = make(chan int)
	}
	l.sums[0] = 1 // want `l\.sums is used here without mu`
}

func (l *lazily) Put(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[n]++
	l.queue <- n
}

func (l *lazily) Sum(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sums[n]
}

func (l *lazily) Forget(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.sums, n)
}

// Nothing works before Start has given the queue its client.
type storage interface {
	Get(key string) int
	Put(key string, n int)
}

type stored struct {
	mu     sync.Mutex
	client storage
	users  int
	first  int
	sizes  map[string]int
}

func newStored() *stored { return &stored{sizes: map[string]int{}} }

func (s *stored) Start(client storage) {
	s.open(client)
}

func (s *stored) open(client storage) {
	s.client = client
	s.users = 1 // ok: nobody uses the queue before
	s.load()
}

func (s *stored) load() {
	s.first = s.client.Get("first") // ok: nobody uses the queue before
	s.sizes["first"] = s.first      // ok: the same
}

func (s *stored) Put(key string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
	s.sizes[key] = n
	s.client.Put(key, n)
	s.first++
}

func (s *stored) Size(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sizes[key] + s.first + s.users
}

func (s *stored) Drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users--
	s.first--
	s.client.Put(key, 0)
	delete(s.sizes, key)
}

// Stop may come without Start.
func (s *stored) Stop() {
	if s.client == nil {
		return
	}
	s.client.Put("stopped", 1)
}

// Who asks whether there is a client works without one.
type perhaps struct {
	mu     sync.Mutex
	client storage
	sizes  map[string]int
}

func newPerhaps() *perhaps { return &perhaps{sizes: map[string]int{}} }

func (p *perhaps) Connect(client storage, name string) {
	p.client = client
	p.sizes[name] = client.Get(name) // want `p\.sizes is used here without mu`
}

func (p *perhaps) Put(key string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sizes[key] = n
	if p.client != nil {
		p.client.Put(key, n)
	}
}

func (p *perhaps) Size(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sizes[key]
}

func (p *perhaps) Drop(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sizes, key)
}
