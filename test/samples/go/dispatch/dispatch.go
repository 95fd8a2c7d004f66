// Package dispatch hands the orders of a day to the people who pick them.
package dispatch

import "sync"

// Order is what a customer has bought.
type Order struct {
	ID       string
	Articles []string
}

// Plan asks for every order who picks it, all at the same time: the answers take a while.
func Plan(orders []Order, assign func(Order) string) map[string]string {
	plan := make(map[string]string, len(orders))
	var wg sync.WaitGroup
	for _, order := range orders {
		wg.Add(1)
		go func() {
			defer wg.Done()
			plan[order.ID] = assign(order)
		}()
	}
	wg.Wait()
	return plan
}

// Board counts what each person has picked today.
type Board struct {
	mu     sync.Mutex
	picked map[string]int
}

// Done counts one order.
func (b *Board) Done(person string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.picked == nil {
		b.picked = make(map[string]int)
	}
	b.picked[person]++
}

// Picked returns how many orders somebody has picked.
func (b *Board) Picked(person string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.picked[person]
}

// Total returns how many orders all have picked.
func (b *Board) Total() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	total := 0
	for _, count := range b.picked {
		total += count
	}
	return total
}

// NewDay begins to count again.
func (b *Board) NewDay() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.picked)
}

// Counts is what the screen in the hall shows.
func (b *Board) Counts() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.picked
}
