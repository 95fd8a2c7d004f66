package file

//mapwarden:ignore-file delete-loop,nan-key-survives this file is the benchmark of such loops // want `nan-key-survives finds nothing in this file`

// ok: covered
func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
