package main

import (
	"fmt"
	"sync"
)

// proves: race
func everyGoroutineWrites() {
	results := map[int]int{}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = i // want `results\[i\] is written here by every goroutine`
		}()
	}
	wg.Wait()
	fmt.Println(len(results))
}

// proves: race
func readsBeforeTheWait() {
	var wg sync.WaitGroup
	total := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		total = 1 // want `total is written here while main\.go:\d+ may read it`
	}()
	fmt.Println(total)
	wg.Wait()
}

// proves: race
func onlyOneLocks() {
	var mu sync.Mutex
	counts := map[string]int{}
	done := make(chan bool)
	go func() {
		mu.Lock()
		counts["a"]++
		mu.Unlock()
		done <- true
	}()
	counts["b"]++ // want `counts\["b"\] is used here without mu`
	<-done
}

// ok: each has its own element.
//
// proves: nothing
func ownElements() {
	results := make([]int, 4)
	var wg sync.WaitGroup
	for i := range results {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = i
		}()
	}
	wg.Wait()
	fmt.Println(results)
}

// ok: both lock.
//
// proves: nothing
func bothLock() {
	var mu sync.Mutex
	counts := map[string]int{}
	done := make(chan bool)
	go func() {
		mu.Lock()
		counts["a"]++
		mu.Unlock()
		done <- true
	}()
	mu.Lock()
	counts["b"]++
	mu.Unlock()
	<-done
}

// ok: the receive comes before the read.
//
// proves: nothing
func receivesFirst() {
	total := 0
	done := make(chan bool)
	go func() {
		total = 1
		close(done)
	}()
	<-done
	fmt.Println(total)
}

// ok: the goroutine starts after the writes.
//
// proves: nothing
func writesBeforeTheStart() {
	counts := map[string]int{"a": 1}
	counts["b"] = 2
	done := make(chan int)
	go func() { done <- counts["a"] + counts["b"] }()
	fmt.Println(<-done)
}

func main() {}
