package basic

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

func work(int) (int, error) { return 0, errors.New("no") }

// proves: deadlock
func sendsToItself() {
	ch := make(chan int)
	ch <- 1 // want `ch has no buffer and only this goroutine receives from it: the send never ends`
	fmt.Println(<-ch)
}

// proves: deadlock
func sendsToNobody() {
	ch := make(chan int)
	ch <- 1 // want `ch has no buffer and nobody receives from it`
}

// proves: deadlock
func receivesFirst() {
	ch := make(chan int, 1)
	fmt.Println(<-ch) // want `only this goroutine sends on ch, and later: the receive never ends`
	ch <- 1
}

// proves: deadlock
func overfull() {
	ch := make(chan int, 1)
	ch <- 1
	ch <- 2 // want `ch has room for 1 and 2 values are sent before any is received`
	fmt.Println(<-ch, <-ch)
}

// The helper is followed.
//
// proves: deadlock
func sendsThroughHelper() {
	ch := make(chan int)
	put(ch, 1)
	fmt.Println(<-ch)
}

func put(ch chan<- int, n int) {
	ch <- n // want `ch has no buffer and only this goroutine receives from it`
}

// ok: the document's example of a deadlock: the send and the receive meet.
//
// proves: nothing
func theDocumentsExample() {
	data := make(map[string]int)
	ch := make(chan int)
	go func() {
		data["key"] = 42
		ch <- 1
	}()
	<-ch
	fmt.Println(data)
}

// ok: there is room for one.
//
// proves: nothing
func buffered() {
	ch := make(chan int, 1)
	ch <- 1
	fmt.Println(<-ch)
}

// ok: a select goes on if nobody is there.
func tries() bool {
	ch := make(chan int)
	select {
	case ch <- 1:
		return true
	default:
		return false
	}
}

// ok: waits for ever, on purpose.
func waitsForEver() {
	forever := make(chan struct{})
	<-forever
}

func run(f func(chan int)) { f(make(chan int, 1)) }

// ok: what is done with the channel elsewhere is not known.
func handedOn(register func(chan int)) {
	ch := make(chan int)
	register(ch)
	ch <- 1
}

type hub struct{ ch chan int }

// ok: the channel is kept in a struct that others have.
func kept() *hub {
	h := &hub{ch: make(chan int)}
	go func() { h.ch <- 1 }()
	return h
}

func timesOut(ctx context.Context) (int, error) {
	ch := make(chan int)
	go func() {
		n, _ := work(1)
		ch <- n // want `the return at basic.go:\d+ leaves this send without a receiver: the goroutine stays blocked for ever`
	}()
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// ok: the value has somewhere to go.
func timesOutBuffered(ctx context.Context) (int, error) {
	ch := make(chan int, 1)
	go func() {
		n, _ := work(1)
		ch <- n
	}()
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// ok: the goroutine gives up as well.
func bothGiveUp(ctx context.Context) (int, error) {
	ch := make(chan int)
	go func() {
		n, _ := work(1)
		select {
		case ch <- n:
		case <-ctx.Done():
		}
	}()
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func returnsEarly(n int) error {
	done := make(chan error)
	go func() {
		_, err := work(n)
		done <- err // want `the return at basic.go:\d+ leaves this send without a receiver`
	}()
	if _, err := work(n + 1); err != nil {
		return err
	}
	return <-done
}

// ok: received on every way out.
func receivesAlways(n int) error {
	done := make(chan error)
	go func() {
		_, err := work(n)
		done <- err
	}()
	_, err := work(n + 1)
	if other := <-done; other != nil {
		return other
	}
	return err
}

// ok: received when the function returns.
func receivesDeferred(n int) error {
	done := make(chan error)
	go func() {
		_, err := work(n)
		done <- err
	}()
	defer func() { <-done }()
	if _, err := work(n + 1); err != nil {
		return err
	}
	return nil
}

func feedsWorker(jobs []int) error {
	queue := make(chan int)
	go func() {
		for job := range queue { // want `the return at basic.go:\d+ leaves this receive without a sender`
			work(job)
		}
	}()
	for _, job := range jobs {
		if job < 0 {
			return errors.New("negative")
		}
		queue <- job
	}
	close(queue)
	return nil
}

// ok: closed on every way out.
func feedsWorkerAndCloses(jobs []int) error {
	queue := make(chan int)
	defer close(queue)
	go func() {
		for job := range queue {
			work(job)
		}
	}()
	for _, job := range jobs {
		if job < 0 {
			return errors.New("negative")
		}
		queue <- job
	}
	return nil
}

func firstAnswer(hosts []int) int {
	answers := make(chan int)
	for _, host := range hosts {
		go func() {
			n, _ := work(host)
			answers <- n // want `only one value is received from answers at basic.go:\d+: all other goroutines stay blocked here`
		}()
	}
	return <-answers
}

// ok: room for all of them.
func firstAnswerBuffered(hosts []int) int {
	answers := make(chan int, len(hosts))
	for _, host := range hosts {
		go func() {
			n, _ := work(host)
			answers <- n
		}()
	}
	return <-answers
}

// ok: one answer for each.
func allAnswers(hosts []int) (sum int) {
	answers := make(chan int)
	for _, host := range hosts {
		go func() {
			n, _ := work(host)
			answers <- n
		}()
	}
	for range hosts {
		sum += <-answers
	}
	return sum
}

// ok: one after another.
func eachAnswer(hosts []int) (sum int) {
	answers := make(chan int)
	for _, host := range hosts {
		go func() {
			n, _ := work(host)
			answers <- n
		}()
		sum += <-answers
	}
	return sum
}

func waitsForLoop(jobs []int) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range queue { // want `nobody closes queue: this loop never ends, and neither does wg.Wait\(\) at basic.go:\d+`
			work(job)
		}
	}()
	for _, job := range jobs {
		queue <- job
	}
	wg.Wait()
}

// ok: closed before the wait.
func waitsForClosedLoop(jobs []int) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range queue {
			work(job)
		}
	}()
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	wg.Wait()
}

