package fixture

import "sync"

type box struct{ entries map[string]int }

func maps(m map[string]int, b *box) {
	clear(m) // want `the built-in clear needs Go 1\.21; this file is compiled as Go 1\.20 \(go 1\.20 in go\.mod line 3\)`
	if len(b.entries) > 10 {
		clear(b.entries) // want `the built-in clear needs Go 1\.21`
	}
}

// ok: clear is a function of this file here.
func shadowed(m map[string]int) {
	clear := func(map[string]int) {}
	clear(m)
}

// ok: below 1.21 the go line keeps nobody from a newer toolchain.
func library(m *sync.Map) {
	m.Clear()
}
