package basic

import (
	"bytes"
	"maps"
	"sync"
)

var pool = sync.Pool{New: func() any { return make(map[string]int) }}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func count(words []string) int {
	m := pool.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	clear(m)
	pool.Put(m)
	return len(m) // want `this uses what line \d+ gave back to the pool`
}

func write(words []string) {
	m := pool.Get().(map[string]int)
	pool.Put(m)
	for _, w := range words {
		m[w]++ // want `this uses what line \d+ gave back`
	}
}

func collect(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer pool.Put(m)
	for _, w := range words {
		m[w]++
	}
	return m // want `this returns what line \d+ gives back to the pool`
}

func render(words []string) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	for _, w := range words {
		buf.WriteString(w)
	}
	return buf.Bytes() // want `this returns what line \d+ gives back`
}

func collectInClosure(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer func() {
		pool.Put(m)
	}()
	for _, w := range words {
		m[w]++
	}
	return m // want `this returns what line \d+ gives back`
}

func twice(ok bool) {
	m := pool.Get().(map[string]int)
	if ok {
		clear(m)
		pool.Put(m)
	}
	pool.Put(m) // want `gave back already`
}

type user struct{ buf *bytes.Buffer }

func (u *user) finish() {
	b := u.buf
	buffers.Put(b)
	b.Reset() // want `this uses what line \d+ gave back`
}

// ok: given back last.
func right(words []string) int {
	m := pool.Get().(map[string]int)
	for _, w := range words {
		m[w]++
	}
	n := len(m)
	clear(m)
	pool.Put(m)
	return n
}

// ok: a copy is returned.
func copied(words []string) map[string]int {
	m := pool.Get().(map[string]int)
	defer pool.Put(m)
	for _, w := range words {
		m[w]++
	}
	return maps.Clone(m)
}

// ok: text is a copy.
func text(words []string) string {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	for _, w := range words {
		buf.WriteString(w)
	}
	return buf.String()
}

// ok: each round takes another one.
func rounds(n int) {
	for i := 0; i < n; i++ {
		m := pool.Get().(map[string]int)
		m["i"] = i
		clear(m)
		pool.Put(m)
	}
}

// ok: taken again.
func again() int {
	m := pool.Get().(map[string]int)
	pool.Put(m)
	m = pool.Get().(map[string]int)
	return len(m)
}

// ok: only one path gives it back.
func either(keep bool) map[string]int {
	m := pool.Get().(map[string]int)
	if !keep {
		pool.Put(m)
		return nil
	}
	return m
}

// ok: it is forgotten.
func (u *user) forget() {
	buffers.Put(u.buf)
	u.buf = nil
}

// ok: a comparison looks at no entry.
func compared(m map[string]int) bool {
	pool.Put(m)
	return m == nil
}

// ok: another pool's object.
func two() int {
	a := pool.Get().(map[string]int)
	b := pool.Get().(map[string]int)
	pool.Put(a)
	return len(b)
}

type job struct{ parts map[string]int }

// ok: each round gives back what another job has.
func drain(next func() *job) {
	for {
		current := next()
		if current == nil {
			return
		}
		pool.Put(current.parts)
	}
}

func drainOne(current *job, rounds int) {
	for range rounds {
		pool.Put(current.parts) // want `gives back to the pool what line \d+ gave back already`
	}
}
