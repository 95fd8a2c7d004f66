package main

import "sync"

var counts = map[string]int{}

func count(name string) {
	var mu sync.Mutex
	mu.Lock() // want `mu is new in every call, so it keeps nobody away from counts`
	defer mu.Unlock()
	counts[name]++
}

var (
	totalsMu sync.Mutex
	totals   = map[string]int{}
)

func total(name string) {
	totalsMu.Lock()
	defer totalsMu.Unlock()
	totals[name]++
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Go(b)
	wg.Wait()
}

// proves: race
func twoCounts() {
	together(func() { count("a") }, func() { count("b") })
}

// ok: one lock for all.
//
// proves: nothing
func twoTotals() {
	together(func() { total("a") }, func() { total("b") })
}

func main() {}
