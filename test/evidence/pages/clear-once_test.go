package example

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func TestClearsAgain(t *testing.T) {
	var p Pool
	var closed atomic.Int32
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 50; k++ {
				p.Put(p.Generation(), strconv.Itoa(i*1000+k), func() { closed.Add(1) })
				<-p.Clear()
			}
		}()
	}
	wg.Wait()
	before := p.Generation()
	<-p.Clear()
	if p.Put(before, "late", func() {}) {
		t.Error("work of an earlier generation is kept")
	}
}
