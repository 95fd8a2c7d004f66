package fixture

import (
	"sync"
	"time"
)

type flusher struct {
	mu     sync.Mutex
	n      int
	ticker *time.Ticker
	stop   chan struct{}
	ended  chan struct{}
}

func startFlusher() *flusher {
	f := &flusher{ticker: time.NewTicker(time.Second), stop: make(chan struct{}), ended: make(chan struct{})}
	go f.loop()
	return f
}

func (f *flusher) loop() {
	defer close(f.ended)
	for {
		select {
		case <-f.ticker.C:
			f.Flush()
		case <-f.stop:
			return
		}
	}
}

func (f *flusher) Flush() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
}

// The loop may stand at the lock when it should end.
func (f *flusher) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.stop)
	<-f.ended // want `this waits while f\.mu is held: if the task that ends at ended\.go:23 comes to f\.mu meanwhile`
}

type calm struct {
	mu     sync.Mutex
	n      int
	ticker *time.Ticker
	halt   chan struct{}
	halted chan struct{}
}

func startCalm() *calm {
	l := &calm{ticker: time.NewTicker(time.Second), halt: make(chan struct{}), halted: make(chan struct{})}
	go l.loop()
	return l
}

func (l *calm) loop() {
	defer close(l.halted)
	for {
		select {
		case <-l.ticker.C:
			l.Flush()
		case <-l.halt:
			return
		}
	}
}

func (l *calm) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
}

// ok: it waits outside.
func (l *calm) Stop() {
	l.mu.Lock()
	close(l.halt)
	l.mu.Unlock()
	<-l.halted
}
