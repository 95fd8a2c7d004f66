package main

import (
	"context"
	"sync"
)

func answer(host int) int { return host }

func ask(ctx context.Context, host int) int {
	answers := make(chan int)
	go func() {
		answers <- answer(host) // want `the return at main.go:\d+ leaves this send without a receiver`
	}()
	select {
	case n := <-answers:
		return n
	case <-ctx.Done():
		return -1
	}
}

// proves: leak
func cancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 {
		ask(ctx, 1)
	}
}

func first(hosts []int) int {
	answers := make(chan int)
	for _, host := range hosts {
		go func() {
			answers <- answer(host) // want `only one value is received from answers`
		}()
	}
	return <-answers
}

// proves: leak
func firstOfThree() { first([]int{1, 2, 3}) }

func feed(jobs []int) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range queue { // want `nobody closes queue: this loop never ends, and neither does wg.Wait\(\)`
			answer(job)
		}
	}()
	for _, job := range jobs {
		queue <- job
	}
	wg.Wait()
}

// proves: deadlock
func feedThree() { feed([]int{1, 2, 3}) }

func each(hosts []int) (sum int) {
	answers := make(chan int)
	for _, host := range hosts {
		go func() { answers <- answer(host) }()
	}
	for range hosts {
		sum += <-answers
	}
	return sum
}

// ok: one answer for each.
//
// proves: nothing
func allOfThree() { each([]int{1, 2, 3}) }

func closeTwice(early bool) {
	done := make(chan struct{})
	defer close(done) // want `done is closed at main.go:\d+ already: closing it again panics`
	if early {
		close(done)
	}
}

// proves: panic "close of closed channel"
func closedEarly() { closeTwice(true) }

// ok: not closed before.
//
// proves: nothing
func closedLate() { closeTwice(false) }

func main() {
	allOfThree()
}
