// Package escape holds functions that are said to make a map or a loop variable escape.
package escape

var global *string

//go:noinline
func use(k string) {}

//go:noinline
func look(k *string) bool { return *k == "" }

func rangeAndDelete(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

func rangeOnly(m map[string]int) {
	for k := range m {
		_ = k
	}
}

func rangeAgain(m map[string]int) int {
	for k, v := range m {
		if v > 0 {
			delete(m, k)
		}
	}
	n := 0
	for range m {
		n++
	}
	return n
}

func local() int {
	m := make(map[string]int, 8)
	m["a"] = 1
	for k := range m {
		delete(m, k)
	}
	return len(m)
}

func passed(m map[string]int) {
	for k := range m {
		use(k)
	}
}

func addressPassed(m map[string]int) {
	for addressed := range m {
		look(&addressed)
	}
}

func addressKept(m map[string]int) {
	for kept := range m {
		global = &kept
	}
}
