package methods

import "sync"

// Only pacer has one, and locks before it uses it.
type window struct {
	values [4]int
	at     int
	sum    int
}

func (w *window) Init(first int) {
	*w = window{sum: first}
	w.values[0] = first
}

// ok: every caller holds the lock of the pacer.
func (w *window) Add(value int) {
	w.advance()
	w.values[w.at] += value
	w.sum += value
}

// ok: so does this one's.
func (w *window) Sum() int {
	w.advance()
	return w.sum
}

func (w *window) advance() {
	w.at = (w.at + 1) % len(w.values)
	w.sum -= w.values[w.at]
	w.values[w.at] = 0
}

type Pacer struct {
	mu struct {
		sync.Mutex
		recent window
	}
}

func NewPacer() *Pacer {
	p := &Pacer{}
	p.mu.recent.Init(1)
	go p.run()
	return p
}

func (p *Pacer) run() {
	for {
		p.mu.Lock()
		p.mu.recent.Sum()
		p.mu.Unlock()
	}
}

func (p *Pacer) Push(value int) {
	p.mu.Lock()
	p.mu.recent.Add(value)
	p.mu.Unlock()
}

// One caller forgets the lock.
type meter struct {
	count int
	sum   int
}

func (m *meter) Add(value int) {
	m.count++      // want `m\.count is used here without`
	m.sum += value // want `m\.sum is used here without`
}

func (m *meter) Sum() int {
	m.count++
	return m.sum
}

type Meters struct {
	mu struct {
		sync.Mutex
		recent meter
	}
}

func NewMeters() *Meters {
	m := &Meters{}
	m.mu.recent.Add(1)
	go m.run()
	return m
}

func (m *Meters) run() {
	for {
		m.mu.Lock()
		m.mu.recent.Sum()
		m.mu.Unlock()
	}
}

func (m *Meters) Push(value int) {
	m.mu.recent.Add(value)
}

// Others can name this type, and call its methods.
type Gauge struct{ value int }

func (g *Gauge) Set(value int) {
	g.value = value // want `g\.value is used here without`
}

type Gauges struct {
	mu struct {
		sync.Mutex
		Last Gauge
	}
}

func NewGauges() *Gauges {
	g := &Gauges{}
	g.mu.Last.Set(1)
	go g.run()
	return g
}

func (g *Gauges) run() {
	for {
		g.mu.Lock()
		g.mu.Last.Set(2)
		g.mu.Unlock()
	}
}

// Those who only read it hold the read lock of the index.
type entries struct {
	names []string
	size  int
}

// ok: no caller is without the lock.
func (e *entries) Len() int { return e.size }

func (e *entries) Add(name string) {
	e.names = append(e.names, name)
	e.size++
}

type Index struct {
	mu  sync.RWMutex
	all entries
}

func NewIndex() *Index {
	i := &Index{}
	i.all.Add("first")
	go i.run()
	return i
}

func (i *Index) run() {
	for {
		i.mu.Lock()
		i.all.Add("another")
		i.mu.Unlock()
	}
}

func (i *Index) Len() int {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return i.all.Len()
}
