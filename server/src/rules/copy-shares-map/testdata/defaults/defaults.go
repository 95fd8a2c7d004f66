package fixture

var defaultSuffixes = map[string]string{"gzip": ".gz", "br": ".br"}

var registered = map[string]int{}

type config struct {
	Suffixes map[string]string
	Suffix   string
}

type handler struct {
	suffixes map[string]string
	counts   map[string]int
}

func (c *config) Handler() *handler {
	suffixes := c.Suffixes
	if len(suffixes) == 0 {
		suffixes = defaultSuffixes
	}
	if c.Suffix != "" {
		suffixes["gzip"] = c.Suffix // want `suffixes may be defaultSuffixes itself here: this changes it for all who use it`
		suffixes["br"] = defaultSuffixes["br"]
	}
	return &handler{suffixes: suffixes}
}

// ok: a copy
func (c *config) Copied() *handler {
	suffixes := c.Suffixes
	if len(suffixes) == 0 {
		suffixes = make(map[string]string, len(defaultSuffixes))
		for key, value := range defaultSuffixes {
			suffixes[key] = value
		}
	}
	suffixes["gzip"] = c.Suffix
	return &handler{suffixes: suffixes}
}

// ok: not changed
func (c *config) Plain() *handler {
	suffixes := c.Suffixes
	if len(suffixes) == 0 {
		suffixes = defaultSuffixes
	}
	return &handler{suffixes: suffixes}
}

// ok: the map that everybody registers in, unless another one is given; nobody has it as its own
func Register(in map[string]int, name string) {
	if in == nil {
		in = registered
	}
	in[name]++
}

// ok: always that map
func Count(name string) *handler {
	counts := registered
	counts[name]++
	return &handler{counts: counts}
}
