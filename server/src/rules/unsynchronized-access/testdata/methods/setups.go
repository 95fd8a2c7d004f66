package methods

import "sync"

// Only the function that makes an oven has others told of it: by then it is set up.
type thermostat struct {
	mu      sync.Mutex
	readout *dial
	target  int
	ticks   chan int
}

type dial struct{ shown int }

func newThermostat() *thermostat { return startThermostat() }

func startThermostat() *thermostat {
	t := &thermostat{ticks: make(chan int)}
	go t.watch()
	return t
}

func (t *thermostat) watch() {
	for range t.ticks {
		t.mu.Lock()
		t.target++
		t.mu.Unlock()
	}
}

// ok: only newOven calls it, of the thermostat that it has made.
func (t *thermostat) Show(d *dial) { t.readout = d }

func (t *thermostat) Turn(by int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.target += by
	if t.readout != nil {
		t.readout.shown = t.target
	}
}

type Oven struct{ thermostat *thermostat }

func NewOven(visible bool) *Oven {
	o := &Oven{thermostat: newThermostat()}
	if visible {
		o.show()
	}
	return o
}

func (o *Oven) show() { o.thermostat.Show(&dial{}) }

func (o *Oven) Turn(by int) { o.thermostat.Turn(by) }

// The task that it comes with looks at what is set when it runs already.
type grill struct {
	mu    sync.Mutex
	lamp  *dial
	ticks chan int
}

func newGrill() *grill {
	g := &grill{ticks: make(chan int)}
	go g.watch()
	return g
}

func (g *grill) watch() {
	for range g.ticks {
		g.mu.Lock()
		if g.lamp != nil {
			g.lamp.shown++
		}
		g.mu.Unlock()
	}
}

func (g *grill) Light(d *dial) {
	g.lamp = d // want `g\.lamp is used here without g\.mu`
}

type Terrace struct{ grill *grill }

func NewTerrace() *Terrace {
	t := &Terrace{grill: newGrill()}
	t.grill.Light(&dial{})
	return t
}

// What it sets may belong to several ovens: one of them is in use.
type fan struct {
	mu    sync.Mutex
	noise *dial
	speed int
}

func (f *fan) Measure(d *dial) {
	f.noise = d // want `f\.noise is used here without f\.mu`
}

func (f *fan) Spin(by int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.speed += by
	if f.noise != nil {
		f.noise.shown = f.speed
	}
	if f.speed == 0 {
		f.noise = nil
	}
}

type Hood struct{ fan *fan }

var sharedFan = &fan{}

func NewHood() *Hood {
	h := &Hood{fan: sharedFan}
	h.fan.Measure(&dial{})
	return h
}

func (h *Hood) Spin(by int) { h.fan.Spin(by) }

// A method calls it again later.
type bell struct {
	mu    sync.Mutex
	tone  *dial
	rings int
}

func (b *bell) Tune(d *dial) {
	b.tone = d // want `b\.tone is used here without b\.mu`
}

func (b *bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rings++
	if b.tone != nil {
		b.tone.shown++
	}
	if b.rings > 9 {
		b.tone = nil
	}
}

type Door struct{ bell *bell }

func NewDoor() *Door {
	d := &Door{bell: &bell{}}
	d.bell.Tune(&dial{})
	return d
}

func (d *Door) Retune() { d.bell.Tune(&dial{}) }

func (d *Door) Ring() { d.bell.Ring() }
