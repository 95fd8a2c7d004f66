package basic

import "sync"

var seen sync.Map

func rounds(all [][]string) {
	for _, words := range all {
		for _, word := range words {
			seen.Store(word, true)
		}
		seen.Clear() // want `seen is a sync.Map that a loop empties again and again`
	}
}

type counter struct {
	last  sync.Map
	cache sync.Map
	few   sync.Map
	names sync.Map
}

func (c *counter) note(word string) {
	c.last.Store(word, 1) // want `c.last is a sync.Map that is written at 3 places and read at 0`
}

func (c *counter) again(word string) { c.last.Store(word, 2) }

func (c *counter) drop(word string) { c.last.Delete(word) }

// ok: read as well.
func (c *counter) get(word string) any {
	if found, ok := c.cache.Load(word); ok {
		return found
	}
	c.cache.Store(word, word)
	return word
}

func (c *counter) forget(word string) { c.cache.Delete(word) }

// ok: cleared once.
func (c *counter) reset() { c.cache.Clear() }

// ok: too few to say.
func (c *counter) rarely(word string) { c.few.Store(word, 1) }

// ok: walked over.
func (c *counter) all() {
	c.names.Store("a", 1)
	c.names.Store("b", 2)
	c.names.Store("c", 3)
	c.names.Range(func(name, _ any) bool {
		println(name.(string))
		return true
	})
}
