//go:build go1.21

package fixture

// ok: the constraint raises the language of this file.
func reset(m map[string]int) { clear(m) }
