package settled

import (
	"errors"
	"sync"
	"sync/atomic"
)

type conn struct{ name string }

func dial(name string) (*conn, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return &conn{name}, nil
}

type client struct {
	mu     sync.Mutex
	name   string
	conn   *conn
	reader string
}

func (c *client) Init() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		return nil
	}
	var err error
	if c.conn, err = dial(c.name); err != nil {
		return err
	}
	c.fill()
	return nil
}

func (c *client) fill() {
	c.reader = c.conn.name
}

// ok: whoever has been through Init finds what nobody assigns again.
func (c *client) Read() (string, error) {
	if err := c.Init(); err != nil {
		return "", err
	}
	return c.reader, nil
}

// ok: the section is further down.
func (c *client) Size() int {
	if !c.isReady() {
		return 0
	}
	return len(c.reader)
}

func (c *client) isReady() bool { return c.Init() == nil }

// It may come without having been there.
func (c *client) Sometimes(fresh bool) string {
	if fresh {
		if err := c.Init(); err != nil {
			return ""
		}
	}
	return c.reader // want `c.reader is used here without c.mu`
}

type looked struct {
	mu    sync.Mutex
	isSet bool
	text  string
}

func (l *looked) Set(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.isSet {
		l.isSet = true
		l.text = text
	}
}

// To have looked at the flag is not to have been through the section: it may be set after that.
func (l *looked) Text() string {
	if l.IsSet() {
		println("set")
	}
	return l.text // want `l.text is used here without l.mu`
}

func (l *looked) IsSet() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.isSet
}

type reset struct {
	mu     sync.Mutex
	conn   *conn
	reader string
}

func (r *reset) Init() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.conn == nil {
		r.conn = &conn{}
		r.reader = "new"
	}
}

// It begins anew after this.
func (r *reset) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conn = nil
}

func (r *reset) Read() string {
	r.Init()
	return r.reader // want `r.reader is used here without r.mu`
}

type always struct {
	mu   sync.Mutex
	conn *conn
	text string
}

// What it asks has nothing to do with what it assigns.
func (a *always) Refresh(text string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.conn == nil {
		println("no connection")
	}
	a.text = text
}

func (a *always) Read(text string) string {
	a.Refresh(text)
	return a.text // want `a.text is used here without a.mu`
}

type stopped struct {
	mu   sync.Mutex
	done atomic.Bool
	last int
}

// ok: only who comes first gets behind the test, once.
func (s *stopped) Stop(last int) int {
	s.mu.Lock()
	if s.done.Load() {
		s.mu.Unlock()
		return 0
	}
	s.last = last
	s.done.Store(true)
	s.mu.Unlock()
	return s.last
}

func (s *stopped) Last() int {
	return s.last // want `s.last is used here without s.mu`
}
