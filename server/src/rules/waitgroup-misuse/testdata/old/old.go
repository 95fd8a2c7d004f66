package old

import "sync"

// Before Go 1.25 there is no WaitGroup.Go.
func addedInside(jobs []int, work func(int)) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want `runs in the goroutine that it counts`
			defer wg.Done()
			_ = job
		}()
	}
	wg.Wait()
}

// ok: counted before.
func addedBefore(jobs []int) {
	var wg sync.WaitGroup
	for range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
		}()
	}
	wg.Wait()
}
