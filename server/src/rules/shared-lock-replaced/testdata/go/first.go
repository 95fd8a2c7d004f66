package fixture

import "sync"

// Start alone makes the channels that the watcher works with.
type watcher struct {
	mu     sync.Mutex
	events chan string
	timers map[string]int
}

func (w *watcher) Start() {
	w.events = make(chan string, 10)
	w.mu = sync.Mutex{} // ok: nobody watches before
}

func (w *watcher) Watch() {
	for event := range w.events {
		w.mu.Lock()
		w.timers[event]++
		w.mu.Unlock()
	}
}

// Others may have the lock of what is only emptied.
type gauge struct {
	mu     sync.Mutex
	values map[string]int
}

func newGauge() *gauge { return &gauge{values: map[string]int{}} }

func (g *gauge) Empty() {
	g.values = map[string]int{}
	g.mu = sync.Mutex{} // want `overwrit`
}

func (g *gauge) Set(name string, n int) {
	g.mu.Lock()
	g.values[name] = n
	g.mu.Unlock()
}
