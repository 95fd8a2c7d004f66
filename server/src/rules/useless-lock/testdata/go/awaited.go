package fixture

import "sync"

type ledger struct {
	mu      sync.Mutex
	entries map[string]int
}

func (t *ledger) Set(key string, value int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries[key] = value
	t.entries["last"] = value
	t.entries["all"]++
}

func (t *ledger) Add(key string, value int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries[key] += value
	t.entries["last"] = value
	t.entries["sum"] += value
}

func (t *ledger) Remove(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.entries, key)
	t.entries["removed"]++
	t.entries["all"]--
}

func (t *ledger) Sum() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.entries["sum"] + t.entries["last"] + t.entries["all"] + t.entries["removed"]
}

// ok: the lock is held until the goroutines are done.
func (t *ledger) LaterAwaited(keys []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var pending sync.WaitGroup
	for _, key := range keys {
		pending.Add(1)
		go func() {
			defer pending.Done()
			if _, ok := t.entries[key]; ok {
				println(key)
			}
		}()
	}
	pending.Wait()
}

// ok: as many answers are received as goroutines were started, unless one way waits for the rest.
func (t *ledger) LaterAnswered(keys []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	answers := make(chan error, len(keys))
	for _, key := range keys {
		go func() {
			println(t.entries[key])
			answers <- nil
		}()
	}
	for range cap(answers) {
		if err := <-answers; err != nil {
			return err
		}
	}
	return nil
}

// One way leads to the end without waiting.
func (t *ledger) LaterInPart(key string, wait bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	done := make(chan bool, 1)
	go func() {
		t.entries[key] = 0 // want `t\.mu is held by the function that starts this goroutine`
		done <- true
	}()
	if wait {
		<-done
	}
}

// It is waited for when the lock is free again.
func (t *ledger) LaterTooLate(key string) {
	done := make(chan bool)
	t.mu.Lock()
	go func() {
		t.entries[key] = 0 // want `t\.mu is held by the function that starts this goroutine`
		close(done)
	}()
	t.mu.Unlock()
	<-done
}
