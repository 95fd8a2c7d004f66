package owned

import "sync"

type book struct {
	mu    sync.RWMutex
	pages map[string]int
}

func newBook() *book { return &book{pages: map[string]int{}} }

func (b *book) Write(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages[text]++
}

func (b *book) Tear(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.pages, text)
}

// ok: what RLocker gives takes the lock for reading.
func (b *book) Len() int {
	reader := b.mu.RLocker()
	reader.Lock()
	defer reader.Unlock()
	return len(b.pages)
}

func withLock(lock sync.Locker, do func()) {
	lock.Lock()
	defer lock.Unlock()
	do()
}

// ok: in a helper as well.
func (b *book) Sum() int {
	sum := 0
	withLock(b.mu.RLocker(), func() {
		for _, count := range b.pages {
			sum += count
		}
	})
	return sum
}

// It looks once more when the reader is through.
func (b *book) Shut() int {
	reader := b.mu.RLocker()
	reader.Lock()
	sum := b.pages["title"]
	reader.Unlock()
	return sum + len(b.pages) // want `b\.pages is used here without mu`
}
