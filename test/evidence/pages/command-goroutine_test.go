package example

import (
	"strconv"
	"sync"
	"testing"
)

func TestConcurrentUse(t *testing.T) {
	s := NewStore()
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				s.Set(strconv.Itoa(k), k)
				s.Get("1")
				s.Delete("1")
			}
		}()
	}
	wg.Wait()
	s.Clear()
	if _, ok := s.Get("2"); ok {
		t.Error("an entry after Clear")
	}
	s.Stop()
	s.Stop()
	if s.Set("1", 1) {
		t.Error("a stopped store accepts")
	}
}

func TestStopWhileInUse(t *testing.T) {
	s := NewStore()
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for s.Set("1", 1) {
				s.Get("1")
			}
		}()
	}
	s.Stop()
	wg.Wait()
}
