package fixture

import "sync"

// An object and those that are registered with it.
type hub struct {
	mu    sync.Mutex
	conns map[string]*conn
}

type conn struct {
	mu   sync.Mutex
	hub  *hub
	name string
	sent int
}

func (h *hub) Publish() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, each := range h.conns {
		each.send() // want `c\.mu \(send\) is locked here while h\.mu is held; Close takes locks of these two kinds the other way round`
	}
}

func (h *hub) remove(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, name)
}

func (c *conn) send() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
}

func (c *conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hub.remove(c.name)
}

// ok: new, nobody waits for it
func (h *hub) Add(name string) *conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := &conn{hub: h, name: name}
	c.send()
	h.conns[name] = c
	return c
}

// A callback that is kept in a list, behind an interface.
type source interface {
	value(key string) int
	subscribe(changed func(string))
}

type memory struct {
	mu          sync.RWMutex
	values      map[string]int
	subscribers []func(string)
}

func (m *memory) value(key string) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.values[key]
}

func (m *memory) subscribe(changed func(string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.subscribers = append(m.subscribers, changed)
}

func (m *memory) Set(key string, value int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = value
	for _, each := range m.subscribers {
		each(key) // want `v\.mu \(changed\) is locked here while m\.mu is held; Refresh takes locks of these two kinds the other way round`
	}
}

type view struct {
	mu   sync.Mutex
	from source
	seen map[string]int
}

func Watch(from source) *view {
	v := &view{from: from, seen: map[string]int{}}
	from.subscribe(v.changed)
	return v
}

func (v *view) changed(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen[key]++
}

func (v *view) Refresh(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen[key] = v.from.value(key)
}

// Three kinds in a circle.
type (
	shop struct {
		mu    sync.Mutex
		stock *stock
		open  int
	}
	stock struct {
		mu    sync.Mutex
		order *order
		count int
	}
	order struct {
		mu    sync.Mutex
		shop  *shop
		lines int
	}
)

func (s *shop) Sell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open++
	s.stock.take() // want `s\.mu \(take\) is locked here while s\.mu is held; Fill, Cancel go on from there back to it`
}

func (s *stock) take() {
	s.mu.Lock()
	s.count--
	s.mu.Unlock()
}

func (s *stock) Fill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order.add()
}

func (o *order) add() {
	o.mu.Lock()
	o.lines++
	o.mu.Unlock()
}

func (o *order) Cancel() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shop.close()
}

func (s *shop) close() {
	s.mu.Lock()
	s.open--
	s.mu.Unlock()
}

type pool struct {
	mu    sync.Mutex
	items []*item
}

type item struct {
	mu   sync.Mutex
	pool *pool
	used int
}

func (p *pool) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, each := range p.items {
		each.mu.Lock()
		each.used = 0
		each.mu.Unlock()
	}
}

// ok: released before
func (i *item) Free() {
	i.mu.Lock()
	i.used--
	i.mu.Unlock()
	i.pool.put(i)
}

// ok: in a goroutine of its own
func (i *item) FreeLater() {
	i.mu.Lock()
	defer i.mu.Unlock()
	go i.pool.put(i)
}

func (p *pool) put(i *item) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items = append(p.items, i)
}

type tree struct {
	gate  sync.Mutex
	mu    sync.Mutex
	nodes []*node
}

type node struct {
	mu   sync.Mutex
	tree *tree
	size int
}

// ok: a third lock is held on both sides
func (t *tree) Walk() {
	t.gate.Lock()
	defer t.gate.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, each := range t.nodes {
		each.mu.Lock()
		each.size++
		each.mu.Unlock()
	}
}

func (n *node) Grow() {
	n.tree.gate.Lock()
	defer n.tree.gate.Unlock()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tree.mu.Lock()
	n.tree.nodes = append(n.tree.nodes, n)
	n.tree.mu.Unlock()
}

type cache struct {
	mu      sync.RWMutex
	entries []*entry
	total   int
}

type entry struct {
	mu    sync.RWMutex
	cache *cache
	size  int
}

// ok: both only read
func (c *cache) Sum() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	sum := 0
	for _, each := range c.entries {
		each.mu.RLock()
		sum += each.size
		each.mu.RUnlock()
	}
	return sum
}

func (e *entry) Share() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	e.cache.mu.RLock()
	defer e.cache.mu.RUnlock()
	return e.size * e.cache.total
}

type group struct {
	mu      sync.Mutex
	members []*member
}

type member struct {
	mu    sync.Mutex
	group *group
	left  bool
}

// ok: the caller says whether it holds the lock
func (g *group) drop(m *member, holds bool) {
	if !holds {
		m.mu.Lock()
		defer m.mu.Unlock()
	}
	m.left = true
}

func (g *group) Drop(m *member) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.drop(m, true)
}

func (m *member) Leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.group.mu.Lock()
	defer m.group.mu.Unlock()
	m.group.members = nil
}

type pollers struct {
	mu  sync.Mutex
	all map[string]*poller
}

type poller struct {
	mu   sync.Mutex
	gone bool
	keys map[string]bool
}

// ok: what is locked is always the poller in the variable, and it is unlocked before the lock of all.
func (p *pollers) Track(name, key string) {
	p.mu.Lock()
	one := p.all[name]
	p.mu.Unlock()
	one.mu.Lock()
	for one.gone {
		one.mu.Unlock()
		p.mu.Lock()
		one = p.all[name]
		p.mu.Unlock()
		one.mu.Lock()
	}
	one.keys[key] = true
	one.mu.Unlock()
}

func (p *pollers) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.all {
		one.mu.Lock()
		one.gone = true
		one.mu.Unlock()
	}
}

type visitors struct {
	mu  sync.Mutex
	all map[string]*visitor
}

type visitor struct {
	mu   sync.Mutex
	gone bool
	next *visitor
}

// The visitor that is unlocked in the loop is another one, which was locked there.
func (v *visitors) Track(one *visitor, name string) {
	one.mu.Lock()
	defer one.mu.Unlock()
	for next := one.next; next != nil; next = next.next {
		next.mu.Lock()
		next.gone = true
		next.mu.Unlock()
	}
	v.mu.Lock() // want `v\.mu is locked here while one\.mu is held`
	v.all[name] = one
	v.mu.Unlock()
}

func (v *visitors) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, one := range v.all {
		one.mu.Lock()
		one.gone = true
		one.mu.Unlock()
	}
}
