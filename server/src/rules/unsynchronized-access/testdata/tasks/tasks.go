package tasks

import (
	"errors"
	"net/http"
	"sync"
	"time"
)

func fetch(url string) (string, error) { return url, errors.New(url) }

func everyGoroutineWrites(urls []string) map[string]string {
	results := make(map[string]string)
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			body, _ := fetch(url)
			results[url] = body // want `results\[url\] is written here by every goroutine that tasks\.go:\d+ starts`
		}()
	}
	wg.Wait()
	return results
}

func sharedError(urls []string) error {
	var err error
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err = fetch(urls[0]) // want `err is written here and at tasks\.go:\d+`
	})
	_, err = fetch(urls[1])
	wg.Wait()
	return err
}

func appended(urls []string) []string {
	var all []string
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			all = append(all, url) // want `all is written here by every goroutine`
		}()
	}
	wg.Wait()
	return all
}

func readBeforeTheJoin(urls []string) int {
	total := 0
	done := make(chan bool)
	go func() {
		total = len(urls) // want `total is written here while tasks\.go:\d+ may read it`
		done <- true
	}()
	seen := total
	<-done
	return seen + total
}

type counter struct{ hits map[string]int }

func (c *counter) count(name string) { c.hits[name]++ } // want `c\.hits\[name\] is written here while tasks\.go:\d+ may read it`

func (c *counter) total() int {
	sum := 0
	for _, n := range c.hits {
		sum += n
	}
	return sum
}

func methodsOfOne(names []string) int {
	c := &counter{hits: map[string]int{}}
	go c.count(names[0])
	return c.total()
}

type registry struct{ inner struct{ byName map[string]int } }

func aliases(r *registry) {
	m := r.inner.byName
	go func() {
		delete(m, "old") // want `delete\(m, "old"\) is written here and at`
	}()
	r.inner.byName["new"] = 1
}

func cleared(m map[string]int, done chan<- struct{}) {
	go func() {
		clear(m) // want `clear\(m\) is written here while`
		close(done)
	}()
	_ = len(m)
}

func replaced() map[string]int {
	m := map[string]int{"a": 1}
	go func() {
		m = map[string]int{} // want `m is written here while`
	}()
	return m
}

func afterATimer() int {
	n := 0
	time.AfterFunc(time.Second, func() {
		n++ // want `n is written here while`
	})
	time.Sleep(2 * time.Second)
	return n
}

func handler() http.Handler {
	mux := http.NewServeMux()
	seen := map[string]bool{}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		seen[r.URL.Path] = true // want `seen\[r\.URL\.Path\] is written here by every goroutine`
	})
	return mux
}

func start(f func()) { go f() }

func throughAHelper() int {
	n := 0
	start(func() {
		n = 1 // want `n is written here while`
	})
	return n
}

// ok: each goroutine has a variable of its own.
func own(urls []string) {
	for _, url := range urls {
		go func() {
			body, err := fetch(url)
			_, _ = body, err
		}()
	}
}

// ok: each goroutine writes an element of its own.
func partitioned(urls []string) []string {
	results := make([]string, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i], _ = fetch(url)
		}()
	}
	wg.Wait()
	return results
}

// ok: distinct fields are distinct variables.
func fields() {
	var pair struct{ a, b int }
	done := make(chan bool)
	go func() {
		pair.a = 1
		done <- true
	}()
	pair.b = 2
	<-done
}

// ok: nobody writes once the goroutines run.
func readOnly(names []string) {
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for range 3 {
		go func() { _ = known["a"] }()
	}
}

// ok: the map is made anew for each goroutine.
func perRound(names []string) {
	for _, name := range names {
		m := map[string]int{}
		m[name] = 1
		go func() { m[name] = 2 }()
	}
}

// ok: what is passed as an argument is read when the goroutine starts.
func argument() {
	n := 0
	go func(n int) { _ = n }(n)
	n = 1
}

// ok: the loop variable is one per iteration since Go 1.22, and i++ counts in the next one.
func loopVariable() {
	for i := 0; i < 3; i++ {
		go func() { _ = i }()
	}
}

// ok: it is written before anything runs beside it.
func published(names []string) {
	c := &counter{}
	c.hits = map[string]int{}
	c.hits["a"] = 1
	go c.total()
}

// ok: what unknown code does with the channel may order the two.
func unknownOrder(notify func(chan struct{})) int {
	n := 0
	ready := make(chan struct{})
	go func() {
		n = 1
		notify(ready)
	}()
	<-ready
	return n
}

type tally struct{ n int }

// ok: each goroutine has the tally of its index.
func ownTallies(jobs []func() int) []*tally {
	tallies := make([]*tally, len(jobs))
	for i := range tallies {
		tallies[i] = &tally{}
	}
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() { tallies[i].n += job() })
	}
	wg.Wait()
	return tallies
}

// ok: who closes which is decided by its number.
func ownChannels(threads, n int) {
	done := make([]chan struct{}, n)
	for i := range done {
		done[i] = make(chan struct{})
	}
	var wg sync.WaitGroup
	for t := range threads {
		wg.Go(func() {
			for i := range n {
				if ch := done[i]; i%threads == t {
					close(ch)
				}
			}
		})
	}
	wg.Wait()
}

func firstTally(jobs []func() int) int {
	tallies := []*tally{{}}
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { tallies[0].n += job() }) // want `tallies\[0\]\.n is written here by every goroutine`
	}
	wg.Wait()
	return tallies[0].n
}

type source struct {
	errs chan error
	text string
}

// ok: each goroutine has the source of its index.
func ownSources(names []string, read func(string) (string, error)) []*source {
	sources := make([]*source, len(names))
	for i := range sources {
		var s source
		s.errs = make(chan error, 1)
		sources[i] = &s
	}
	for i, name := range names {
		s := sources[i]
		go func() {
			defer close(s.errs)
			text, err := read(name)
			if err != nil {
				s.errs <- err
			}
			s.text = text
		}()
	}
	for _, s := range sources {
		for range s.errs {
		}
	}
	return sources
}
