package always

import "sync"

type cache struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	first   sync.Once
	second  sync.Once
	third   sync.Once
	fourth  sync.Once
	fifth   sync.Once
	sixth   sync.Once
	seventh sync.Once
	eighth  sync.Once
	ninth   sync.Once
	entries map[string]int
	resets  int
}

func (c *cache) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = 1
}

// The literal locks itself and is the last that the method does: its statements stand there as they are.
func (c *cache) Reset() {
	c.first.Do(func() { // want `c.first.Do clears c.entries`
		c.mu.Lock()
		defer c.mu.Unlock()
		// All of them.
		clear(c.entries)

		if c.resets == 0 {
			return
		}
		c.resets++
	})
}

// The caller holds the lock: nothing to return from, nothing deferred.
func (c *cache) ResetHeld() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.second.Do(func() { clear(c.entries) }) // want `c.second.Do clears c.entries`
	return len(c.entries)
}

// What it defers is meant for its own end.
func (c *cache) ResetAndGo() {
	c.third.Do(func() { // want `c.third.Do clears c.entries`
		c.mu.Lock()
		defer c.mu.Unlock()
		clear(c.entries)
	})
	println("reset")
}

// A name of its own that is used around it, too.
func (c *cache) ResetCounted() int {
	size := 0
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fourth.Do(func() { // want `c.fourth.Do clears c.entries`
		size := len(c.entries)
		clear(c.entries)
		c.resets += size
	})
	return size
}

func (c *cache) dropAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.entries)
}

func (c *cache) ResetByMethod() {
	c.fifth.Do(c.dropAll) // want `c.fifth.Do clears c.entries`
}

func (c *cache) emptied() {
	c.sixth.Do(func() { // want `c.sixth.Do clears c.entries`
		clear(c.entries)
	})
}

// All callers hold it.
func (c *cache) ResetThrough() {
	c.mu.Lock()
	c.emptied()
	c.mu.Unlock()
}

// No fix: whether it is held depends on the caller.
func (c *cache) sometimes() {
	c.seventh.Do(func() { // want `c.seventh.Do clears c.entries`
		clear(c.entries)
	})
}

func (c *cache) ResetLocked() {
	c.mu.Lock()
	c.sometimes()
	c.mu.Unlock()
}

func (c *cache) ResetUnlocked() {
	c.sometimes()
}

// No fix: a lock for readers keeps nobody from clearing beside it.
func (c *cache) ResetReading() {
	c.rw.RLock()
	defer c.rw.RUnlock()
	c.eighth.Do(func() { // want `c.eighth.Do clears c.entries`
		clear(c.entries)
	})
}

// No fix: it would have to run when the method ends.
func (c *cache) ResetAtEnd() {
	defer c.ninth.Do(c.dropAll) // want `c.ninth.Do clears c.entries`
	println("reset")
}

// No fix: the guard's variable would be used nowhere.
func (c *cache) ResetByVariable() {
	guard := c
	guard.ninth.Do(c.dropAll) // want `guard.ninth.Do clears c.entries`
}

// No fix: the comment would stand behind something else.
func (c *cache) ResetWithComment() {
	c.ninth.Do( /* once */ c.dropAll) // want `c.ninth.Do\( /\* once \*/ clears|c.ninth.Do clears c.entries`
}
