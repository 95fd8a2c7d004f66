package old

func before122(names []string) {
	for _, name := range names { // want `name is written here while loops\.go:6 may read it`
		go func() {
			_ = name
		}()
		println(len(names))
	}
}

// ok: a copy for each iteration.
func copied(names []string) {
	for _, name := range names {
		name := name
		go func() {
			_ = name
		}()
	}
}
