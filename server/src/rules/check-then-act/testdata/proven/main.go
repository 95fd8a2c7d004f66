package main

import (
	"fmt"
	"sync"
)

type table struct{ m sync.Map }

func (t *table) count(name string) {
	v, _ := t.m.Load(name)
	n, _ := v.(int)
	t.m.Store(name, n+1) // want `what is stored for name was computed from the Load in line 11`
}

func (t *table) add(name string) {
	for {
		v, _ := t.m.LoadOrStore(name, 0)
		if t.m.CompareAndSwap(name, v, v.(int)+1) {
			return
		}
	}
}

func times(n int, f func()) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range n {
				f()
			}
		})
	}
	wg.Wait()
}

// proves: output "lost"
func loses() {
	var t table
	times(2000, func() { t.count("a") })
	if v, _ := t.m.Load("a"); v != 16000 {
		fmt.Println("lost", 16000-v.(int))
	}
}

// ok: CompareAndSwap notices the other.
//
// proves: nothing
func keeps() {
	var t table
	times(100, func() { t.add("a") })
}

func main() {}
