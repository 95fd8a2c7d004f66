package basic

import "sync"

type cache struct {
	mu      sync.Mutex
	once    sync.Once
	init    sync.Once
	closing sync.Once
	rearmed sync.Once
	entries map[string]int
	sealed  map[string]int
	done    chan struct{}
}

func (c *cache) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = 1
}

func (c *cache) Reset() {
	c.once.Do(func() { // want `c.once.Do clears c.entries at the first call only: what is added at basic.go:\d+ afterwards stays`
		c.mu.Lock()
		defer c.mu.Unlock()
		clear(c.entries)
	})
}

var resetAll sync.Once

func (c *cache) ResetByLoop() {
	resetAll.Do(c.dropAll) // want `resetAll.Do clears c.entries at the first call only`
}

func (c *cache) dropAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key := range c.entries {
		delete(c.entries, key)
	}
}

// ok: made once, which is what Once is for.
func (c *cache) Init() {
	c.init.Do(func() { c.entries = make(map[string]int) })
}

// ok: the end of its use comes once.
func (c *cache) Close() {
	c.closing.Do(func() { clear(c.entries) })
}

// ok: a channel cannot be closed twice.
func (c *cache) Finally() {
	c.closing.Do(func() {
		close(c.done)
		clear(c.entries)
	})
}

// ok: nothing is added afterwards.
func (c *cache) Seal() {
	c.once.Do(func() { clear(c.sealed) })
}

// ok: the guard is armed again.
func (c *cache) Refresh() {
	c.rearmed.Do(func() { clear(c.entries) })
}

func (c *cache) Rearm() { c.rearmed = sync.Once{} }

// ok: each call has a guard of its own.
func (c *cache) EachTime(parts []string) {
	var once sync.Once
	for range parts {
		once.Do(func() { clear(c.entries) })
	}
}

// ok: some entries go, others stay.
func (c *cache) Prune() {
	c.once.Do(func() {
		delete(c.entries, "first")
	})
}

func flag(m map[string]int) bool {
	var once sync.Once
	var cleared bool
	once.Do(func() {
		go func() {
			clear(m)
			cleared = true // want `cleared.* is set by a goroutine that once.Do at basic.go:\d+ starts and does not wait for`
		}()
	})
	return cleared
}

// ok: the goroutine is waited for.
func flagAfterWait(m map[string]int) bool {
	var once sync.Once
	var cleared bool
	var wg sync.WaitGroup
	once.Do(func() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			clear(m)
			cleared = true
		}()
	})
	wg.Wait()
	return cleared
}

// ok: Do returns when its function has.
func flagInDo(m map[string]int) bool {
	var once sync.Once
	var cleared bool
	once.Do(func() {
		clear(m)
		cleared = true
	})
	return cleared
}
