package basic

import "sync"

func addedForAll(words []string, look func(string) error) {
	var wg sync.WaitGroup
	wg.Add(len(words))
	for _, word := range words {
		go func() {
			if look(word) != nil {
				return // want `without`
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func addedForCount(n int, look func(int) error) {
	var wg sync.WaitGroup
	wg.Add(n)
	for i := range n {
		go func() {
			if look(i) != nil {
				return // want `without`
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func addedForWorkers(look func(int) error) {
	const workers = 4
	var wg sync.WaitGroup
	wg.Add(workers)
	for i := 0; i < workers; i++ {
		go func() {
			if look(i) != nil {
				return // want `without`
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

// ok: each says it is done, however it ends.
func deferredForAll(words []string, look func(string) error) {
	var wg sync.WaitGroup
	wg.Add(len(words))
	for _, word := range words {
		go func() {
			defer wg.Done()
			if look(word) != nil {
				return
			}
			println(word)
		}()
	}
	wg.Wait()
}

// ok: how many are waited for has nothing to do with the rounds of the loop.
func firstFew(words []string, want int, look func(string) error) {
	var wg sync.WaitGroup
	wg.Add(want)
	for _, word := range words {
		go func() {
			if look(word) != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

// ok: another list than the one that was counted.
func others(words, more []string, look func(string) error) {
	var wg sync.WaitGroup
	wg.Add(len(words))
	for _, word := range more {
		go func() {
			if look(word) != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}
