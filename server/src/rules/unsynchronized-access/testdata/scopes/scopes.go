package scopes

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// ok: what is done before the scope is cancelled is done when it is seen to be.
func cancelled(parent context.Context) int {
	ctx, cancel := context.WithCancel(parent)
	n := 0
	go func() {
		n = 1
		cancel()
	}()
	<-ctx.Done()
	return n
}

func cancelledTooEarly(parent context.Context) int {
	ctx, cancel := context.WithCancel(parent)
	n := 0
	go func() {
		cancel()
		n = 1 // want `n is written here while`
	}()
	<-ctx.Done()
	return n
}

func timeAlone(ctx context.Context, every time.Duration) int {
	n := 0
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				n++ // want `n is written here while`
			}
		}
	}()
	time.Sleep(every)
	return n
}

// ok: one of the two gets there.
func lastOne(work func()) {
	done := make(chan struct{})
	var left atomic.Int32
	left.Store(2)
	for range 2 {
		go func() {
			work()
			if left.Add(-1) == 0 {
				close(done)
			}
		}()
	}
	<-done
}

type loop struct {
	mu    sync.Mutex
	rates map[string]int
	names map[string]int
	quit  chan struct{}
	done  chan struct{}
}

// Start sets the loop going; the other methods are called while it runs.
func (l *loop) Start() {
	l.names = map[string]int{}
	go l.run()
}

func (l *loop) run() {
	defer close(l.done)
	for {
		select {
		case <-l.quit:
			return
		default:
		}
		l.mu.Lock()
		l.rates["x"]++
		l.mu.Unlock()
		l.names["x"] = 1
	}
}

func (l *loop) Rate(name string) int {
	return l.rates[name] // want `l\.rates\[name\] is used here without l\.mu, which scopes\.go:\d+ holds`
}

// ok: it holds the lock.
func (l *loop) Rates() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rates)
}

// ok: the loop is over.
func (l *loop) Close() map[string]int {
	close(l.quit)
	<-l.done
	return map[string]int{"rates": len(l.rates), "names": len(l.names)}
}

// ok: nobody shows that it needs a lock; who calls it when is not known.
func (l *loop) Name(name string) int { return l.names[name] }
