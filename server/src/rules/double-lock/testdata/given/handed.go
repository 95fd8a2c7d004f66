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
