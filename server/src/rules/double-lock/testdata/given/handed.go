package fixture

import "sync"

// A command is written by an encoder that has the lock until it ends.
type client struct {
	mu   sync.Mutex
	sent []string
}

type encoder struct {
	client *client
	isOpen bool
}

func (c *client) begin(name string) *encoder {
	c.mu.Lock() // released by end
	c.sent = append(c.sent, name)
	return &encoder{client: c, isOpen: true}
}

func (e *encoder) end() {
	e.isOpen = false
	e.client.mu.Unlock()
}

func (c *client) Login() {
	enc := c.begin("login")
	enc.end()
}

func (c *client) Select() {
	enc := c.begin("select")
	defer enc.end()
}

func (c *client) Both() {
	c.Login()
	c.Select() // ok: the encoder has released the lock
	c.Login()
}

func (c *client) Direct() {
	enc := c.begin("direct")
	enc.client.mu.Unlock()
	c.Login() // ok: released by way of the encoder
}

func (c *client) Nested() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Login() // want `this calls client\.Login, which locks c\.mu, held here since line \d+: it waits for itself`
}

// What another client's encoder releases was taken here.
func (c *client) Beside(other *client) {
	c.mu.Lock()
	other.mu.Lock()
	other.sent = nil
	other.mu.Unlock()
	c.Login() // want `this calls client\.Login, which locks c\.mu, held here since line \d+: it waits for itself`
	c.mu.Unlock()
}

// What releases the lock once is made before the lock is taken.
func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

func (c *client) Serve() {
	unlock := unlockOnce(&c.mu)
	c.mu.Lock()
	defer unlock()
	c.sent = nil
	unlock()
	c.Login() // ok: the function has released the lock
}

// Another goroutine has the method that releases the lock.
func wait(start func(started func())) {
	var started sync.Mutex
	release := started.Unlock
	started.Lock()
	go start(release)
	started.Lock() // ok: waits for the goroutine
}

func never(start func()) {
	var started sync.Mutex
	started.Lock()
	go start()
	started.Lock() // want `started is locked again while it is held since line \d+: this waits for itself`
}

func named() func(string) string {
	return func(s string) string { return s }
}

func (c *client) Named() {
	c.mu.Lock()
	name := named()
	c.sent = append(c.sent, name("x"))
	c.Login() // want `this calls client\.Login, which locks c\.mu, held here since line \d+: it waits for itself`
	c.mu.Unlock()
}
