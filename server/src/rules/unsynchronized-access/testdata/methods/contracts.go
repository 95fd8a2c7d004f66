package methods

import "sync"

// peer is one side of a connection. It is not safe for concurrent use.
type peer struct {
	mu     sync.Mutex
	buffer []byte
	status int
	done   chan bool
}

// ok: the comment of the type says that no two methods run at once.
func (s *peer) Read() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = 1
	return s.buffer
}

func (s *peer) Status() int {
	return s.status
}

// What the type starts itself runs beside its methods.
func (s *peer) Open() {
	s.done = make(chan bool)
	go func() {
		<-s.done
		s.buffer = nil // want `s\.buffer is used here without s\.mu|s\.buffer is written here`
	}()
}

// joint is one side of a connection. Its writer is fast. Not only one goroutine uses it.
type joint struct {
	mu     sync.Mutex
	status int
}

func (j *joint) Read() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.status = 1
}

func (j *joint) Status() int {
	return j.status // want `j\.status is used here without j\.mu`
}

// signaller is like sync.Cond.
type signaller struct {
	L       sync.Locker
	ch      chan struct{}
	waiting int
}

// ok: whoever calls it holds the lock, of which only the callers know which it is.
//
// It requires for the caller to hold g.L during the call.
func (g *signaller) Signal() {
	for ; g.waiting > 0; g.waiting-- {
		g.ch <- struct{}{}
	}
}

// ok: what it unlocks first, its callers have locked.
func (g *signaller) Wait() {
	g.waiting++
	g.L.Unlock()
	<-g.ch
	g.L.Lock()
	g.waiting--
}

// bare is the same without a word about callers.
type bare struct {
	L       sync.Locker
	ch      chan struct{}
	waiting int
}

func (b *bare) Signal() {
	for b.waiting > 0 { // want `b\.waiting is used here without b\.L`
		b.ch <- struct{}{}
	}
}

func (b *bare) Wait() {
	b.L.Lock()
	b.waiting++
	b.L.Unlock()
	<-b.ch
}

type journal interface{ Note(string) }

// vault notes what it does.
type vault struct {
	mu      sync.Mutex
	items   map[string]int
	journal journal
	changed func(string)
}

// ok: nothing says that the lock is there for the journal, which is set before the vault is in use.
func (v *vault) SetJournal(j journal) {
	v.journal = j
}

// The lock is taken for it elsewhere.
func (v *vault) OnChange(changed func(string)) {
	v.changed = changed // want `v\.changed is used here without v\.mu`
}

func (v *vault) Quiet() {
	v.mu.Lock()
	v.changed = nil
	v.mu.Unlock()
}

func (v *vault) Put(name string, n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[name] = n
	v.journal.Note(name)
	if v.changed != nil {
		v.changed(name)
	}
}

// speaker locks for nothing but its journal.
type speaker struct {
	mu      sync.Mutex
	journal journal
}

func (s *speaker) SetJournal(j journal) {
	s.journal = j // want `s\.journal is used here without s\.mu`
}

func (s *speaker) Journal() journal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.journal
}

type waiting struct {
	mu    sync.Mutex
	items []string
}

func (w *waiting) Put(item string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items = append(w.items, item)
}

// ok: the name says that the lock is held.
func (w *waiting) RangeUnsafe(use func(string)) {
	for _, item := range w.items {
		use(item)
	}
}

func (w *waiting) Range(use func(string)) {
	for _, item := range w.items { // want `w\.items is used here without w\.mu`
		use(item)
	}
}
