package lost

import "sync"

type buffer struct {
	mu    sync.Mutex
	dirty bool
	clean chan struct{}
}

func newBuffer() *buffer { return &buffer{clean: make(chan struct{})} }

func (b *buffer) Mark() {
	b.mu.Lock()
	b.dirty = true
	b.mu.Unlock()
}

func (b *buffer) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dirty = false
	select {
	case b.clean <- struct{}{}:
	default:
	}
}

func (b *buffer) Close() {
	b.mu.Lock()
	dirty := b.dirty
	b.mu.Unlock()
	if dirty {
		<-b.clean // want `the send at lost\.go:24 waits for nobody: if it comes after the test in line 31 and before this receive, b\.clean stays empty`
	}
}

type roomy struct {
	mu    sync.Mutex
	dirty bool
	clean chan struct{}
}

func newRoomy() *roomy { return &roomy{clean: make(chan struct{}, 1)} }

func (b *roomy) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dirty = false
	select {
	case b.clean <- struct{}{}:
	default:
	}
}

// ok: there is room for a value that nobody waits for yet
func (b *roomy) Close() {
	b.mu.Lock()
	dirty := b.dirty
	b.mu.Unlock()
	if dirty {
		<-b.clean
	}
}

type patient struct {
	mu    sync.Mutex
	dirty bool
	clean chan struct{}
}

func newPatient() *patient { return &patient{clean: make(chan struct{})} }

func (b *patient) Flush() {
	b.mu.Lock()
	b.dirty = false
	b.mu.Unlock()
	b.clean <- struct{}{}
}

// ok: whoever sends waits
func (b *patient) Close() {
	b.mu.Lock()
	dirty := b.dirty
	b.mu.Unlock()
	if dirty {
		<-b.clean
	}
}

type closed struct {
	mu    sync.Mutex
	dirty bool
	clean chan struct{}
}

func newClosed() *closed { return &closed{clean: make(chan struct{})} }

func (b *closed) Flush() {
	b.mu.Lock()
	b.dirty = false
	select {
	case b.clean <- struct{}{}:
	default:
		close(b.clean)
	}
	b.mu.Unlock()
}

// ok: a closed channel is received from at any time
func (b *closed) Close() {
	b.mu.Lock()
	dirty := b.dirty
	b.mu.Unlock()
	if dirty {
		<-b.clean
	}
}

type ticks struct {
	mu   sync.Mutex
	on   bool
	tick chan struct{}
}

func newTicks() *ticks { return &ticks{tick: make(chan struct{})} }

func (t *ticks) Tick() {
	select {
	case t.tick <- struct{}{}:
	default:
	}
}

// ok: there is another one soon
func (t *ticks) Wait() {
	t.mu.Lock()
	on := t.on
	t.mu.Unlock()
	if on {
		<-t.tick
	}
}

type either struct {
	mu    sync.Mutex
	dirty bool
	clean chan struct{}
	stop  chan struct{}
}

func newEither() *either { return &either{clean: make(chan struct{}), stop: make(chan struct{})} }

func (b *either) Flush() {
	b.mu.Lock()
	b.dirty = false
	select {
	case b.clean <- struct{}{}:
	default:
	}
	b.mu.Unlock()
}

// ok: something else ends the wait
func (b *either) Close() {
	b.mu.Lock()
	dirty := b.dirty
	b.mu.Unlock()
	if dirty {
		select {
		case <-b.clean:
		case <-b.stop:
		}
	}
}

func (b *either) Stop() { close(b.stop) }
