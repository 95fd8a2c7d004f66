package regions

import "maps"

//mapwarden:ignore delete-loop it is the signature that is covered // want `delete-loop finds nothing here`
func signature(m map[string]int) {
	clear(m)
}

//mapwarden:ignore delete-loop a function on one line is covered
func oneLine(m map[string]int) { maps.DeleteFunc(m, func(string, int) bool { return true }) }

func lastInBlock(m map[string]int, deep bool) {
	if deep {
		clear(m)
		//mapwarden:ignore delete-loop nothing follows in this block // want `delete-loop finds nothing here`
	}
	// ok: the head of the outer statement, not its block
	//mapwarden:ignore delete-loop a closure is another place // want `delete-loop finds nothing here`
	func() {
		clear(m)
	}()
	// ok: a statement over several lines
	//mapwarden:ignore delete-loop a debugger watches each key go
	maps.DeleteFunc(
		m,
		func(string, int) bool { return true },
	)
	// ok: directives pile up
	//mapwarden:ignore nan-key-survives none of the keys is a float // want `nan-key-survives finds nothing here`
	//mapwarden:ignore delete-loop a debugger watches each key go
	for k := range m {
		delete(m, k)
	}
	switch deep {
	//mapwarden:ignore delete-loop the head of a case // want `delete-loop finds nothing here`
	case true:
		//mapwarden:ignore delete-loop a debugger watches each key go
		for k := range m {
			delete(m, k)
		}
	}
}
