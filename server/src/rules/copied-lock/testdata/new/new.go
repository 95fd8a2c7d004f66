package bits

import "sync"

type array struct {
	mu    sync.Mutex
	elems []uint64
}

func newArray(n int) *array {
	if n <= 0 {
		return nil
	}
	return &array{elems: make([]uint64, n)}
}

func (a *array) set(i int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.elems[i] = 1
}

// ok: nobody else has what was just made.
func (a *array) decode(n int) {
	made := newArray(n)
	if made == nil {
		return
	}
	for i := range n {
		made.set(i)
	}
	*a = *made //nolint:govet
}

// ok: the same without a function that makes it.
func (a *array) reset() {
	made := &array{}
	made.elems = make([]uint64, 1)
	*a = *made
}

// Others may hold its lock.
func (a *array) copyOf(other *array) {
	*a = *other // want `\*other is copied with the sync\.Mutex in it`
}

var last *array

// Others have it by now.
func (a *array) publish(n int) {
	made := newArray(n)
	last = made
	*a = *made // want `\*made is copied with the sync\.Mutex in it`
}

// A goroutine has it.
func (a *array) fill(n int) {
	made := newArray(n)
	go made.set(0)
	*a = *made // want `\*made is copied with the sync\.Mutex in it`
}
