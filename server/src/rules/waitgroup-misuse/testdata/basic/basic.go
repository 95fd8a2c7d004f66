package basic

import (
	"errors"
	"sync"
)

func work(int) error { return errors.New("no") }

func addedInside(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want `wg.Add\(1\) runs in the goroutine that it counts: wg.Wait\(\) at basic.go:\d+ may come first`
			defer wg.Done()
			work(job)
		}()
	}
	wg.Wait()
}

func addedInsideWithArgument(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func(n int) {
			wg.Add(1) // want `wg.Add\(1\) runs in the goroutine that it counts`
			work(n)
			wg.Done()
		}(job)
	}
	wg.Wait()
}

// The goroutine counts itself late, in a helper.
func addedInHelper() {
	var wg sync.WaitGroup
	go countedWork(&wg)
	wg.Wait()
}

func countedWork(wg *sync.WaitGroup) {
	work(1)
	wg.Add(1) // want `wg.Add\(1\) runs in the goroutine that it counts`
	defer wg.Done()
	work(2)
}

// ok: counted before it starts.
func addedBefore(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	wg.Wait()
}

// ok: the group does the counting.
func started(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { work(job) })
	}
	wg.Wait()
}

// ok: a goroutine that is counted adds those it starts.
func nested(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
	}()
	wg.Wait()
}

// ok: the channel says that it has been counted.
//
// proves: nothing
func announced() {
	var wg sync.WaitGroup
	counted := make(chan struct{})
	go func() {
		wg.Add(1)
		close(counted)
		defer wg.Done()
		work(1)
	}()
	<-counted
	wg.Wait()
}

type server struct {
	wg   sync.WaitGroup
	jobs chan int
}

// ok: who waits, and when, is not to be seen here.
func (s *server) handle() {
	go func() {
		s.wg.Add(1)
		defer s.wg.Done()
		work(1)
	}()
}

func (s *server) stop() { s.wg.Wait() }

func waitsFirst(jobs []int) {
	var wg sync.WaitGroup
	wg.Wait() // want `wg.Wait\(\) comes before wg.Add\(1\) at basic.go:\d+`
	for range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(1)
		}()
	}
}

func waitsBeside(jobs []int) chan error {
	var wg sync.WaitGroup
	results := make(chan error)
	go func() {
		wg.Wait() // want `wg.Wait\(\) runs in a goroutine that was started before wg.Add\(1\) at basic.go:\d+`
		close(results)
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- work(job)
		}()
	}
	return results
}

// ok: the closing goroutine is started when all have been counted.
func closesAfter(jobs []int) chan error {
	var wg sync.WaitGroup
	results := make(chan error)
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- work(job)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}

// ok: the group is used in rounds.
func rounds(all [][]int) {
	var wg sync.WaitGroup
	for _, jobs := range all {
		wg.Wait()
		for range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(1)
			}()
		}
	}
	wg.Wait()
}

func doneEarly() map[string]int {
	results := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { results["a"] = 1 }() // want `results\["a"\].* is used after wg.Done\(\), so wg.Wait\(\) at basic.go:\d+ does not wait for it`
		defer wg.Done()
		work(1)
	}()
	wg.Wait()
	results["b"] = 2
	return results
}

func doneThenWrites() int {
	total := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		work(1)
		wg.Done()
		total = 1 // want `total is used after wg.Done\(\)|total = 1 is used after wg.Done\(\)`
	}()
	wg.Wait()
	return total
}

// ok: Done runs last.
func doneLast() map[string]int {
	results := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() { results["a"] = 1 }()
		work(1)
	}()
	wg.Wait()
	return results
}

func doneMissed(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if err := work(job); err != nil {
				return // want `this return leaves the goroutine without wg.Done\(\): wg.Wait\(\) at basic.go:\d+ never returns`
			}
			work(job + 1)
			wg.Done()
		}()
	}
	wg.Wait()
}

// ok: each way says that it is done.
func doneOnEachWay(job int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := work(job); err != nil {
			wg.Done()
			return
		}
		work(job + 1)
		wg.Done()
	}()
	wg.Wait()
}

// ok: a closure that is deferred says it.
func doneByDeferredClosure(jobs []int, room int) {
	tokens := make(chan struct{}, room)
	var wg sync.WaitGroup
	for _, job := range jobs {
		tokens <- struct{}{}
		wg.Add(1)
		go func() {
			defer func() {
				<-tokens
				wg.Done()
			}()
			if work(job) != nil {
				return
			}
			work(job + 1)
		}()
	}
	wg.Wait()
}

func doneByDeferredClosureOfSome(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if work(job) != nil {
				return // want `this return leaves the goroutine without wg.Done\(\)`
			}
			defer func() {
				work(job)
				wg.Done()
			}()
			work(job + 1)
		}()
	}
	wg.Wait()
}

// ok: what is counted is jobs, not goroutines.
func jobsCounted(jobs []int) {
	var wg sync.WaitGroup
	queue := make(chan int)
	for range 3 {
		go func() {
			for job := range queue {
				if work(job) != nil {
					wg.Done()
					continue
				}
				wg.Done()
			}
		}()
	}
	for _, job := range jobs {
		wg.Add(1)
		queue <- job
	}
	wg.Wait()
	close(queue)
}

// proves: deadlock
func tooFew() {
	var wg sync.WaitGroup
	wg.Add(3)
	for range 2 {
		go func() {
			defer wg.Done()
			work(1)
		}()
	}
	wg.Wait() // want `wg.Wait\(\) never returns: wg is told of 3 and Done is called 2 times`
}

// proves: panic "negative WaitGroup counter"
func tooMany() {
	var wg sync.WaitGroup
	wg.Add(1)
	for i := 0; i < 2; i++ {
		go func() {
			defer wg.Done() // want `wg.Done\(\) panics: wg is told of 1 and Done is called 2 times`
			work(1)
		}()
	}
	wg.Wait()
}

// ok: two and two.
//
// proves: nothing
func enough() {
	var wg sync.WaitGroup
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			work(1)
		}()
	}
	wg.Wait()
}

// ok: how many there are is not known.
func asManyAsThereAre(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for range jobs {
		go func() {
			defer wg.Done()
			work(1)
		}()
	}
	wg.Wait()
}

// ok: the loop may end early, and then adds back what it did not start.
func corrected(jobs []int, quit func() bool) {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		if quit() {
			wg.Done()
			continue
		}
		go func() {
			defer wg.Done()
			work(1)
		}()
	}
	wg.Wait()
}

// proves: deadlock
func copied() {
	var wg sync.WaitGroup
	wg.Add(1)
	go finish(wg)
	wg.Wait()
}

func finish(wg sync.WaitGroup) { // want `wg is a copy: Done on it does not release wg.Wait\(\) at basic.go:\d+`
	defer wg.Done()
	work(1)
}

// ok: a pointer is one group.
//
// proves: nothing
func shared() {
	var wg sync.WaitGroup
	wg.Add(1)
	go finishShared(&wg)
	wg.Wait()
}

func finishShared(wg *sync.WaitGroup) {
	defer wg.Done()
	work(1)
}

// ok: what is deferred waits at the end.
func waitsWhenDone(jobs []int) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
		}()
	}
}
