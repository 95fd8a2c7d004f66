package methods

import (
	"sync"
	"time"
)

type beat struct {
	stop chan struct{}
}

func NewBeat() *beat {
	b := &beat{}
	b.start()
	return b
}

func (b *beat) start() {
	b.stop = make(chan struct{}) // want `b\.stop is written here while restarts\.go:\d+ may read it`
	go b.run()
}

func (b *beat) run() {
	for {
		select {
		case <-b.stop:
			return
		case <-time.After(time.Second):
		}
	}
}

func (b *beat) Restart() {
	close(b.stop)
	b.start()
}

type pulse struct {
	stop chan struct{}
}

func NewPulse() *pulse {
	p := &pulse{}
	p.start()
	return p
}

func (p *pulse) start() {
	p.stop = make(chan struct{})
	go p.run()
}

// ok: it looks once, when it starts.
func (p *pulse) run() {
	stop := p.stop
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
	}
}

func (p *pulse) Restart() {
	close(p.stop)
	p.start()
}

type waited struct {
	stop chan struct{}
	wg   sync.WaitGroup
}

func NewWaited() *waited {
	w := &waited{}
	w.start()
	return w
}

func (w *waited) start() {
	w.stop = make(chan struct{})
	w.wg.Add(1)
	go w.run()
}

func (w *waited) run() {
	defer w.wg.Done()
	for {
		select {
		case <-w.stop:
			return
		case <-time.After(time.Second):
		}
	}
}

// ok: the last one has ended.
func (w *waited) Restart() {
	close(w.stop)
	w.wg.Wait()
	w.start()
}

type started struct {
	mu   sync.Mutex
	n    int
	stop chan struct{}
}

func (s *started) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.n
}

// ok: what it starts is the first that runs.
func (s *started) Start() {
	s.stop = make(chan struct{})
	go s.run()
}

func (s *started) run() {
	for {
		select {
		case <-s.stop:
			return
		case <-time.After(time.Second):
		}
	}
}

type gate struct {
	mu    sync.Mutex
	open  chan struct{}
	names []string
}

func newGate() *gate { return &gate{open: make(chan struct{})} }

func (g *gate) Add(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.names = append(g.names, name)
}

func (g *gate) Len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.names)
}

func (g *gate) Has(name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, each := range g.names {
		if each == name {
			return true
		}
	}
	return false
}

func (g *gate) Swap(names []string) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	old := g.names
	g.names = names
	return old
}

func (g *gate) Remove() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.names = g.names[:0]
}

// ok: inconsistent-guard says it.
func (g *gate) First() string { return g.names[0] }

// Behind a wait it is only likely; inconsistent-guard is silent then.
func (g *gate) Wait() int {
	<-g.open
	return len(g.names) // want `g\.names is used here without g\.mu`
}

func (g *gate) Open() { close(g.open) }
