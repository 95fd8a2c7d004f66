package basic

import "sync"

var dirty = sync.Pool{New: func() any { return make(map[string]int) }}

func distinct(words []string) int {
	m := dirty.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	n := len(m)
	dirty.Put(m) // want `m goes back into the pool with its entries, and nobody clears it: line \d+ sees those of an earlier user`
	return n
}

type indexer struct{ pool sync.Pool }

func (x *indexer) run(words []string, use func(string)) {
	seen, _ := x.pool.Get().(map[string]bool)
	if seen == nil {
		seen = make(map[string]bool)
	}
	for _, w := range words {
		seen[w] = true
	}
	use("done")
	x.pool.Put(seen)
}

// ok: cleared before it goes back.
var clean = sync.Pool{New: func() any { return make(map[string]int) }}

func cleanCount(words []string) int {
	m := clean.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	n := len(m)
	clear(m)
	clean.Put(m)
	return n
}

// ok: cleared when it is taken.
var taken = sync.Pool{New: func() any { return make(map[string]int) }}

func takenCount(words []string) int {
	m := taken.Get().(map[string]int)
	for k := range m {
		delete(m, k)
	}
	for _, w := range words {
		m[w]++
	}
	n := len(m)
	taken.Put(m)
	return n
}

// ok: a function clears it.
var helped = sync.Pool{New: func() any { return make(map[string]int) }}

func giveBack(m map[string]int) {
	clear(m)
	helped.Put(m)
}

func helpedCount(words []string) int {
	m := helped.Get().(map[string]int)
	defer giveBack(m)
	for _, w := range words {
		m[w]++
	}
	return len(m)
}

// ok: what was remembered is meant to be found again.
var memo = sync.Pool{New: func() any { return make(map[string]int) }}

func length(word string) int {
	m := memo.Get().(map[string]int)
	defer memo.Put(m)
	if n, ok := m[word]; ok {
		return n
	}
	m[word] = len(word)
	return len(word)
}

// ok: every key is removed by name.
var named = sync.Pool{New: func() any { return make(map[string]int) }}

func namedCount() int {
	m := named.Get().(map[string]int)
	m["a"] = 1
	n := len(m)
	delete(m, "a")
	named.Put(m)
	return n
}

// ok: a new map is what goes in.
var fresh = sync.Pool{}

func freshCount(words []string) int {
	m := fresh.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	fresh.Put(make(map[string]int))
	return len(m)
}
