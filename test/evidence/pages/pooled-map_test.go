package example

import (
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				if got := Unique([]string{"a", "b", "a"}); got != 2 {
					t.Errorf("%d different names", got)
				}
			}
		}()
	}
	wg.Wait()
}
