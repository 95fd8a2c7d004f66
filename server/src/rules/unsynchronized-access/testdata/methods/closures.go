package methods

import (
	"sync"
	"time"
)

type leased struct{ data map[string]string }

// The object comes with a goroutine that has it in a closure.
func openLeased() *leased {
	s := &leased{data: map[string]string{}}
	go func() {
		for range time.Tick(time.Minute) {
			clear(s.data) // want `at the same time`
		}
	}()
	return s
}

func (s *leased) Set(key, value string) {
	s.data[key] = value
}

type expiring struct {
	data  map[string]string
	timer *time.Timer
}

func openExpiring() *expiring {
	e := &expiring{data: map[string]string{}}
	e.timer = time.AfterFunc(time.Minute, func() { clear(e.data) }) // want `at the same time`
	return e
}

func (e *expiring) Set(key, value string) {
	e.data[key] = value
}

// ok: all take the lock.
type lockedSession struct {
	mu   sync.Mutex
	data map[string]string
}

func openLockedSession() *lockedSession {
	s := &lockedSession{data: map[string]string{}}
	go func() {
		for range time.Tick(time.Minute) {
			s.mu.Lock()
			clear(s.data)
			s.mu.Unlock()
		}
	}()
	return s
}

func (s *lockedSession) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[key] = value
}

// ok: the goroutine has done its work before anybody gets the object.
type loaded struct{ data map[string]string }

func openLoaded() *loaded {
	l := &loaded{data: map[string]string{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.data["a"] = "b"
	}()
	<-done
	return l
}

func (l *loaded) Set(key, value string) {
	l.data[key] = value
}

// ok: what the goroutine clears is a map of its own.
type snapshots struct {
	data map[string]string
	out  chan map[string]string
}

func openSnapshots() *snapshots {
	s := &snapshots{data: map[string]string{}, out: make(chan map[string]string)}
	go func() {
		for m := range s.out {
			clear(m)
		}
	}()
	return s
}

func (s *snapshots) Set(key, value string) {
	s.data[key] = value
}

func (s *snapshots) Flush() {
	m := s.data
	s.data = map[string]string{}
	s.out <- m
}

// ok: the same with a method.
type fetched struct{ data map[string]string }

func openFetched() *fetched {
	f := &fetched{data: map[string]string{}}
	done := make(chan struct{})
	go f.fetch(done)
	<-done
	return f
}

func (f *fetched) fetch(done chan struct{}) {
	f.data["a"] = "b"
	close(done)
}

func (f *fetched) Set(key, value string) {
	f.data[key] = value
}

// It is handed out before the goroutine is done.
type fetching struct {
	data map[string]string
	done chan struct{}
}

func openFetching() *fetching {
	f := &fetching{data: map[string]string{}, done: make(chan struct{})}
	go f.fetch()
	return f
}

func (f *fetching) fetch() {
	f.data["a"] = "b" // want `at the same time`
	close(f.done)
}

func (f *fetching) Set(key, value string) {
	f.data[key] = value
}

// Others find it before the goroutine is done.
type listed struct{ data map[string]string }

var listedOnes sync.Map

func openListed(name string) *listed {
	l := &listed{data: map[string]string{}}
	listedOnes.Store(name, l)
	done := make(chan struct{})
	go l.fill(done)
	<-done
	return l
}

func (l *listed) fill(done chan struct{}) {
	l.data["a"] = "b" // want `at the same time`
	close(done)
}

func (l *listed) Set(key, value string) {
	l.data[key] = value
}
