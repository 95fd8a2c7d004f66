package fixture

type graph struct{ edges map[string]string }

func insert(m map[string]int) {
	for k := range m {
		m[k+"!"] = 1 // want `may add a key to m while the loop ranges it`
	}
}

func add(m map[string]int, parent func(string) string) {
	for k, v := range m {
		m[parent(k)] += v // want `may add a key to m`
	}
}

func (g *graph) field() {
	for from, to := range g.edges {
		g.edges[to] = from // want `may add a key to g\.edges`
	}
}

func renumber(m map[int]string) {
	for k, v := range m {
		delete(m, k)
		m[k+1] = v // want `may add a key to m`
	}
}

func putBack(m map[int]int) {
	for k, v := range m {
		delete(m, k)
		if v > 0 {
			m[k] = v - 1 // want `puts a key back into m`
		}
	}
}

func increment(m map[int]int) {
	for k := range m {
		m[k*2]++ // want `may add a key to m`
	}
}

func nested(m map[string]map[string]int) {
	for k := range m {
		for range 3 {
			m[k+"x"] = nil // want `may add a key to m`
		}
	}
}

func conditional(m map[string]int, b bool) {
	for k := range m {
		m[k+"!"] = 1 // want `may add a key to m`
		if b {
			break
		}
	}
}

// ok: the key of the iteration is there.
func update(m map[string]int) {
	for k, v := range m {
		m[k] = v + 1
		m[k]++
	}
}

// ok: a copy of the key.
func updateCopy(m map[string]int) {
	for k := range m {
		key := k
		m[key] = 1
	}
}

// ok: deleting is well defined.
func remove(m map[string]int, other string) {
	for k := range m {
		delete(m, k)
		delete(m, other)
	}
}

// ok: the loop ends there.
func leave(m map[string]int) {
	for k := range m {
		if k == "a" {
			m["b"] = 1
			break
		}
		if k == "c" {
			m["d"] = 1
			return
		}
	}
}

// ok: the outer loop is left.
func leaveOuter(m map[string]int, words []string) {
outer:
	for k := range m {
		for _, w := range words {
			if w == k {
				m[w+"!"] = 1
				break outer
			}
		}
	}
}

// ok: another map.
func other(m, n map[string]int) {
	for k, v := range m {
		n[k+"!"] = v
	}
}

// ok: an inner map of the element.
func inner(m map[string]map[string]int) {
	for k := range m {
		m[k]["a"] = 1
	}
}

// ok: another map behind the same variable by then.
func replaced(m map[string]int) map[string]int {
	for k := range m {
		m = map[string]int{}
		m[k+"!"] = 1
	}
	return m
}

// ok: proven to be there.
func present(m map[string]int, key string) {
	for k, v := range m {
		if _, ok := m[key]; ok {
			m[key] += v
		}
		_ = k
	}
}

// ok: run later.
func later(m map[string]int) []func() {
	var todo []func()
	for k := range m {
		todo = append(todo, func() { m[k+"!"] = 1 })
	}
	return todo
}

// ok: a snapshot is ranged.
func snapshot(m map[string]int, keys func(map[string]int) []string) {
	for _, k := range keys(m) {
		m[k+"!"] = 1
	}
}

// ok: a slice.
func slice(s []int) {
	for i := range s {
		s[(i+1)%len(s)] = 1
	}
}

// ok: the map is emptied, and the loop ends with it.
func cleared(m map[string]int) {
	for range m {
		clear(m)
	}
}
