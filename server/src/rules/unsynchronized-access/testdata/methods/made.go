package methods

// An object for each round, and a goroutine of it: no two of them have one object.
type visitor struct {
	seen int
	in   chan int
	done chan struct{}
}

func (v *visitor) serve() {
	defer close(v.done)
	for n := range v.in {
		v.seen += n // ok: each visitor is served by one goroutine
	}
}

func welcome(arrived func() (chan int, error)) {
	for {
		in, err := arrived()
		if err != nil {
			return
		}
		v := &visitor{in: in, done: make(chan struct{})}
		go v.serve()
	}
}

// One object for all rounds.
type clerk struct {
	seen int
	in   chan int
}

func (c *clerk) serve() {
	for n := range c.in {
		c.seen += n // want `c.seen is written here by every goroutine that .* starts`
	}
}

func open(arrived func() error, in chan int) {
	c := &clerk{in: in}
	for arrived() == nil {
		go c.serve()
	}
}

// Two goroutines for each object.
type waiter struct {
	seen int
	in   chan int
}

func (w *waiter) serve() {
	for n := range w.in {
		w.seen += n // want `w.seen is written here`
	}
}

func (w *waiter) watch() {
	if w.seen > 10 {
		close(w.in)
	}
}

func hire(arrived func() (chan int, error)) {
	for {
		in, err := arrived()
		if err != nil {
			return
		}
		w := &waiter{in: in}
		go w.serve()
		go w.watch()
	}
}
