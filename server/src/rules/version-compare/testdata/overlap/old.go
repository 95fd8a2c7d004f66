// want+1 `reset is declared by this file and by new\.go when Go 1\.21 builds them`
//go:build !go1.23

package fixture

func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
