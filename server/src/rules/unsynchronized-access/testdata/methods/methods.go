package methods

import "sync"

// A type that takes a lock says that its methods are called at the same time.
type table struct {
	sync.Mutex
	rows  map[string]int
	title string
	size  int
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

func (t *table) Get(key string) int {
	return t.rows[key] // want `t\.rows\[key\] is used here without t\.Mutex, which methods\.go:\d+ holds: if this is called while that runs`
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
type list struct{ items map[string]int }

func (l *list) Put(key string) { l.items[key]++ }

func (l *list) Len() int { return len(l.items) }
