package fixture

import (
	"errors"
	"sync"
)

type txn struct {
	pending []int
	stale   bool
}

func (t *txn) check() error {
	if t.stale {
		return errors.New("stale")
	}
	return nil
}

// commit calls done at once if it fails.
func (t *txn) commit(done func(error)) {
	if len(t.pending) == 0 {
		go done(nil)
		return
	}
	if err := t.check(); err != nil {
		done(err)
		return
	}
	go done(nil)
}

func (t *txn) commitAll(done func(error)) {
	for range t.pending {
		t.commit(done)
	}
}

func (t *txn) commitLater(done func(error)) {
	go done(t.check())
}

type batch struct {
	mu       sync.Mutex
	t        *txn
	err      error
	finished bool
	isLocked bool
}

func (b *batch) done(err error) {
	if err == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
}

func (b *batch) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.commit(b.done) // want `this calls txn\.commit, which locks b\.mu, held here since line 61: it waits for itself`
}

func (b *batch) FlushAll() {
	b.mu.Lock()
	b.t.commitAll(b.done) // want `this calls txn\.commitAll, which locks b\.mu`
	b.mu.Unlock()
}

func (b *batch) FlushWithClosure() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.commit(func(err error) { // want `this calls txn\.commit, which locks b\.mu`
		b.mu.Lock()
		defer b.mu.Unlock()
		b.err = err
	})
}

// A flag that is only ever set says nothing of the lock.
func (b *batch) send() {
	if b.finished {
		return
	}
	b.t.commit(b.done)
}

func (b *batch) Finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.send() // want `this calls batch\.send, which locks b\.mu`
	b.finished = true
}

// ok: done runs in a goroutine of its own
func (b *batch) FlushLater() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.commitLater(b.done)
}

// ok: nothing is held
func (b *batch) FlushFree() {
	b.t.commit(b.done)
}

// ok: another batch
func (b *batch) FlushFor(other *batch) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.commit(other.done)
}

// ok: a flag that comes and goes may say that the lock is held
func (b *batch) settle(err error) {
	if b.isLocked {
		b.err = err
		return
	}
	b.done(err)
}

func (b *batch) FlushMarked() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.isLocked = true
	b.t.commit(b.settle)
	b.isLocked = false
}

// outside calls done with the lock released.
func (b *batch) outside(done func(error)) {
	b.mu.Unlock()
	done(b.t.check())
	b.mu.Lock()
}

// ok: released around the call
func (b *batch) FlushOutside() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outside(b.done)
}

// ok: told not to
func (b *batch) record(err error, locks bool) {
	if locks {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	b.err = err
}

func (t *txn) commitRecord(record func(error, bool)) {
	record(t.check(), false)
}

func (b *batch) FlushRecord() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.commitRecord(b.record)
}
