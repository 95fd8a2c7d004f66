package basic

import (
	"fmt"
	"maps"
)

type collector struct {
	pending map[string]int
	last    map[string]int
	spare   map[string]int
	history []map[string]int
	byName  map[string]map[string]int
}

type batch struct {
	name    string
	entries map[string]int
}

func (c *collector) take() map[string]int {
	out := c.pending
	clear(c.pending) // want `empties c.pending, which line \d+ returns`
	return out
}

func (c *collector) takeBatch() *batch {
	out := &batch{name: "x", entries: c.pending}
	clear(c.pending) // want `empties c.pending, which line \d+ returns`
	return out
}

func (c *collector) reset() {
	clear(c.pending)
}

// The method empties the field that out is read from.
func (c *collector) takeByMethod() map[string]int {
	out := c.pending
	c.reset() // want `this empties the map that line \d+ returns`
	return out
}

func (c *collector) drain() int {
	sum := 0
	old := c.pending
	clear(c.pending) // want `which line \d+ ranges under another name`
	for _, v := range old {
		sum += v
	}
	return sum
}

func (c *collector) takeAtTheEnd() map[string]int {
	defer clear(c.pending) // want `empties c.pending, which line \d+ returns`
	return c.pending
}

func (c *collector) takeInDefer() map[string]int {
	defer func() { // want `this empties the map that line \d+ returns`
		clear(c.pending)
	}()
	return c.pending
}

func send(ch chan<- map[string]int) {
	m := map[string]int{}
	for i := 0; i < 10; i++ {
		m["i"] = i
		ch <- m
		clear(m) // want `empties m, which line \d+ sent on`
	}
}

func (c *collector) sendField(ch chan<- batch) {
	ch <- batch{entries: c.pending}
	fmt.Println(len(c.pending))
	for k := range c.pending { // want `empties c.pending, which line \d+ sent on`
		delete(c.pending, k)
	}
}

func flush(m map[string]int) {}

func (c *collector) flushLater() {
	go flush(c.pending)
	clear(c.pending) // want `the goroutine that line \d+ started`
}

func groups(words []string) []map[string]int {
	var all []map[string]int
	current := map[string]int{}
	for _, w := range words {
		current[w]++
		if len(current) == 10 {
			all = append(all, current)
			clear(current) // want `which line \d+ stored elsewhere`
		}
	}
	return all
}

func (c *collector) rotate() {
	c.last = c.pending
	clear(c.pending) // want `which line \d+ stored elsewhere`
}

func (c *collector) name(name string) {
	c.byName[name] = c.pending
	clear(c.pending) // want `which line \d+ stored elsewhere`
}

func (c *collector) lastCount() int { return len(c.last) }

// ok: a new map for the collector, the old one for the caller.
func (c *collector) swap() map[string]int {
	out := c.pending
	c.pending = make(map[string]int)
	return out
}

// ok: a copy is returned.
func (c *collector) copyOut() map[string]int {
	out := maps.Clone(c.pending)
	clear(c.pending)
	return out
}

// ok: an emptied map is what this gives.
func (c *collector) scratch() map[string]int {
	clear(c.pending)
	return c.pending
}

// ok: the same, through one name.
func (c *collector) scratchByName() map[string]int {
	m := c.pending
	clear(m)
	return m
}

// ok: it is filled again before it is returned.
func (c *collector) refill(words []string) map[string]int {
	m := c.pending
	clear(c.pending)
	for _, w := range words {
		m[w]++
	}
	return m
}

// ok: another function fills it.
func (c *collector) refillElsewhere() map[string]int {
	m := c.pending
	clear(c.pending)
	fill(m)
	return m
}

func fill(m map[string]int) { m["a"] = 1 }

// ok: replaced between.
func (c *collector) replaced(ch chan<- map[string]int) {
	ch <- c.pending
	c.pending = map[string]int{}
	clear(c.pending)
}

// ok: the receiver says when it is done.
func sendAndWait(ch chan<- map[string]int, done <-chan struct{}) {
	m := map[string]int{}
	for i := 0; i < 10; i++ {
		m["i"] = i
		ch <- m
		<-done
		clear(m)
	}
}

// ok: each round makes its own.
func sendNew(ch chan<- map[string]int) {
	for i := 0; i < 10; i++ {
		m := map[string]int{}
		clear(m)
		m["i"] = i
		ch <- m
	}
}

// ok: it is emptied before the list gets it.
func (c *collector) remember() {
	clear(c.pending)
	c.history = append(c.history, c.pending)
}

// ok: the map changed hands, and its new place is emptied.
func (c *collector) flip() {
	c.pending, c.spare = c.spare, c.pending
	clear(c.spare)
}

// ok: the old map has one holder, which reuses it.
func (c *collector) recycle() {
	old := c.pending
	c.pending = make(map[string]int)
	c.spare = old
	clear(old)
}

// ok: it takes over an empty map.
func (c *collector) adopt(m map[string]int) {
	c.spare = m
	clear(m)
}

// ok: one path sends, the other empties.
func (c *collector) either(ch chan<- map[string]int, drop bool) {
	if drop {
		clear(c.pending)
		return
	}
	ch <- c.pending
}

// ok: not every key goes.
func (c *collector) prune() map[string]int {
	out := c.pending
	for k, v := range c.pending {
		if v == 0 {
			delete(c.pending, k)
		}
	}
	return out
}

// ok: another map is emptied.
func (c *collector) other() map[string]int {
	out := c.pending
	clear(c.last)
	return out
}

// ok: the count is what is returned.
func (c *collector) count() int {
	n := len(c.pending)
	clear(c.pending)
	return n
}
