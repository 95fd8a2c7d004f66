//go:build !go1.23 // want `reset is declared by this file and by new\.go when Go 1\.21 builds them`

package fixture

func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
