package fixture

import "sync"

func perGoroutine(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Go(func() {
			var mu sync.Mutex
			mu.Lock() // want `mu is new in every call, so it keeps nobody away from counts\[word\]`
			counts[word]++
			mu.Unlock()
		})
	}
	wg.Wait()
	return counts
}

func perCall(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Add(1)
		go countWord(counts, word, &wg)
	}
	wg.Wait()
	return counts
}

func countWord(counts map[string]int, word string, wg *sync.WaitGroup) {
	defer wg.Done()
	mu := new(sync.Mutex)
	mu.Lock() // want `mu is new in every call, so it keeps nobody away from counts\[word\]`
	counts[word]++
	mu.Unlock()
}

// ok: one lock for all of them.
func oneForAll(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, word := range words {
		wg.Go(func() {
			mu.Lock()
			counts[word]++
			mu.Unlock()
		})
	}
	wg.Wait()
	return counts
}

// ok: the goroutine's own map goes with its own lock.
func ownMap(words []string) {
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Go(func() {
			var mu sync.Mutex
			counts := map[string]int{}
			mu.Lock()
			counts[word]++
			mu.Unlock()
		})
	}
	wg.Wait()
}

var (
	sharedLock  *sync.Mutex
	sharedFirst sync.Once
)

// ok: whoever comes first makes the lock that all take.
func firstMakes(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Go(func() {
			sharedFirst.Do(func() { sharedLock = new(sync.Mutex) })
			sharedLock.Lock()
			counts[word]++
			sharedLock.Unlock()
		})
	}
	wg.Wait()
	return counts
}

type lockTable struct{ locks sync.Map }

// ok: a lock of one's own only if nobody else has put one there.
func (t *lockTable) count(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for range words {
		wg.Go(func() {
			found, _ := t.locks.LoadOrStore("counts", new(sync.Mutex))
			mu := found.(*sync.Mutex)
			mu.Lock()
			counts["words"]++
			mu.Unlock()
		})
	}
	wg.Wait()
	return counts
}
