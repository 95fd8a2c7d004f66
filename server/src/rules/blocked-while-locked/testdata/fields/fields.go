package fixture

import (
	"sync"
	"time"
)

// Close holds the lock that the loop takes before it can end.
type worker struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	stop  chan struct{}
	in    chan string
	count map[string]int
}

func newWorker(in chan string) *worker {
	w := &worker{stop: make(chan struct{}), in: in, count: map[string]int{}}
	w.wg.Add(1)
	go w.loop()
	return w
}

func (w *worker) loop() {
	defer w.wg.Done()
	for {
		select {
		case <-w.stop:
			return
		case name := <-w.in:
			w.mu.Lock()
			w.count[name]++
			w.mu.Unlock()
		}
	}
}

func (w *worker) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.stop)
	w.wg.Wait() // want `this waits while w\.mu is held: if the task that ends at fields\.go:\d+ comes to w\.mu meanwhile, neither goes on`
}

// The other side needs the lock on every way.
type asker struct {
	mu      sync.Mutex
	answers chan int
	n       int
}

func newAsker() *asker {
	return &asker{answers: make(chan int)}
}

func (a *asker) Ask() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return <-a.answers // want `this waits while a\.mu is held, and the other side at fields\.go:\d+ needs a\.mu first: neither goes on`
}

func (a *asker) Answer() {
	a.mu.Lock()
	n := a.n
	a.n++
	a.mu.Unlock()
	a.answers <- n
}

// ok: the other side takes the lock after it has sent
type later struct {
	mu      sync.Mutex
	answers chan int
	n       int
}

func newLater() *later {
	return &later{answers: make(chan int)}
}

func (l *later) Ask() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return <-l.answers
}

func (l *later) Answer() {
	l.answers <- 1
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
}

// ok: unlocked before it waits
type polite struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	stop chan struct{}
	n    int
}

func newPolite() *polite {
	p := &polite{stop: make(chan struct{})}
	p.wg.Add(1)
	go p.loop()
	return p
}

func (p *polite) loop() {
	defer p.wg.Done()
	<-p.stop
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

func (p *polite) Close() {
	p.mu.Lock()
	close(p.stop)
	p.mu.Unlock()
	p.wg.Wait()
}

// ok: another sender needs no lock
type several struct {
	mu      sync.Mutex
	answers chan int
	n       int
}

func newSeveral() *several {
	return &several{answers: make(chan int)}
}

func (s *several) Ask() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return <-s.answers
}

func (s *several) Answer() {
	s.mu.Lock()
	n := s.n
	s.mu.Unlock()
	s.answers <- n
}

func (s *several) Refuse() {
	s.answers <- -1
}

// ok: others have the channel, too
type shared struct {
	mu      sync.Mutex
	answers chan int
	n       int
}

func newShared(answers chan int) *shared {
	return &shared{answers: answers}
}

func (s *shared) Ask() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return <-s.answers
}

func (s *shared) Answer() {
	s.mu.Lock()
	n := s.n
	s.mu.Unlock()
	s.answers <- n
}

// ok: a channel of somebody else's
type exported struct {
	mu      sync.Mutex
	Answers chan int
	n       int
}

func newExported() *exported {
	return &exported{Answers: make(chan int)}
}

func (e *exported) Ask() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return <-e.Answers
}

func (e *exported) Answer() {
	e.mu.Lock()
	n := e.n
	e.mu.Unlock()
	e.Answers <- n
}

// ok: two different locks
type twoLocks struct {
	mu, other sync.Mutex
	wg        sync.WaitGroup
	n         int
}

func newTwoLocks() *twoLocks {
	t := &twoLocks{}
	t.wg.Add(1)
	go t.run()
	return t
}

func (t *twoLocks) run() {
	defer t.wg.Done()
	t.other.Lock()
	t.n++
	t.other.Unlock()
}

func (t *twoLocks) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wg.Wait()
}

// proves: deadlock
func closesWhileWorking() {
	for range 2000 {
		in := make(chan string)
		w := newWorker(in)
		stopped := make(chan struct{})
		go func() {
			for {
				select {
				case in <- "a":
				case <-stopped:
					return
				}
			}
		}()
		w.Close()
		close(stopped)
	}
}

// proves: deadlock
func asksFirst() {
	a := newAsker()
	go func() {
		time.Sleep(10 * time.Millisecond)
		a.Answer()
	}()
	a.Ask()
}

// proves: nothing
func asksLater() {
	l := newLater()
	go l.Answer()
	l.Ask()
}

// proves: nothing
func closesPolitely() {
	newPolite().Close()
}
