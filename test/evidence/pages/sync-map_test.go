package example

import (
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	var s Sessions
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				s.entries.Store(k, i)
				s.Reset()
			}
		}()
	}
	wg.Wait()
}
