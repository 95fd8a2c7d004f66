package fixture

// A key that may be NaN has no loop that does the same, a slice no delete.
func noFix(m map[float64]int, s []int) {
	clear(m) // want `the built-in clear needs Go 1\.21`
	clear(s) // want `the built-in clear needs Go 1\.21`
}

// ok: an append of nothing is no clear.
func other(s []int) []int { return append(s[:0], s...) }
