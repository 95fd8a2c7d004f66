package fixture

import (
	"maps"
	"sync"
)

type celsius float64

type point struct {
	x, y float64
	name string
}

type table struct{ byTemperature map[celsius]int }

func floats(m map[float64]int) {
	for k := range m { // want `entries of m whose key is NaN survive: a key of type float64`
		delete(m, k)
	}
}

func named(t *table) {
	for k := range t.byTemperature { // want `t\.byTemperature .* type celsius`
		delete(t.byTemperature, k)
	}
}

func withValue(m map[float32]int) {
	for k, v := range m { // want `float32`
		_ = v
		delete(m, k)
	}
}

func complexNumbers(m map[complex64]int) {
	for k := range m { // want `complex64`
		delete(m, k)
	}
}

func structs(m map[point]int) {
	for k := range m { // want `a key of type point`
		delete(m, k)
	}
}

func arrays(m map[[2]float32]int) {
	for k := range m { // want `\[2\]float32`
		delete(m, k)
	}
}

func interfaces(m map[any]int) {
	for k := range m { // want `entries of m whose key holds a NaN survive`
		delete(m, k)
	}
}

func deleteFunc(m map[float64]int) {
	maps.DeleteFunc(m, func(float64, int) bool { return true }) // want `entries of m whose key is NaN survive`
}

// A comment that would be lost keeps the fix away, not the finding.
func commented(m map[float64]int) {
	for k := range m { // want `NaN`
		// forget the measurement
		delete(m, k)
	}
}

func outerKey(m map[float64]int) float64 {
	var k float64
	for k = range m { // want `NaN`
		delete(m, k)
	}
	return k
}

// ok: clear removes every entry.
func cleared(m map[float64]int) { clear(m) }

// ok: strings are equal to themselves.
func strings(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: pointers to floats are compared as pointers.
func pointers(m map[*float64]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: a blank field takes no part in the comparison.
type padded struct {
	id int
	_  float64
}

func blankField(m map[padded]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: a filter is no clear.
func filter(m map[float64]int) {
	for k, v := range m {
		if v == 0 {
			delete(m, k)
		}
	}
}

// ok: DeleteFunc with a condition.
func deleteSome(m map[float64]int) {
	maps.DeleteFunc(m, func(k float64, _ int) bool { return k > 0 })
}

// ok: what a type parameter stands for is not known here.
func generic[K comparable](m map[K]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: what a sync.Map holds is not known here.
func syncMap(m *sync.Map) {
	m.Range(func(k, _ any) bool {
		m.Delete(k)
		return true
	})
}

// ok: keys are deleted from another map.
func other(m, n map[float64]int) {
	for k := range m {
		delete(n, k)
	}
}