// ok: the loop ends by itself.
func loopWithEnd(jobs []int) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range queue {
			if job == 0 {
				return
			}
		}
	}()
	for _, job := range jobs {
		queue <- job
	}
	queue <- 0
	wg.Wait()
}

// proves: panic "send on closed channel"
func sendsAfterClose() {
	ch := make(chan int, 2)
	close(ch)
	ch <- 1 // want `ch is closed at basic.go:\d+: the send panics`
}

func closesTwice(quiet bool) {
	ch := make(chan int, 2)
	defer close(ch) // want `ch is closed at basic.go:\d+ already: closing it again panics`
	ch <- 1
	if quiet {
		close(ch)
	}
}

// ok: one or the other.
func closesOnce(quiet bool) {
	ch := make(chan int, 2)
	if quiet {
		close(ch)
		return
	}
	ch <- 1
	close(ch)
}

// ok: each round has a channel of its own.
func closesEach(n int) {
	for range n {
		ch := make(chan int, 1)
		ch <- 1
		close(ch)
	}
}

// ok: what was closed is not what is sent on.
//
// proves: nothing
func renews() {
	ch := make(chan int, 1)
	close(ch)
	ch = make(chan int, 1)
	ch <- 1
}

// proves: deadlock
func sendsOnNil() {
	var ch chan int
	ch <- 1 // want `ch is nil: the send never ends`
}

// proves: panic "close of nil channel"
func closesNil() {
	var ch chan int
	close(ch) // want `ch is nil: closing it panics`
}

// ok: a nil channel switches a choice off.
func switchesOff(a chan int) {
	var b chan int
	select {
	case <-a:
	case <-b:
	case <-time.After(time.Second):
	}
}

// ok: made on one of the ways.
func maybeMade(make_ bool) {
	var ch chan int
	if make_ {
		ch = make(chan int, 1)
	}
	if ch != nil {
		ch <- 1
	}
}

// ok: the function runs whenever whoever has it likes.
func handsFunctionOn(submit func(func()) error) error {
	ch := make(chan int)
	if err := submit(func() { fmt.Println(<-ch) }); err != nil {
		return err
	}
	ch <- 1
	return nil
}

// ok: what each goroutine takes is put in before it starts.
func takesATurn(jobs []int) {
	turns := make(chan struct{}, 4)
	for _, job := range jobs {
		turns <- struct{}{}
		go func() {
			work(job)
			<-turns
		}()
	}
}

func answered(read func() bool, limit time.Duration) int {
	answer := make(chan bool)
	go func() {
		answer <- read() // want `the return at basic.go:\d+ leaves this send without a receiver`
	}()
	valid := false
	select {
	case valid = <-answer:
	case <-time.After(limit):
	}
	if !valid {
		return 2
	}
	return 0
}

// ok: what is valid was received.
func answeredOrNot(read func() bool, limit time.Duration) int {
	answer := make(chan bool)
	go func() { answer <- read() }()
	valid := false
	select {
	case valid = <-answer:
	case <-time.After(limit):
	}
	for !valid {
		select {
		case valid = <-answer:
		case <-time.After(limit):
		}
	}
	return 0
}
