package example

import (
	"strconv"
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	var r Registry
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 50; k++ {
				r.Register(strconv.Itoa(k))
				r.Each(func(name string) { r.Register(name) })
			}
		}()
	}
	wg.Wait()
}
