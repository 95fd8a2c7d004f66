// want+1 `neither this file nor new\.go is built by Go 1\.21, so reset is missing there`
//go:build !go1.21

package fixture

func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: on this platform only; no version is left out by that.
