package fixture

import "sync"

type cache struct {
	entries sync.Map
	hits    *sync.Map
}

func (c *cache) flush() {
	c.entries.Range(func(key, value any) bool { // want `this Range deletes the entries of c\.entries one by one .* use c\.entries\.Clear\(\)`
		c.entries.Delete(key)
		return true
	})
	c.hits.Range(func(key, _ any) bool { // want `use c\.hits\.Clear\(\)`
		c.hits.LoadAndDelete(key)
		return true
	})
}

// ok: a condition.
func (c *cache) prune() {
	c.entries.Range(func(key, value any) bool {
		if value == nil {
			c.entries.Delete(key)
		}
		return true
	})
}

// ok: stops after the first entry.
func (c *cache) pop() {
	c.entries.Range(func(key, _ any) bool {
		c.entries.Delete(key)
		return false
	})
}

// ok: the entries of one map are deleted from another.
func (c *cache) subtract() {
	c.entries.Range(func(key, _ any) bool {
		c.hits.Delete(key)
		return true
	})
}

// ok: the value is closed first.
func (c *cache) close() {
	c.entries.Range(func(key, value any) bool {
		value.(interface{ Close() error }).Close()
		c.entries.Delete(key)
		return true
	})
}

// ok: a type of our own with the same method names.
type table struct{}

func (*table) Range(func(key, value any) bool) {}
func (*table) Delete(any)                      {}

func own(t *table) {
	t.Range(func(key, _ any) bool {
		t.Delete(key)
		return true
	})
}
