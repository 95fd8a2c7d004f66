package fixture

type cache struct {
	entries map[string]int
	size    int
}

type table map[string]int

func toMake(m map[string]int) {
	m = make(map[string]int) // want `this replaces only the parameter m: the caller keeps its map`
}

func toLiteral(m map[string]int) {
	m["a"] = 1
	m = map[string]int{} // want `only the parameter m`
}

func toNil(m map[string]int) {
	println(len(m))
	m = nil // want `only the parameter m`
}

func onePath(m map[string]int, all bool) {
	if all {
		m = make(map[string]int) // want `only the parameter m`
		return
	}
	delete(m, "a")
}

func (t table) reset() {
	t = table{} // want `only the parameter t`
}

func (c cache) reset() {
	c.entries = make(map[string]int) // want `replaces c\.entries only in a copy: c is a value receiver`
}

func (c cache) resetOther() {
	c.size = 0
	c.entries = nil // want `c\.entries only in a copy`
}

func literal() func(map[string]int) {
	return func(m map[string]int) {
		m = map[string]int{} // want `only the parameter m`
	}
}

// ok: the new map is used.
func used(m map[string]int) int {
	m = make(map[string]int)
	m["a"] = 1
	return len(m)
}

// ok: the new map is returned.
func returned(m map[string]int) map[string]int {
	m = make(map[string]int)
	return m
}

// ok: a named result is returned by the bare return.
func named(n map[string]int) (m map[string]int) {
	m = n
	m = nil
	return
}

// ok: only a missing map is filled in.
func filledIn(m map[string]int) {
	if m == nil {
		m = make(map[string]int)
	}
}

// ok: the loop comes back to a use.
func loop(m map[string]int, n int) {
	for i := 0; i < n; i++ {
		m["a"]++
		if m["a"] > 10 {
			m = make(map[string]int)
		}
	}
}

// ok: a closure sees the variable.
func captured(m map[string]int) func() int {
	f := func() int { return len(m) }
	m = make(map[string]int)
	return f
}

// ok: a deferred function sees the variable.
func deferred(m map[string]int) {
	defer func() { println(len(m)) }()
	m = nil
}

// ok: the address is known elsewhere.
func addressed(m map[string]int) *map[string]int {
	p := &m
	m = make(map[string]int)
	return p
}

// ok: stored.
func stored(m map[string]int, c *cache) {
	m = make(map[string]int)
	c.entries = m
}

// ok: a pointer receiver changes what the caller sees.
func (c *cache) clear() {
	c.entries = make(map[string]int)
}

// ok: a pointer to a map.
func pointer(p *map[string]int) {
	*p = make(map[string]int)
}

// ok: the copy with its new map is returned.
func (c cache) emptied() cache {
	c.entries = make(map[string]int)
	return c
}

// ok: the copy is handed on.
func (c cache) emptiedInto(out chan<- cache) {
	c.entries = nil
	out <- c
}

// ok: a method of the copy reads it.
func (c cache) emptiedLen() int {
	c.entries = nil
	return c.len()
}

func (c cache) len() int { return len(c.entries) }

// ok: a local variable is nobody else's.
func local() {
	m := map[string]int{"a": 1}
	println(len(m))
	m = nil
}

// ok: not empty.
func full(m map[string]int, n map[string]int) {
	m = n
}
