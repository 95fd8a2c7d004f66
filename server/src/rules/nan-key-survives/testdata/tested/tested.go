package tested

import "math"

type histogram struct {
	counts map[float64]int
	any    map[float64]int
	self   map[float64]int
	lent   map[float64]int
}

// ok: every key was tested before it was stored.
func (h *histogram) add(x float64) {
	if math.IsNaN(x) {
		return
	}
	h.counts[x]++
}

func (h *histogram) reset() {
	for k := range h.counts {
		delete(h.counts, k)
	}
}

func (h *histogram) addAny(x float64) {
	if !math.IsNaN(x) {
		h.any[x]++
	}
}

// One insertion without a test is enough.
func (h *histogram) addUntested(x float64) { h.any[x]++ }

func (h *histogram) resetAny() {
	for k := range h.any { // want `NaN`
		delete(h.any, k)
	}
}

// ok: the same test, as it is written without package math.
func (h *histogram) addSelf(x float64) {
	if x != x {
		return
	}
	h.self[x]++
}

func (h *histogram) resetSelf() {
	for k := range h.self {
		delete(h.self, k)
	}
}

// Somebody else may store what he likes.
func (h *histogram) addLent(x float64) {
	if !math.IsNaN(x) {
		h.lent[x]++
	}
}

func (h *histogram) lend() map[float64]int { return h.lent }

func (h *histogram) resetLent() {
	for k := range h.lent { // want `NaN`
		delete(h.lent, k)
	}
}
