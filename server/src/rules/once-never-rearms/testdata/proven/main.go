package main

import (
	"fmt"
	"sync"
)

type cache struct {
	once    sync.Once
	entries map[string]int
}

func (c *cache) put(key string) { c.entries[key] = 1 }

func (c *cache) reset() {
	c.once.Do(func() { // want `c.once.Do clears c.entries at the first call only`
		clear(c.entries)
	})
}

func fill(c *cache) int {
	c.put("a")
	c.reset()
	c.put("b")
	c.reset()
	return len(c.entries)
}

func report(n int) { fmt.Println("entries left:", n) }

func resets() int { return fill(&cache{entries: map[string]int{}}) }

// proves: race
func readsFlag() {
	var once sync.Once
	var cleared bool
	m := map[string]int{"a": 1}
	once.Do(func() {
		go func() {
			clear(m)
			cleared = true // want `cleared.* is set by a goroutine that once.Do`
		}()
	})
	fmt.Println(cleared)
}

// ok: Do returns when its function has.
//
// proves: nothing
func readsFlagOfDo() {
	var once sync.Once
	var cleared bool
	m := map[string]int{"a": 1}
	once.Do(func() {
		clear(m)
		cleared = true
	})
	fmt.Println(cleared)
}

func main() {
	report(resets())
}
