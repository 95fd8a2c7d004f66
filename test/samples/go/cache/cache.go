// Package cache keeps stock levels in memory between two reads of the database.
package cache

import "sync"

// Stock is the cached level of one article.
type Stock struct {
	Article string
	Count   int
}

// Cache answers from memory. The zero value is ready to use.
type Cache struct {
	mu     sync.RWMutex
	levels map[string]Stock
	hits   map[string]int
	recent sync.Map
}

// Get returns the cached level of an article.
func (c *Cache) Get(article string) (Stock, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s, ok := c.levels[article]
	return s, ok
}

// Put remembers a level.
func (c *Cache) Put(s Stock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.levels == nil {
		c.levels = make(map[string]Stock)
	}
	c.levels[s.Article] = s
	c.recent.Store(s.Article, s)
}

// Flush forgets everything.
func (c *Cache) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.levels {
		delete(c.levels, k)
	}
	for k, _ := range c.hits {
		delete(c.hits, k)
	}
	c.recent.Range(func(key, _ any) bool {
		c.recent.Delete(key)
		return true
	})
}

// Prune drops the articles that are sold out. This is a filter, and stays as it is.
func (c *Cache) Prune() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, s := range c.levels {
		if s.Count == 0 {
			delete(c.levels, k)
		}
	}
}
