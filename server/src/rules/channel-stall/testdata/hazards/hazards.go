package hazards

import "sync"

type task struct{ size int }

var mu sync.Mutex
var waiting []chan struct{}

func holder() chan struct{} {
	mu.Lock()
	defer mu.Unlock()
	if len(waiting) == 0 {
		return nil
	}
	last := waiting[len(waiting)-1]
	waiting = waiting[:len(waiting)-1]
	return last
}

// All workers may be about to put something back, with the channel full.
func fetch(tasks chan *task) *task {
	for {
		t := <-tasks
		if done := holder(); done != nil {
			tasks <- t // want `what was received from tasks is put back into it`
			<-done
			continue
		}
		return t
	}
}

// ok: it goes on if there is no room.
func fetchOrKeep(tasks chan *task) *task {
	for {
		t := <-tasks
		if done := holder(); done != nil {
			select {
			case tasks <- t:
			case <-done:
				return t
			}
			continue
		}
		return t
	}
}

// ok: a token is always given back; there are never more than fit.
func limited(tokens chan *task, work func()) {
	for range 3 {
		token := <-tokens
		work()
		tokens <- token
	}
}

// ok: given back once, by the caller as well.
func pooled(pool chan *task) *task {
	t := <-pool
	if t.size == 0 {
		pool <- t
		return nil
	}
	return t
}

func Run(n int) {
	tasks := make(chan *task, 10)
	pool := make(chan *task, 10)
	for range n {
		go func() {
			for t := fetch(tasks); t != nil; t = fetch(tasks) {
				println(t.size)
			}
			println(fetchOrKeep(tasks).size)
			limited(pool, func() {})
			println(pooled(pool).size)
		}()
	}
	for i := range 100 {
		tasks <- &task{i}
	}
	close(tasks)
}

type session struct {
	id     string
	events chan int
	gone   bool
	quit   chan struct{}
	ticks  chan int
}

type bus struct {
	mu       sync.Mutex
	sessions map[string]*session
	others   map[string]*session
}

func newBus() *bus {
	return &bus{sessions: map[string]*session{}, others: map[string]*session{}}
}

func (b *bus) Drop(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.sessions {
		if s.id == id {
			close(s.events) // want `s\.events is closed, but what it belongs to stays in sessions: the send at hazards\.go:\d+ panics when it comes to it`
		}
	}
}

func (b *bus) Send(e int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.sessions {
		select {
		case s.events <- e:
		default:
		}
	}
}

func (b *bus) Watch(id string) {
	s := &session{id: id, events: make(chan int, 1), quit: make(chan struct{}), ticks: make(chan int, 1)}
	b.mu.Lock()
	b.sessions[id] = s
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.sessions, id)
		b.mu.Unlock()
	}()
	for range s.events {
	}
}

// ok: it is taken out at once.
func (b *bus) Remove(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, s := range b.others {
		if s.id == id {
			close(s.events)
			delete(b.others, key)
		}
	}
}

func (b *bus) SendOthers(e int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.others {
		s.events <- e
	}
}

// ok: a field says that it is gone.
func (b *bus) Mark() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.sessions {
		s.gone = true
		close(s.ticks)
	}
}

func (b *bus) Tick() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.sessions {
		if !s.gone {
			s.ticks <- 1
		}
	}
}

// ok: nobody sends on it.
func (b *bus) Quit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.sessions {
		close(s.quit)
	}
}

type cleaner struct {
	mu      sync.Mutex
	jobs    chan int
	guarded chan int
	fixed   chan int
	name    string
	running sync.WaitGroup
}

func (c *cleaner) Rename(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = name
}

func (c *cleaner) Start() {
	c.jobs = make(chan int, 4)
	c.fixed = make(chan int, 4)
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		for job := range c.jobs {
			println(job)
		}
	}()
}

func (c *cleaner) Stop() {
	if c.jobs == nil {
		return
	}
	close(c.jobs)
	c.running.Wait()
	c.jobs = nil // want `c\.jobs is closed and set to nil here, and hazards\.go:\d+ sends on it where it is not nil`
}

func (c *cleaner) Clean(job int) {
	if c.jobs != nil {
		c.jobs <- job
	}
}

// ok: both under the lock.
func (c *cleaner) StopGuarded() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.guarded != nil {
		close(c.guarded)
		c.guarded = nil
	}
}

func (c *cleaner) CleanGuarded(job int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.guarded == nil {
		c.guarded = make(chan int, 4)
	}
	if c.guarded != nil {
		c.guarded <- job
	}
}

// ok: who sends does not reckon with its end.
func (c *cleaner) StopFixed() {
	close(c.fixed)
	c.fixed = nil
}

func (c *cleaner) CleanFixed(job int) { c.fixed <- job }
