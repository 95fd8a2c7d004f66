package fixture

import "sync"

var counts = map[string]int{}

func Count(name string) {
	var mu sync.Mutex
	mu.Lock() // want `mu is new in every call, so it keeps nobody away from counts`
	defer mu.Unlock()
	counts[name]++
}

type cache struct {
	mu      sync.Mutex
	log     sync.Mutex
	entries map[string]int
}

// ok: the receiver is a copy, which copied-lock says
func (c cache) Put(key string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
}

type table struct {
	mu      sync.Mutex
	log     sync.Mutex
	entries map[string]int
}

func (t *table) Get(key string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.entries[key]
}

func (t *table) Set(key string, v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries[key] = v
}

func (t *table) Delete(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.entries, key)
}

func (t *table) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}

func (t *table) Has(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.entries[key]
	return ok
}

func (t *table) Log(key string) {
	t.log.Lock()
	defer t.log.Unlock()
	t.entries[key]++ // want `t\.log is held at t\.entries, but mu is what guards it`
}

func (t *table) Later(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	go func() {
		t.entries[key] = 0 // want `t\.mu is held by the function that starts this goroutine`
	}()
}

// ok: the goroutine takes the lock
func (t *table) LaterLocked(key string) {
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.entries[key] = 0
	}()
}

// ok: the goroutine is left the lock: it unlocks it
func (t *table) Fill(keys []string) {
	t.mu.Lock()
	go func() {
		defer t.mu.Unlock()
		for _, key := range keys {
			t.entries[key] = 0
		}
	}()
}

// ok: the same, started by a helper
func (t *table) FillSafely(keys []string) {
	t.mu.Lock()
	go recovering(func() {
		defer t.mu.Unlock()
		for _, key := range keys {
			t.entries[key] = 0
		}
	})
}

func recovering(f func()) {
	defer func() { _ = recover() }()
	f()
}

// ok: both locks
func (t *table) Both(key string) {
	t.log.Lock()
	defer t.log.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries[key]++
}

// ok: shared by the goroutines that the function starts
func sum(lists [][]int) (total int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, list := range lists {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			total += len(list)
		}()
	}
	wg.Wait()
	return total
}

// ok: passed on
func handed(run func(*sync.Mutex)) {
	var mu sync.Mutex
	run(&mu)
	mu.Lock()
	counts["handed"]++
	mu.Unlock()
}

type pointed struct {
	mu      *sync.Mutex
	entries map[string]int
}

// ok: the copy has the same lock
func (p pointed) Put(key string, v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries[key] = v
}

// ok: guards only what is local
func local(names []string) map[string]int {
	var mu sync.Mutex
	m := map[string]int{}
	mu.Lock()
	for _, name := range names {
		m[name]++
	}
	mu.Unlock()
	return m
}
