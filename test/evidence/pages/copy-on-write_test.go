package example

import (
	"strconv"
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	var r Routes
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				r.Set(strconv.Itoa(i*1000+k), "target")
				r.Lookup("1")
			}
		}()
	}
	wg.Wait()
	if got := len(*r.current.Load()); got != 400 {
		t.Errorf("%d routes, some are lost", got)
	}
	r.Clear()
	if _, ok := r.Lookup("1"); ok {
		t.Error("a route after Clear")
	}
}
