package basic

import "sync"

type request struct {
	header map[string]string
	tags   map[string]bool
	sizes  map[string]int
	n      int
}

var requests = sync.Pool{New: func() any {
	return &request{header: make(map[string]string), tags: make(map[string]bool), sizes: make(map[string]int)}
}}

func handle(key, value string) {
	r := requests.Get().(*request)
	r.header[key] = value
	r.tags[key] = true
	r.sizes[key]++
	r.n++
	r.print()
	println(len(r.tags), r.sizes[key])
	clear(r.tags)
	r.n = 0
	requests.Put(r) // want `r\.header goes back into the pool with its entries, and nobody clears it: line \d+ sees those of an earlier user`
}

func (r *request) print() {
	for key := range r.header {
		println(key)
	}
}

// ok: a method makes it as new.
type reply struct{ header map[string]string }

var replies = sync.Pool{New: func() any { return &reply{header: make(map[string]string)} }}

func (r *reply) reset() { *r = reply{header: make(map[string]string)} }

func answer(key, value string) {
	r := replies.Get().(*reply)
	r.header[key] = value
	println(len(r.header))
	r.reset()
	replies.Put(r)
}

// ok: each user brings a map.
type batch struct{ rows map[string]int }

var batches = sync.Pool{New: func() any { return new(batch) }}

func collect(words []string) int {
	b := batches.Get().(*batch)
	b.rows = make(map[string]int, len(words))
	for _, word := range words {
		b.rows[word]++
	}
	n := len(b.rows)
	batches.Put(b)
	return n
}

// ok: what others get may be cleared there.
type table struct{ cells map[string]int }

var tables = sync.Pool{New: func() any { return &table{cells: make(map[string]int)} }}

func fill(words []string, done func(map[string]int)) {
	t := tables.Get().(*table)
	for _, word := range words {
		t.cells[word]++
	}
	println(len(t.cells))
	done(t.cells)
	tables.Put(t)
}

// ok: what was remembered is meant to be found again.
type interner struct{ seen map[string]string }

var interners = sync.Pool{New: func() any { return &interner{seen: make(map[string]string)} }}

func intern(word string) string {
	i := interners.Get().(*interner)
	defer interners.Put(i)
	if known, ok := i.seen[word]; ok {
		return known
	}
	i.seen[word] = word
	return word
}
