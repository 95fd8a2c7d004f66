package joins

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// ok: the wait ends when all goroutines are done.
func waitGroup(n int) map[int]int {
	m := map[int]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(n)
	for i := range n {
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			m[i] = i
		}()
	}
	wg.Wait()
	clear(m)
	return m
}

// ok: waitgroup-misuse says that Done comes too early.
func doneTooEarly() int {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		wg.Done()
		n = 1
	}()
	wg.Wait()
	return n
}

// ok: a receive comes after the send.
func received() int {
	n := 0
	done := make(chan struct{})
	go func() {
		n = 1
		done <- struct{}{}
	}()
	<-done
	return n
}

func sentTooEarly() int {
	n := 0
	done := make(chan struct{})
	go func() {
		done <- struct{}{}
		n = 1 // want `n is written here while`
	}()
	<-done
	return n
}

// ok: as many receives as sends.
func counted(jobs []int) int {
	sum := make([]int, 1)
	done := make(chan int)
	for _, job := range jobs {
		go func() { done <- job }()
	}
	for range jobs {
		sum[0] += <-done
	}
	return sum[0]
}

// ok: the loop ends when the channel is closed.
func ranged(jobs []int) int {
	total := 0
	results := make(chan int)
	go func() {
		defer close(results)
		for _, job := range jobs {
			results <- job
		}
		total = len(jobs)
	}()
	for range results {
	}
	return total
}

// ok: whichever case is taken was sent after the write.
func chosen(stop <-chan struct{}) int {
	n := 0
	a, b := make(chan bool, 1), make(chan bool, 1)
	go func() {
		n = 1
		select {
		case a <- true:
		case b <- true:
		}
	}()
	select {
	case <-a:
	case <-b:
	}
	return n
}

func onePathDoesNotWait(quick bool) int {
	n := 0
	done := make(chan bool)
	go func() {
		n = 1 // want `n is written here while`
		close(done)
	}()
	if !quick {
		<-done
	}
	return n
}

// ok: a helper waits.
func helped() int {
	n := 0
	var wg sync.WaitGroup
	launch(&wg, func() { n = 1 })
	join(&wg)
	return n
}

