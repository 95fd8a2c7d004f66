//go:build go1.22

package fixture

// ok: the two files complement each other.
func reset(m map[string]int) { clear(m) }
