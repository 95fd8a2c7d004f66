package copies

import "maps"

type config struct {
	name   string
	labels map[string]string
	limits map[string]int
}

func (c *config) label(key string) string { return c.labels[key] }

func (c *config) limit(key string) int { return c.limits[key] }

func (c *config) with(name, key, value string) *config {
	d := *c
	d.name = name
	d.labels[key] = value // want `this changes d.labels, and \*c with it: copying the struct did not copy the map, and line \d+ looks at the original`
	return &d
}

func (c *config) without(key string) config {
	d := *c
	delete(d.labels, key) // want `this changes d.labels`
	clear(d.limits)       // want `this changes d.limits`
	return d
}

func compare(first config, key string) int {
	second := first
	second.name = "second"
	second.limits[key] = 1 // want `this changes second.limits, and first with it`
	return second.limits[key] - first.limits[key]
}

// ok: the copy gets maps of its own.
func (c *config) cloned(key, value string) *config {
	d := *c
	d.labels = maps.Clone(c.labels)
	d.labels[key] = value
	return &d
}

// ok: made by hand.
func (c *config) copied(key string) config {
	d := *c
	d.limits = make(map[string]int, len(c.limits))
	for k, v := range c.limits {
		d.limits[k] = v
	}
	d.limits[key]++
	return d
}

type server struct{ config config }

// ok: a short name for the original.
func (s *server) set(key, value string) {
	c := s.config
	c.labels[key] = value
}

// ok: the copy is written back.
func (s *server) rename(name, key string) {
	c := s.config
	c.name = name
	c.labels[key] = name
	s.config = c
}

// ok: the map is only looked at.
func (c *config) named(name string) *config {
	d := *c
	d.name = name
	return &d
}

// ok: each is changed on purpose.
func all(configs []config, key string) {
	for _, c := range configs {
		c.labels[key] = "x"
	}
}

// ok: the original ends with the function.
func build(key string) config {
	base := config{labels: map[string]string{}}
	c := base
	c.name = "built"
	c.labels[key] = "x"
	return c
}

// ok: the change comes before the copy.
func (c *config) before(key string) *config {
	c.labels[key] = "x"
	d := *c
	d.name = key
	return &d
}

type counter struct{ counts map[string]int }

// ok: a pointer is no copy.
func (c *counter) add(key string) *counter {
	d := c
	d.counts[key]++
	return d
}
