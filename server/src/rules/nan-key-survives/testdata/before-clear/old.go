package fixture

// Below Go 1.21 there is no clear to offer.
func floats(m map[float64]int) {
	for k := range m { // want `entries of m whose key is NaN survive`
		delete(m, k)
	}
}

// ok: the keys are strings.
func names(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
