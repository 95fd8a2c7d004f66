package methods

import (
	"container/list"
	"strings"
	"sync"
)

// A type that takes a lock says that its methods are called at the same time.
type table struct {
	sync.Mutex
	rows  map[string]int
	title string
	size  int

	caption string
}

func New(title string) *table {
	t := &table{title: title}
	t.rows = map[string]int{}
	return t
}

func (t *table) Put(key string) {
	t.Lock()
	defer t.Unlock()
	t.rows[key]++
}

// ok: inconsistent-guard says it.
func (t *table) Get(key string) int {
	return t.rows[key]
}

func (t *table) Caption(caption string) {
	t.Lock()
	defer t.Unlock()
	t.caption = caption
}

func (t *table) Name() string {
	return t.caption // want `t\.caption is used here without t\.Mutex, which methods\.go:\d+ holds: if this is called while that runs`
}

// Renamed puts another caption in.
//
// It must not be called concurrently with other methods.
func (t *table) Renamed(caption string) string {
	before := t.caption // ok: its callers see to it, the comment says
	t.caption = caption
	return before
}

// Recaptioned is called with t.Mutex held by its caller.
func (t *table) Recaptioned() string {
	return t.caption // ok: the same, with the lock's name
}

// ok: it holds the lock.
func (t *table) Len() int {
	t.Lock()
	defer t.Unlock()
	return len(t.rows)
}

// ok: nobody writes it after New.
func (t *table) Title() string { return t.title }

// ok: no use of it holds the lock, so nothing says that one should.
func (t *table) Grow() { t.size++ }

// ok: a helper of methods that hold the lock.
func (t *table) drop(key string) { delete(t.rows, key) }

func (t *table) Drop(key string) {
	t.Lock()
	t.drop(key)
	t.Unlock()
}

// ok: a type without a lock says nothing about who calls its methods.
type bag struct{ items map[string]int }

func (l *bag) Put(key string) { l.items[key]++ }

func (l *bag) Len() int { return len(l.items) }

type uploader struct {
	mu      sync.Mutex
	label   string
	retries int
	pending []string
	wake    chan string
}

func newUploader() *uploader {
	u := &uploader{retries: 3, wake: make(chan string)}
	u.label = "first"
	go u.run()
	return u
}

// ok: it was set before the goroutine started.
func (u *uploader) Retries() int { return u.retries }

func (u *uploader) SetLabel(label string) {
	u.label = label // want `u\.label is written here while methods\.go:\d+ may read it: nothing orders the two`
}

// ok: the goroutine looks only when it was told to.
func (u *uploader) Add(line string) {
	u.pending = append(u.pending, line)
	u.wake <- line
}

func (u *uploader) run() {
	for range u.wake {
		println(u.label, u.retries)
	}
}

type cache struct {
	mu    sync.Mutex
	order list.List
	text  strings.Builder
}

func newCache() *cache {
	c := &cache{}
	go c.expire()
	return c
}

func (c *cache) expire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Remove(c.order.Back())
	c.text.Reset()
}

func (c *cache) Push(key string) {
	c.order.PushFront(key) // want `c\.order is used here without c\.mu, which methods\.go:\d+ holds`
}

// ok: it holds the lock.
func (c *cache) Text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

type ticker struct {
	stop    chan struct{}
	stopped chan struct{}
	ticks   int
}

func NewTicker() *ticker {
	t := &ticker{stop: make(chan struct{}), stopped: make(chan struct{})}
	go t.run()
	return t
}

// ok: it has ended when stopped is closed.
func (t *ticker) run() {
	defer close(t.stopped)
	for {
		select {
		case <-t.stop:
			return
		default:
			t.ticks++
		}
	}
}

func (t *ticker) Stop() int {
	close(t.stop)
	<-t.stopped
	t.stop = nil
	return t.ticks
}

type folder struct {
	mu    sync.Mutex
	items map[string]int
	names []string
}

func (f *folder) open() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.items != nil {
		return
	}
	f.items = map[string]int{"a": 1}
}

// ok: it has looked under the lock, and nobody assigns it again.
func (f *folder) Size() int {
	f.open()
	return len(f.items)
}

func (f *folder) Early() int {
	return len(f.items) // want `f\.items is used here without f\.mu`
}

func (f *folder) rename(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.names = append(f.names, name)
}

func (f *folder) Names() int {
	f.rename("b")
	return len(f.names) // want `f\.names is used here without f\.mu`
}

type page struct{ next *page }

type pages struct {
	store *store
	page  *page
}

type store struct {
	mu    sync.Mutex
	first *page
}

// ok: the lock is the store's; whoever turns the pages has them alone.
func (p *pages) Turn() *page {
	if p.page != nil {
		p.page = p.page.next
		return p.page
	}
	p.store.mu.Lock()
	defer p.store.mu.Unlock()
	p.page = p.store.first
	return p.page
}

type levels struct {
	mu   sync.Mutex
	list []int
}

// ok: it sets up what nobody else makes.
func (l *levels) Init(n int) {
	l.list = make([]int, n)
}

func (l *levels) Add(i, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list[i] += n
}

type relay struct {
	mu      sync.Mutex
	clients map[string]int
}

// ok: the clients are there before the task that serves them.
func (r *relay) Start(serve func(map[string]int)) {
	r.clients = map[string]int{}
	go func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		serve(r.clients)
	}()
}

func (r *relay) Drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.clients, name)
}
