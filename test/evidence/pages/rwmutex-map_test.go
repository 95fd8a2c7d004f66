package example

import (
	"strconv"
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	var c Cache
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				c.Set(strconv.Itoa(k), k)
				c.Get("1")
				for range c.Snapshot() {
				}
				c.Reset()
			}
		}()
	}
	wg.Wait()
	if _, ok := c.Get("1"); ok {
		t.Error("an entry after the last Reset")
	}
}
