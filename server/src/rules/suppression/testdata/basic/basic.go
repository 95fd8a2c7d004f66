package basic

func trailing(m map[string]int) {
	for k := range m { //mapwarden:ignore delete-loop a debugger watches each key go
		delete(m, k)
	}
	clear(m) //mapwarden:ignore delete-loop a debugger watches each key go // want `delete-loop finds nothing here; the comment silences nothing`
}

func above(m map[string]int) {
	//mapwarden:ignore delete-loop a debugger watches each key go
	for k := range m {
		delete(m, k)
	}

	//mapwarden:ignore delete-loop a debugger watches each key go // want `delete-loop finds nothing here`

	clear(m)
}

func lists(m map[float64]int) {
	//mapwarden:ignore delete-loop,nan-key-survives the keys are bucket bounds // want `delete-loop finds nothing here`
	for k := range m {
		delete(m, k)
	}
	//mapwarden:ignore nan-key-survives,delete-loop the keys are bucket bounds // want `delete-loop finds nothing here`
	for k := range m {
		delete(m, k)
	}
	//mapwarden:ignore nan-key-survives, weak-klear the keys are bucket bounds // want `there is no rule 'weak-klear'`
	for k := range m {
		delete(m, k)
	}
	//mapwarden:ignore delete-loop,reflect-map-clear the keys are bucket bounds // want `delete-loop finds nothing here` `reflect-map-clear finds nothing here`
	clear(m)
}

func wrong(m map[string]int) {
	//mapwarden:ignore delete-loop // want `this comment does not silence delete-loop: it gives no reason`
	clear(m)
	//mapwarden:ignore // want `this comment silences nothing: it names no rule`
	clear(m)
	//mapwarden:ignore delete-lop the order matters // want `there is no rule 'delete-lop'; did you mean 'delete-loop'\?`
	clear(m)
	//mapwarden:ignor delete-loop the order matters // want `'mapwarden:ignor' means nothing`
	clear(m)
	// mapwarden:ignore delete-loop the order matters // want `in Go a directive has no space after //`
	clear(m)
	// ok: prose
	// mapwarden: here is a sentence about the tool.
	clear(m)
	// ok: a general comment is no directive
	/*mapwarden:ignore delete-loop the order matters*/
	clear(m)
}

// documented has a comment that gofmt separates from its text.
//
//mapwarden:ignore delete-loop the body is another place // want `delete-loop finds nothing here`
func documented(m map[string]int) {
	clear(m)
}
