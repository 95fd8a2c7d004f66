package fixture

import "sync"

type cache struct {
	mu      sync.Mutex
	entries sync.Map
	once    sync.Once
	plain   map[string]int
}

func (c *cache) Reset() {
	c.entries = sync.Map{} // want `c\.entries is overwritten with its sync\.Map`
}

func (c *cache) Rearm() {
	c.once = sync.Once{} // want `c\.once is overwritten with its sync\.Once`
}

func (c *cache) Unlock() {
	c.mu = sync.Mutex{} // want `c\.mu is overwritten with its sync\.Mutex`
}

func (c *cache) Renew() {
	*c = cache{} // want `\*c is overwritten with its sync\.Mutex`
}

func (c *cache) RenewLocked() {
	c.mu.Lock()
	*c = cache{plain: map[string]int{}} // want `\*c is overwritten while c\.mu in it is held since line 29`
	c.mu.Unlock()
}

func clean(m *sync.Map) {
	*m = sync.Map{} // want `\*m is overwritten with its sync\.Map`
}

func Clean(m *sync.Map) { clean(m) }

var shared sync.Map

func Empty() {
	shared = sync.Map{} // want `shared is overwritten with its sync\.Map`
}

// ok: cleared in place
func (c *cache) Clear() {
	c.entries.Clear()
}

// ok: made here, nobody knows it yet
func New() *cache {
	c := &cache{}
	c.entries = sync.Map{}
	c.setup()
	return c
}

// ok: only the constructor calls it
func (c *cache) setup() {
	c.once = sync.Once{}
}

// ok: local
func local() int {
	var mu sync.Mutex
	mu = sync.Mutex{}
	mu.Lock()
	defer mu.Unlock()
	return 1
}

// ok: a pointer to a new lock
type holder struct {
	mu *sync.Mutex
}

func (h *holder) Renew() {
	h.mu = &sync.Mutex{}
}

type group struct {
	mu   sync.Mutex
	once sync.Once
	wg   sync.WaitGroup
}

// ok: another lock keeps others away
func (g *group) Rearm() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.once = sync.Once{}
}

// ok: a WaitGroup may be used again after the wait
func (g *group) Again() {
	g.wg.Wait()
	g.wg = sync.WaitGroup{}
}

type values struct{ a, b int }

type plain struct{ v values }

// ok: no lock in it
func (p *plain) Reset() {
	p.v = values{}
	*p = plain{}
}

// ok: before the program runs
func init() {
	shared = sync.Map{}
}

type shard struct {
	mu    sync.Mutex
	size  int
	nodes map[string]int
}

// ok: the object is set up with what it is given
func (s *shard) Init(size int) {
	*s = shard{size: size}
	s.nodes = make(map[string]int, size)
}

func (s *shard) Resize(size int) {
	nodes := s.nodes
	*s = shard{size: size, nodes: nodes} // want `\*s is overwritten with its sync\.Mutex`
}

var shards = sync.Pool{New: func() any { return new(shard) }}

// ok: the last who has it
func (s *shard) Release() {
	*s = shard{}
	shards.Put(s)
}
