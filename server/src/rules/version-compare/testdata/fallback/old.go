//go:build !go1.22

package fixture

func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
