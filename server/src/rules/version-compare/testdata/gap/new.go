//go:build go1.23

package fixture

func reset(m map[string]int) { clear(m) }
