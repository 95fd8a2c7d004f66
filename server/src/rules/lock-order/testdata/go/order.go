package fixture

import "sync"

type bank struct {
	from sync.Mutex
	to   sync.Mutex
	gate sync.Mutex
	a, b int
}

func (b *bank) Move(n int) {
	b.from.Lock()
	defer b.from.Unlock()
	b.to.Lock() // want `b\.to is locked here while b\.from is held; Back locks them the other way round`
	defer b.to.Unlock()
	b.a -= n
	b.b += n
}

func (b *bank) Back(n int) {
	b.to.Lock()
	defer b.to.Unlock()
	b.from.Lock()
	defer b.from.Unlock()
	b.b -= n
	b.a += n
}

var (
	usersMu  sync.Mutex
	groupsMu sync.RWMutex
	users    = map[string]int{}
	groups   = map[string]int{}
)

func addUser(name string) {
	usersMu.Lock()
	defer usersMu.Unlock()
	users[name] = 1
	addGroup(name) // want `groupsMu is locked here while usersMu is held; DropGroup locks them the other way round`
}

func addGroup(name string) {
	groupsMu.Lock()
	groups[name] = 1
	groupsMu.Unlock()
}

func DropGroup(name string) {
	groupsMu.Lock()
	defer groupsMu.Unlock()
	usersMu.Lock()
	delete(users, name)
	usersMu.Unlock()
	delete(groups, name)
}

func AddUser(name string) { addUser(name) }

type ordered struct {
	first, second sync.Mutex
	n             int
}

// ok: always in this order
func (o *ordered) Inc() {
	o.first.Lock()
	o.second.Lock()
	o.n++
	o.second.Unlock()
	o.first.Unlock()
}

func (o *ordered) Dec() {
	o.first.Lock()
	o.second.Lock()
	o.n--
	o.second.Unlock()
	o.first.Unlock()
}

type gated struct {
	gate, left, right sync.Mutex
	n                 int
}

// ok: a third lock keeps the two apart
func (g *gated) Left() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.left.Lock()
	g.right.Lock()
	g.n++
	g.right.Unlock()
	g.left.Unlock()
}

func (g *gated) Right() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.right.Lock()
	g.left.Lock()
	g.n--
	g.left.Unlock()
	g.right.Unlock()
}

type node struct {
	mu sync.Mutex
	n  int
}

// ok: two objects of one type, which ones is not known
func move(x, y *node) {
	x.mu.Lock()
	defer x.mu.Unlock()
	y.mu.Lock()
	defer y.mu.Unlock()
	x.n, y.n = y.n, x.n
}

type tried struct {
	a, b sync.Mutex
	n    int
}

// ok: TryLock does not wait
func (t *tried) One() {
	t.a.Lock()
	defer t.a.Unlock()
	if t.b.TryLock() {
		t.n++
		t.b.Unlock()
	}
}

func (t *tried) Two() {
	t.b.Lock()
	defer t.b.Unlock()
	t.a.Lock()
	t.n--
	t.a.Unlock()
}

type readers struct {
	a, b sync.RWMutex
	n    int
}

// ok: readers do not wait for readers
func (r *readers) One() int {
	r.a.RLock()
	defer r.a.RUnlock()
	r.b.RLock()
	defer r.b.RUnlock()
	return r.n
}

func (r *readers) Two() int {
	r.b.RLock()
	defer r.b.RUnlock()
	r.a.RLock()
	defer r.a.RUnlock()
	return r.n
}

type released struct {
	a, b sync.Mutex
	n    int
}

// ok: one after the other
func (r *released) One() {
	r.a.Lock()
	r.n++
	r.a.Unlock()
	r.b.Lock()
	r.n++
	r.b.Unlock()
}

func (r *released) Two() {
	r.b.Lock()
	defer r.b.Unlock()
	r.a.Lock()
	r.n--
	r.a.Unlock()
}
