package main

import "sync"

var (
	first, second sync.Mutex
	third, fourth sync.Mutex
	moved         int
	counted       int
)

func forth() {
	first.Lock()
	second.Lock() // want `second is locked here while first is held; back locks them the other way round`
	moved++
	second.Unlock()
	first.Unlock()
}

func back() {
	second.Lock()
	first.Lock()
	moved--
	first.Unlock()
	second.Unlock()
}

func inOrder() {
	third.Lock()
	fourth.Lock()
	counted++
	fourth.Unlock()
	third.Unlock()
}

func together(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 100000 {
			a()
		}
	})
	wg.Go(func() {
		for range 100000 {
			b()
		}
	})
	wg.Wait()
}

// proves: deadlock
func bothWays() { together(forth, back) }

// ok: one order.
//
// proves: nothing
func oneOrder() {
	var wg sync.WaitGroup
	wg.Go(inOrder)
	wg.Go(inOrder)
	wg.Wait()
}

func main() {}