func launch(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

func join(wg *sync.WaitGroup) { wg.Wait() }

// ok: the function of a Once has run when Do returns.
func once() map[string]int {
	var o sync.Once
	var m map[string]int
	get := func() map[string]int {
		o.Do(func() { m = map[string]int{"a": 1} })
		return m
	}
	go get()
	return get()
}

// ok: the flag is set when the map is filled, and looked at before it is read.
func flagged() int {
	m := map[string]int{}
	var ready atomic.Bool
	go func() {
		m["a"] = 1
		ready.Store(true)
	}()
	if ready.Load() {
		return m["a"]
	}
	return 0
}

// ok: each goroutine is waited for before the next one starts.
func oneAfterAnother(jobs []int) {
	total := 0
	done := make(chan bool)
	for _, job := range jobs {
		go func() {
			total += job
			done <- true
		}()
		<-done
	}
}

// ok: a channel with room for one value is a lock.
func semaphore() {
	n := 0
	sem := make(chan struct{}, 1)
	done := make(chan bool)
	go func() {
		sem <- struct{}{}
		n++
		<-sem
		done <- true
	}()
	sem <- struct{}{}
	n++
	<-sem
	<-done
}

// ok: a pipeline: the second goroutine waits for the first one.
func pipeline() int {
	n := 0
	first, second := make(chan bool), make(chan bool)
	go func() {
		n = 1
		close(first)
	}()
	go func() {
		<-first
		n++
		close(second)
	}()
	<-second
	return n
}

// ok: the document's program for a deadlock: the receive comes after the write, so there is neither a race nor a deadlock.
func document() int {
	data := make(map[string]int)
	ch := make(chan bool)
	go func() {
		data["key"] = 42
		ch <- true
	}()
	<-ch
	return data["key"]
}

var groups sync.Pool

func group() *sync.WaitGroup {
	if wg, ok := groups.Get().(*sync.WaitGroup); ok {
		return wg
	}
	return new(sync.WaitGroup)
}

// ok: whichever group it is, it waits for those that it started.
func pooledGroup(jobs []func() error) error {
	var mu sync.Mutex
	var failed error
	wg := group()
	for _, job := range jobs {
		wg.Go(func() {
			if err := job(); err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	groups.Put(wg)
	return failed
}

func pooledGroupLate(jobs []func() error) error {
	var mu sync.Mutex
	var failed error
	wg := group()
	for _, job := range jobs {
		wg.Go(func() {
			if err := job(); err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
			}
		})
	}
	defer wg.Wait()
	return failed // want `failed is used here without mu, which joins.go:\d+ holds when it uses it at the same time`
}

// ok: whoever is given the channel may wait for it.
func givenChannel(run func() int, closed func(<-chan struct{})) int {
	n := 0
	done := make(chan struct{})
	go func() {
		n = run()
		close(done)
	}()
	closed(done)
	return n
}

// ok: whoever is given the function may ask it until it says so.
func givenQuestion(run func() int, eventually func(func() bool)) int {
	n := 0
	var done atomic.Bool
	go func() {
		n = run()
		done.Store(true)
	}()
	eventually(func() bool { return done.Load() })
	return n
}

// ok: the function receives.
func givenReceiver(run func() error, eventually func(func() bool)) {
	out := make(chan error, 1)
	go func() { out <- run() }()
	eventually(func() bool {
		select {
		case <-out:
			return true
		default:
			return false
		}
	})
	close(out)
}

func givenNothing(run func() int, eventually func(func() bool)) int {
	n := 0
	done := make(chan struct{})
	go func() {
		n = run() // want `n is written here while joins.go:\d+ may read it`
		close(done)
	}()
	eventually(func() bool { return true })
	return n
}

type option func(*options)

type options struct{ ctx context.Context }

func with(ctx context.Context) option { return func(o *options) { o.ctx = ctx } }

// ok: fetching ends when the scope is cancelled.
func givenScope(fetch func(...option) <-chan int) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() { cancel() }()
	<-fetch(with(ctx))
	_, cancel = context.WithCancel(context.Background())
	cancel()
}

type listener struct {
	once    sync.Once
	stopped chan struct{}
	err     error
}

// ok: it runs only once, whoever comes first; what it assigns comes before the goroutine.
func (l *listener) init(fail bool) error {
	l.once.Do(func() {
		if fail {
			return
		}
		l.stopped = make(chan struct{})
		go func() {
			defer close(l.stopped)
			l.listen()
		}()
	})
	return l.err
}

func (l *listener) listen() {}

func (l *listener) Listen() error { return l.init(false) }

func (l *listener) Dial() error {
	if err := l.init(true); err != nil {
		return err
	}
	return l.init(false)
}

// ok: once it stops, nothing is accepted any more.
func stopping(accept func() (int, error)) {
	last := 0
	stops := false
	var wg sync.WaitGroup
	for {
		n, err := accept()
		if err != nil {
			stops = n > 3
			if !stops {
				break
			}
			wg.Go(func() { println(last) })
			continue
		}
		if stops {
			continue
		}
		last = n
	}
	wg.Wait()
}

func stoppingAndStarting(accept func() (int, error)) {
	last := 0
	stops := false
	var wg sync.WaitGroup
	for {
		n, err := accept()
		if err != nil {
			stops = n > 3
			if !stops {
				break
			}
			wg.Go(func() { println(last) })
			continue
		}
		if stops {
			stops = n == 0
			continue
		}
		last = n // want `last is written here while joins.go:\d+ may read it`
	}
	wg.Wait()
}

type generation struct{ parts map[string]int }

type feed struct {
	next chan *generation
	done chan struct{}
}

func newFeed(names []string) *feed {
	g := &feed{next: make(chan *generation), done: make(chan struct{})}
	go func() {
		for g.generate(names) {
		}
	}()
	return g
}

func (g *feed) generate(names []string) bool {
	parts := make(map[string]int)
	for i, name := range names {
		parts[name] = i
	}
	select {
	case <-g.done:
		return false
	case g.next <- &generation{parts: parts}:
		return true
	}
}

func (g *feed) Next() *generation {
	select {
	case <-g.done:
		return nil
	case next := <-g.next:
		return next
	}
}

// ok: what is received was made and filled before it was sent.
func follow(names []string, say func(int)) {
	g := newFeed(names)
	go func() {
		for {
			say(len(g.Next().parts))
		}
	}()
}

// ok: whoever counts down to nothing comes after all others.
func lastCloses(jobs [][]int) int {
	out := make(chan int)
	left := int32(len(jobs))
	for _, job := range jobs {
		go func() {
			for _, v := range job {
				out <- v
			}
			if atomic.AddInt32(&left, -1) == 0 {
				close(out)
			}
		}()
	}
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

func firstCloses(jobs [][]int) int {
	out := make(chan int)
	for i, job := range jobs {
		go func() {
			for _, v := range job {
				out <- v
			}
			if i == 0 {
				close(out) // want `close\(out\) is written here by every goroutine`
			}
		}()
	}
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

type importer struct {
	input chan int
	sum   *int
}

// ok: nothing comes in before the importer is returned.
func newImporter() *importer {
	im := &importer{input: make(chan int)}
	go func() {
		for v := range im.input {
			*im.sum += v
		}
	}()
	im.sum = new(int)
	return im
}

func newCounter() *importer {
	im := &importer{input: make(chan int)}
	go func() {
		*im.sum++
		<-im.input
	}()
	im.sum = new(int) // want `im\.sum is written here while joins.go:\d+ may read it`
	return im
}

func orchestrate(work func(), fails bool) error {
	var wg sync.WaitGroup
	wg.Go(work)
	if fails {
		return context.Canceled
	}
	wg.Wait()
	return nil
}

func orchestrateOrFail(work func(), name string) error {
	var wg sync.WaitGroup
	wg.Go(work)
	if name == "" {
		return errors.New("no name")
	}
	wg.Wait()
	return nil
}

// ok: without an error the work was waited for.
func backUp(name string) (int, error) {
	most := 0
	if err := orchestrateOrFail(func() { most = 3 }, name); err != nil {
		return 0, err
	}
	return most, nil
}

func backUpAnyway(name string) (int, error) {
	most := 0
	err := orchestrateOrFail(func() {
		most = 3 // want `most is written here while joins.go:\d+ may read it`
	}, name)
	return most, err
}

// What the error is that it fails with is not seen.
func backUpOrNot(fails bool) (int, error) {
	most := 0
	err := orchestrate(func() {
		most = 3 // want `most is written here while joins.go:\d+ may read it`
	}, fails)
	if err != nil {
		return 0, err
	}
	return most, nil
}

type spin struct{ state uint32 }

func (s *spin) enter() bool {
	for {
		if atomic.LoadUint32(&s.state) == 2 {
			return false
		}
		if atomic.CompareAndSwapUint32(&s.state, 0, 1) {
			return true
		}
	}
}

func (s *spin) leave() { atomic.StoreUint32(&s.state, 0) }

// ok: who has entered is alone.
func alone(n int) int {
	var s spin
	sum := 0
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if !s.enter() {
				return
			}
			sum++
			s.leave()
		})
	}
	wg.Wait()
	return sum
}

type feeder interface{ Subscribe(func(int)) }

func fedFromOutside(f feeder, run func() int) int {
	in := make(chan int)
	f.Subscribe(func(v int) { in <- v })
	<-in
	last := 0
	go func() {
		last = run() // want `last is written here while joins.go:\d+ may read it`
	}()
	return last
}
