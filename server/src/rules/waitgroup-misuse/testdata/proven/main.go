package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

func work(job int) error {
	if job%2 == 0 {
		return errors.New("even")
	}
	return nil
}

func count(jobs []int) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	sum := 0
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want `wg.Add\(1\) runs in the goroutine that it counts`
			defer wg.Done()
			time.Sleep(time.Millisecond)
			mu.Lock()
			sum += job
			mu.Unlock()
		}()
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	return sum
}

// proves: output "sum 0"
func countsNothing() { fmt.Println("sum", count([]int{1, 2, 3})) }

func all(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if work(job) != nil {
				return // want `this return leaves the goroutine without wg.Done\(\)`
			}
			fmt.Println(job)
			wg.Done()
		}()
	}
	wg.Wait()
}

// proves: deadlock
func missesDone() { all([]int{1, 2}) }

// proves: race
func writesAfterDone() {
	total := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done()
		total = 1 // want `total.* is used after wg.Done\(\)`
	}()
	wg.Wait()
	fmt.Println(total)
}

// ok: Done comes last.
//
// proves: nothing
func writesBeforeDone() {
	total := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		total = 1
	}()
	wg.Wait()
	fmt.Println(total)
}

func closing(jobs []int) chan error {
	var wg sync.WaitGroup
	results := make(chan error)
	go func() {
		wg.Wait() // want `wg.Wait\(\) runs in a goroutine that was started before wg.Add\(1\)`
		close(results)
	}()
	time.Sleep(time.Millisecond)
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- work(job)
		}()
	}
	return results
}

// proves: panic "send on closed channel"
func closesTooEarly() {
	for range closing([]int{1, 2, 3}) {
	}
	time.Sleep(10 * time.Millisecond)
}

func main() {
	writesBeforeDone()
}
