package changes

import "sync"

type Registry struct {
	mu      sync.Mutex
	configs map[int]string
	count   int
	name    string
	hooks   map[string]func()
}

func (r *Registry) Register(config string) int {
	r.mu.Lock()
	r.count++
	r.configs[r.count] = config
	r.mu.Unlock()
	return r.count
}

func (r *Registry) Unregister(id int) {
	r.mu.Lock()
	delete(r.configs, id)
	r.mu.Unlock()
}

// It is the only one that looks, and both that change it say how.
func (r *Registry) Open(id int) string {
	return r.configs[id] // want `r\.configs is read here without mu, which all that changes it holds \(lines 16, 23\)`
}

// ok: what is set in one place only may be set up before.
func (r *Registry) SetName(name string) {
	r.mu.Lock()
	r.name = name
	r.mu.Unlock()
}

// ok: see SetName.
func (r *Registry) Name() string { return r.name }

func (r *Registry) Hook(name string, hook func()) {
	r.mu.Lock()
	r.hooks[name] = hook
	r.mu.Unlock()
}

func (r *Registry) Unhook(name string) {
	r.mu.Lock()
	delete(r.hooks, name)
	r.mu.Unlock()
}

// ok: as many do it so as not.
func (r *Registry) Run(name string) { r.hooks[name]() }

// ok: as Run.
func (r *Registry) Has(name string) bool { return r.hooks[name] != nil }

// ok: as Run.
func (r *Registry) Hooks() int { return len(r.hooks) }

type Client struct {
	mu   sync.RWMutex
	conn *int
	addr string
}

func (c *Client) Start() {
	go c.loop()
}

func (c *Client) loop() {
	for i := 0; ; i++ {
		c.mu.Lock()
		c.conn = &i
		c.mu.Unlock()
	}
}

func (c *Client) Close() {
	c.mu.Lock()
	c.conn = nil
	c.mu.Unlock()
}

func (c *Client) Reload() int {
	return *c.conn // want `c\.conn is read here without mu, which all that changes it holds`
}

// ok: Redial does without, too.
func (c *Client) Addr() string { return c.addr }

func (c *Client) Dial(addr string) {
	c.mu.Lock()
	c.addr = addr
	c.mu.Unlock()
}

func (c *Client) Redial(addr string) {
	c.addr = addr
	c.Dial(addr + "!")
}
