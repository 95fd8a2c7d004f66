package fixture

import "sync"

// book is saved by a loop of its own.
type book struct {
	mu      sync.Mutex
	entries map[string]int
	saves   map[string]int
	count   int
	quit    chan struct{}
	tick    chan struct{}
}

// ok: the loop that belongs to the object is not there yet.
func (b *book) OnStart() error {
	b.load([]string{"a"})
	if b.count > 0 {
		println(b.count)
	}
	go b.save()
	return nil
}

func (b *book) load(names []string) {
	for _, name := range names {
		b.entries[name] = 0
		b.count++
	}
}

func (b *book) save() {
	for {
		select {
		case <-b.tick:
			b.mu.Lock()
			for name := range b.entries {
				println(name, b.count)
			}
			b.mu.Unlock()
		case <-b.quit:
			return
		}
	}
}

func (b *book) Add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.entries[name]++
	b.count++
}

func (b *book) Remove(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.entries, name)
	b.count--
}

func (b *book) Swap(x, y string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.entries[x], b.entries[y] = b.entries[y], b.entries[x]
}

func (b *book) Clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.entries)
}

func (b *book) Sum() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum := 0
	for _, n := range b.entries {
		sum += n
	}
	b.entries["sum"] = sum
	b.entries["sums"]++
	return sum
}

func (b *book) Rename(from, to string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.entries[to] = b.entries[from]
	delete(b.entries, from)
}

// The task ends by itself: there may be others.
func (b *book) Print() {
	println(len(b.entries)) // want `b\.entries is used here without mu`
	go b.print()
}

func (b *book) print() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range b.entries {
		println(name)
	}
}

// Whoever gets the channel calls it again.
func (b *book) Watch() <-chan int {
	out := make(chan int, len(b.entries)) // want `b\.entries is used here without mu`
	go b.watch(out)
	return out
}

func (b *book) watch(out chan<- int) {
	for {
		select {
		case <-b.tick:
			b.mu.Lock()
			out <- len(b.entries)
			b.mu.Unlock()
		case <-b.quit:
			return
		}
	}
}

// The loop runs already.
func (b *book) Restart() {
	go b.save()
	b.entries["restarted"]++ // want `b\.entries is used here without mu`
}
