package guard

import (
	"fmt"
	s "sync"
)

// Both uses get a mutex that is declared beside the map.
func Both() {
	seen := map[string]int{} // by name
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil { // want `recover does not stop what`
				fmt.Println(r)
			}
		}()
		seen["a"] = 1 // the first
	}()
	seen["b"] = 2
	<-done
}

// One side has a lock: the other takes it.
func OneLocked() {
	var mu s.Mutex
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		seen["a"] = 1
	}()
	mu.Lock()
	seen["b"] = 2
	mu.Unlock()
	<-done
}

// With mu taken, another name.
func Named(mu int) int {
	var seen = map[string]int{}
	var wg s.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { recover() }() // want `recover does not stop what`
			seen["a"]++
		}()
	}
	wg.Wait()
	return mu + seen["a"]
}

func value() int { return 1 }

// No fix: a call under a new lock might wait for ever.
func Calls() {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		seen["a"] = value()
	}()
	seen["b"] = 2
	<-done
}

// No fix: who gave the map may use it, too.
func Given(seen map[string]int) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		seen["a"] = 1
	}()
	seen["b"] = 2
	<-done
}

// No fix: the lock of the one side has another name at the other.
func OtherName() {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		seen["a"] = 1
	}()
	{
		var mu s.Mutex
		mu.Lock()
		seen["b"] = 2
		mu.Unlock()
	}
	<-done
}

var all = map[string]int{}

// No fix: a map of the package may be used anywhere.
func OfPackage() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		all["a"] = 1
	}()
	all["b"] = 2
	<-done
}

// No fix: a statement of several uses.
func Within() {
	seen := map[string]int{}
	done := make(chan struct{})
	if seen["b"] == 0 {
		go func() {
			defer close(done)
			defer func() { recover() }() // want `recover does not stop what`
			seen["a"] = 1
		}()
		if seen["c"] == 0 {
			println("new")
		}
	}
	<-done
}
