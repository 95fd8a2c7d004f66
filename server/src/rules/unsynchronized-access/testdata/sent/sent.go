package sent

import (
	"encoding/binary"
	"io"
	"maps"
	"slices"
	"sync"
)

type frame struct {
	data []byte
	id   int
}

type reader struct {
	mu     sync.Mutex
	from   io.Reader
	frames chan frame
	raw    chan []byte
	acks   chan struct{}
	counts chan map[string]int
	limit  int
}

func (r *reader) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.limit
}

func (r *reader) reuse() {
	buf := make([]byte, 1500)
	for id := 0; ; id++ {
		n, err := r.from.Read(buf)
		if err != nil {
			return
		}
		buf[0] = byte(r.size()) // want `buf is written here after line 41 sent it: whoever receives it has the same memory`
		binary.BigEndian.PutUint16(buf[1:3], uint16(id))
		r.frames <- frame{data: buf[:n], id: id}
	}
}

func (r *reader) moved(n int) {
	buf := make([]byte, n)
	r.raw <- buf
	copy(buf[1:], buf) // want `buf\[1:\] is written here after line 47 sent it`
}

func (r *reader) count(words <-chan string) {
	counts := make(map[string]int)
	for w := range words {
		counts[w]++
	}
	r.counts <- counts
	counts["all"] = len(counts) // want `counts is written here after line 56 sent it`
}

// ok: a new one in each round
func (r *reader) fresh() {
	for {
		buf := make([]byte, 1500)
		n, err := r.from.Read(buf)
		if err != nil {
			return
		}
		buf[0] = 1
		r.raw <- buf[:n]
	}
}

// ok: a copy is sent
func (r *reader) copied() {
	buf := make([]byte, 1500)
	for {
		n, err := r.from.Read(buf)
		if err != nil {
			return
		}
		buf[0] = 1
		r.raw <- slices.Clone(buf[:n])
	}
}

// ok: the receiver says when it is done
func (r *reader) acknowledged() {
	buf := make([]byte, 1500)
	for {
		n, err := r.from.Read(buf)
		if err != nil {
			return
		}
		buf[0] = 1
		r.raw <- buf[:n]
		<-r.acks
	}
}

// ok: what waits for the receiver may be behind a call
func (r *reader) called() {
	buf := make([]byte, 1500)
	for {
		buf[0] = 1
		r.raw <- buf
		r.wait()
	}
}

func (r *reader) wait() { <-r.acks }

// ok: unknown code that is told of the receiver may wait for it
func (r *reader) told(wait func()) {
	buf := make([]byte, 1500)
	for {
		buf[0] = 1
		r.raw <- buf
		wait()
	}
}

// ok: made anew after it was sent
func (r *reader) renewed() {
	buf := make([]byte, 1500)
	for i := range 10 {
		buf[0] = byte(i)
		r.raw <- buf
		buf = make([]byte, 1500)
	}
}

// ok: sent last
func (r *reader) last(words []string) {
	counts := make(map[string]int)
	for _, w := range words {
		counts[w]++
	}
	r.counts <- maps.Clone(counts)
	counts["all"] = len(counts)
	r.counts <- counts
}

// ok: taken out by whoever put it in
func own() byte {
	queue := make(chan []byte, 1)
	buf := make([]byte, 4)
	queue <- buf
	buf[0] = 1
	return (<-queue)[0]
}

// ok: two that take turns
func (r *reader) turns() {
	buffers := [2][]byte{make([]byte, 1500), make([]byte, 1500)}
	for i := 0; ; i++ {
		buf := buffers[i%2]
		buf[0] = byte(i)
		r.raw <- buf
	}
}
