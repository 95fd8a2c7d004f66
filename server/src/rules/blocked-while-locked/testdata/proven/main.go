package main

import (
	"fmt"
	"sync"
	"time"
)

// proves: deadlock
func waitsWithLock() {
	var mu sync.Mutex
	done := make(chan bool)
	n := 0
	mu.Lock()
	go func() {
		mu.Lock()
		n++
		mu.Unlock()
		done <- true
	}()
	<-done // want `this waits while mu is held, and the other side at main.go:\d+ needs mu first: neither goes on`
	mu.Unlock()
	fmt.Println(n)
}

// proves: deadlock
func joinsWithLock() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	mu.Lock()
	defer mu.Unlock()
	go func() {
		defer wg.Done()
		mu.Lock()
		defer mu.Unlock()
		n++
	}()
	wg.Wait() // want `this waits while mu is held`
	fmt.Println(n)
}

// proves: deadlock
func sendsWithLock() {
	var mu sync.Mutex
	jobs := make(chan int)
	mu.Lock()
	go func() {
		mu.Lock()
		fmt.Println(<-jobs)
		mu.Unlock()
	}()
	jobs <- 1 // want `this waits while mu is held`
	mu.Unlock()
}

// ok: unlocked before it waits.
//
// proves: nothing
func waitsWithoutLock() {
	var mu sync.Mutex
	done := make(chan bool)
	n := 0
	go func() {
		mu.Lock()
		n++
		mu.Unlock()
		done <- true
	}()
	mu.Lock()
	n++
	mu.Unlock()
	<-done
}

// ok: the other side needs no lock.
//
// proves: nothing
func otherWithoutLock() {
	var mu sync.Mutex
	done := make(chan bool)
	mu.Lock()
	go func() { done <- true }()
	<-done
	mu.Unlock()
}

// ok: another lock.
//
// proves: nothing
func otherLock() {
	var mu, other sync.Mutex
	done := make(chan bool)
	mu.Lock()
	go func() {
		other.Lock()
		defer other.Unlock()
		done <- true
	}()
	<-done
	mu.Unlock()
}

// ok: there is room for the value, so the send does not wait.
//
// proves: nothing
func sendsWithRoom() {
	var mu sync.Mutex
	jobs := make(chan int, 1)
	mu.Lock()
	go func() {
		mu.Lock()
		<-jobs
		mu.Unlock()
	}()
	jobs <- 1
	mu.Unlock()
}

// ok: gives up after a while.
//
// proves: nothing
func waitsForAWhile() {
	var mu sync.Mutex
	done := make(chan bool, 1)
	mu.Lock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		done <- true
	}()
	select {
	case <-done:
	case <-time.After(time.Millisecond):
	}
	mu.Unlock()
}

func main() {
	waitsWithoutLock()
}
