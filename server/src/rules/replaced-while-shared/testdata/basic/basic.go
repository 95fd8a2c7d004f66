package basic

import (
	"fmt"
	"maps"
	"time"
)

type session struct{ expires time.Time }

type janitor struct{ sessions map[string]*session }

func (j *janitor) sweep(now time.Time) {
	for id, s := range j.sessions {
		if s.expires.Before(now) {
			delete(j.sessions, id)
		}
	}
}

type server struct {
	sessions map[string]*session
	janitor  *janitor
}

func newServer() *server {
	m := make(map[string]*session)
	return &server{sessions: m, janitor: &janitor{sessions: m}}
}

func (s *server) login(id string) { s.sessions[id] = &session{} }

func (s *server) logoutAll() {
	s.sessions = make(map[string]*session) // want `this replaces s.sessions, but sessions was given the same map and keeps the old one, which line \d+ goes on using`
}

// The second object is made from the first one's field.
type store struct {
	entries map[string]int
	view    *view
}

type view struct{ source map[string]int }

func newStore() *store {
	s := &store{entries: map[string]int{}}
	s.view = &view{source: s.entries}
	return s
}

func (s *store) put(key string) { s.entries[key]++ }

func (s *store) reset() {
	s.entries = nil // want `source was given the same map`
}

func (v *view) get(key string) int { return v.source[key] }

func summary(counts map[string]int) {
	for k, v := range counts {
		fmt.Println(k, v)
	}
}

func run(words []string) {
	counts := map[string]int{}
	defer summary(counts)
	if len(words) > 10 {
		counts = make(map[string]int) // want `the deferred call was given the old map`
	}
	for _, w := range words {
		counts[w]++
	}
}

type poller struct {
	targets map[string]int
}

func poll(targets map[string]int, ticks <-chan time.Time) {
	for range ticks {
		for t := range targets {
			fmt.Println(t)
		}
	}
}

func (p *poller) start(ticks <-chan time.Time) { go poll(p.targets, ticks) }

func (p *poller) reload() {
	p.targets = map[string]int{} // want `a goroutine was given the old map`
}

func (s *store) rename(key string) {
	entries := s.entries
	s.entries = map[string]int{} // want `entries is still the old map: what line \d+ puts into it is lost`
	entries[key] = 1
}

// ok: both fields get the new one.
type pair struct {
	first  map[string]int
	second *view2
}

type view2 struct{ source2 map[string]int }

func newPair() *pair {
	m := map[string]int{}
	return &pair{first: m, second: &view2{source2: m}}
}

func (p *pair) put(key string) { p.first[key]++ }

func (p *pair) reset() {
	m := map[string]int{}
	p.first = m
	p.second.source2 = m
}

func (v *view2) get(key string) int { return v.source2[key] }

// ok: cleared in place.
type cleared struct {
	first2 map[string]int
	second *view3
}

type view3 struct{ source3 map[string]int }

func newCleared() *cleared {
	m := map[string]int{}
	return &cleared{first2: m, second: &view3{source3: m}}
}

func (c *cleared) put(key string) { c.first2[key]++ }

func (c *cleared) reset() { clear(c.first2) }

func (v *view3) get(key string) int { return v.source3[key] }

// ok: a swap.
type batcher struct{ pending map[string]int }

func (b *batcher) take() map[string]int {
	out := b.pending
	b.pending = make(map[string]int)
	return out
}

func (b *batcher) flush(ch chan<- map[string]int) {
	ch <- b.pending
	b.pending = make(map[string]int)
}

func (b *batcher) flushLater() {
	go summary(b.pending)
	b.pending = make(map[string]int)
}

func (b *batcher) drain() {
	old := b.pending
	b.pending = make(map[string]int)
	for k := range old {
		fmt.Println(k)
	}
}

// ok: the old map is kept on purpose.
type generations struct{ current, previous map[string]int }

func (g *generations) rotate() {
	g.previous = g.current
	g.current = make(map[string]int)
}

func (g *generations) get(key string) int { return g.current[key] + g.previous[key] }

// ok: a snapshot that is never changed in place, and has its own copy.
type snapshot struct{ entries map[string]int }

func (b *batcher) snapshot() *snapshot { return &snapshot{entries: maps.Clone(b.pending)} }

// ok: a closure sees the variable.
func closure(words []string) {
	counts := map[string]int{}
	defer func() { summary(counts) }()
	counts = make(map[string]int)
	for _, w := range words {
		counts[w]++
	}
}

// ok: the deferred call puts the old one back.
var table = map[string]int{}

func withTable(f func()) {
	defer func(old map[string]int) {
		fmt.Println(len(old))
		table = old
	}(table)
	table = map[string]int{}
	table["a"] = 1
	f()
}

// ok: replaced before the call is deferred.
func early(words []string) {
	counts := map[string]int{}
	counts = make(map[string]int)
	defer summary(counts)
	for _, w := range words {
		counts[w]++
	}
}

// ok: the local name is looked at.
func (s *generations) moveOld(key string) int {
	old := s.current
	s.current = map[string]int{}
	old[key] = 1
	return old[key]
}

// ok: the goroutine has one batch to do.
func (p *batcher) process() {
	go summary(p.pending)
}

func (p *batcher) drop() { p.pending = map[string]int{} }
