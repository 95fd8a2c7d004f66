package fixture

import (
	"errors"
	"sync"
)

// What opens a file gives it what its tasks need, and then starts them.
type file struct {
	mu       sync.Mutex
	writable bool
	position int
	cache    map[int][]byte
	size     int
}

var errNew = errors.New("new")

// ok: nobody else has the file before its tasks.
func (f *file) Open(find func() (int, error)) error {
	f.restore()
	at, err := find()
	if err != nil {
		if f.writable && errors.Is(err, errNew) {
			return nil
		}
		return err
	}
	f.cache = map[int][]byte{}
	if f.writable {
		f.position = at
	}
	go f.watch()
	return nil
}

// ok: only Open calls it.
func (f *file) restore() {
	if f.writable {
		f.position = 0
	}
}

func (f *file) watch() {
	for range 10 {
		f.mu.Lock()
		f.position++
		f.mu.Unlock()
	}
}

func (f *file) Seek(to int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writable {
		f.position = to
	}
}

func (f *file) Allow(writable bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.writable = writable
	f.size++
}

func (f *file) Where() (int, bool, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.position, f.writable, f.size
}

func (f *file) Grow() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writable {
		f.size++
		f.position++
	}
}

type door struct {
	mu     sync.Mutex
	open   bool
	keys   map[int]bool
	visits int
}

// Its first task runs already.
func (d *door) Start() {
	d.keys = map[int]bool{}
	go d.watch()
	if d.open { // want `d\.open is used here without mu`
		go d.watch()
	}
}

// What is deferred runs after the start.
func (d *door) Begin() {
	d.keys = map[int]bool{}
	defer d.greet()
	go d.watch()
}

func (d *door) greet() {
	if d.visits > 0 { // want `d\.visits is used here without mu`
		println("again")
	}
}

func (d *door) watch() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = !d.open
	d.visits++
}

func (d *door) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = false
	d.visits++
}

func (d *door) Push() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = true
	d.visits++
}

func (d *door) IsOpen() (bool, int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open, d.visits
}

func (d *door) Pull() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = true
}

func (d *door) Lean() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.open {
		d.open = true
	}
}

// It gives the door nothing: others may have it.
func (d *door) Again() {
	if d.open { // want `d\.open is used here without mu`
		go d.watch()
	}
}
