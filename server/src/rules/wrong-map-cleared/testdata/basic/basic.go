package fixture

type cache struct{ entries, previous map[string]int }

func fresh(old map[string]int) map[string]int {
	m := make(map[string]int)
	for k := range old {
		delete(m, k) // want `ranges old but deletes from m, which is empty here; old keeps all its entries`
	}
	return m
}

func freshLiteral(old map[string]int) {
	m := map[string]int{}
	for k := range old {
		delete(m, k) // want `deletes from m, which is empty here`
	}
}

func nilMap(old map[string]int) {
	var m map[string]int
	for k := range old {
		delete(m, k) // want `deletes from m, which is nil here`
	}
}

func (c *cache) swapped() {
	c.previous = c.entries
	c.entries = make(map[string]int)
	for k := range c.previous {
		delete(c.entries, k) // want `ranges c\.previous but deletes from c\.entries, which is empty here`
	}
}

// ok: the same map.
func same(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: the same map under another name.
func alias() {
	m := make(map[string]int)
	n := m
	for k := range n {
		delete(m, k)
	}
}

// ok: it holds something by then.
func filled(old map[string]int) {
	m := make(map[string]int)
	m["a"] = 1
	for k := range old {
		delete(m, k)
	}
}

// ok: a function may have filled it.
func filledElsewhere(old map[string]int, fill func(map[string]int)) {
	m := make(map[string]int)
	fill(m)
	for k := range old {
		delete(m, k)
	}
}

// ok: it is filled on one path.
func filledMaybe(old map[string]int, b bool) {
	m := make(map[string]int)
	if b {
		m["a"] = 1
	}
	for k := range old {
		delete(m, k)
	}
}

// ok: the loop fills it too.
func filledInLoop(old map[string]int) map[string]int {
	m := make(map[string]int)
	for k, v := range old {
		if v == 0 {
			delete(m, k[1:])
		}
		m[k] = v
	}
	return m
}

// ok: sets are subtracted like this.
func subtract(set, done map[string]bool) {
	for k := range done {
		delete(set, k)
	}
}

// ok: a method may fill the field.
func (c *cache) reload(old map[string]int) {
	c.entries = make(map[string]int)
	c.load()
	for k := range old {
		delete(c.entries, k)
	}
}

func (c *cache) load() { c.entries["a"] = 1 }

// ok: a goroutine fills it.
func concurrent(old map[string]int, done chan bool) {
	m := make(map[string]int)
	go func() { m["a"] = 1; done <- true }()
	<-done
	for k := range old {
		delete(m, k)
	}
}

// ok: a literal with entries.
func literal(old map[string]int) {
	m := map[string]int{"a": 1}
	for k := range old {
		delete(m, k)
	}
}
