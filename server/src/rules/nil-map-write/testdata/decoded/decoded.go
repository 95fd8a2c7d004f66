package fixture

import (
	"encoding/json"
	"io"
)

type state struct {
	Index int
	Names map[string]int
	Ports map[int]string
	Tags  map[string]bool
}

type store struct {
	data state
}

func newStore() *store {
	return &store{data: state{Names: make(map[string]int), Ports: make(map[int]string), Tags: make(map[string]bool)}}
}

func (s *store) restore(r io.Reader) error {
	var data state
	if err := json.NewDecoder(r).Decode(&data); err != nil {
		return err
	}
	s.data = data
	return nil
}

func (s *store) Add(name string) {
	if _, ok := s.data.Names[name]; !ok {
		s.data.Names[name] = s.data.Index // want `this panics if the input that line 25 decodes has no Names: s\.data\.Names is nil then`
	}
}

// ok: looks whether there is a map
func (s *store) Open(port int, name string) {
	if s.data.Ports == nil {
		s.data.Ports = make(map[int]string)
	}
	s.data.Ports[port] = name
}

// ok: somebody makes it where it is nil
func (s *store) Tag(tag string) {
	s.ready()
	s.data.Tags[tag] = true
}

func (s *store) ready() {
	if s.data.Tags == nil {
		s.data.Tags = make(map[string]bool)
	}
}

// ok: a map is made after the input was read
type settings struct {
	Values map[string]string
}

type config struct {
	current settings
}

func newConfig() *config {
	return &config{current: settings{Values: make(map[string]string)}}
}

func (c *config) load(r io.Reader) error {
	var read settings
	if err := json.NewDecoder(r).Decode(&read); err != nil {
		return err
	}
	made := make(map[string]string, len(read.Values))
	for key, value := range read.Values {
		made[key] = value
	}
	read.Values = made
	c.current = read
	return nil
}

func (c *config) Set(key, value string) {
	c.current.Values[key] = value
}

// ok: what is read stays apart from what is written to
type report struct {
	Counts map[string]int
}

type collector struct {
	last report
	own  report
}

func newCollector() *collector {
	return &collector{own: report{Counts: make(map[string]int)}}
}

func (c *collector) read(r io.Reader) error {
	var last report
	if err := json.NewDecoder(r).Decode(&last); err != nil {
		return err
	}
	c.last = last
	return nil
}

func (c *collector) Count(name string) {
	c.own.Counts[name]++
}
