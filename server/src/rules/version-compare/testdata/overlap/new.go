//go:build go1.21

package fixture

func reset(m map[string]int) { clear(m) }
