package sent

import "sync"

type lazy struct {
	mu   sync.Mutex
	once sync.Once
	jobs chan int
}

func (l *lazy) start() {
	l.once.Do(func() {
		l.jobs = make(chan int)
		go func() {
			for range l.jobs { // ok: of two callers, one runs this, and starts the goroutine behind it
			}
		}()
	})
}

func (l *lazy) Add(job int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.start()
	l.jobs <- job
}

func (l *lazy) TryAdd(job int) {
	l.start()
	l.jobs <- job
}
