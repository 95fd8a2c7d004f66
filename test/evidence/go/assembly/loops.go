// Package assembly holds ways to empty a map; what matters is which of them the compiler turns into one call.
package assembly

type inner struct{ m map[string]int }
type holder struct {
	m   map[string]int
	in  inner
	arr [4]map[string]int
}

func Builtin(m map[string]int) { clear(m) }

func Plain(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

func Field(h *holder) {
	for k := range h.in.m {
		delete(h.in.m, k)
	}
}

func Element(h *holder, i int) {
	for k := range h.arr[i] {
		delete(h.arr[i], k)
	}
}

func OfMaps(m map[string]map[string]int) {
	for k := range m["a"] {
		delete(m["a"], k)
	}
}

func Pointer(p *map[string]int) {
	for k := range *p {
		delete(*p, k)
	}
}

func BlankValue(m map[string]int) {
	for k, _ := range m {
		delete(m, k)
	}
}

func UsedValue(m map[string]int) {
	for k, v := range m {
		_ = v
		delete(m, k)
	}
}

func SecondStatement(m map[string]int) {
	for k := range m {
		_ = k
		delete(m, k)
	}
}

func OuterKey(m map[string]int) {
	var k string
	for k = range m {
		delete(m, k)
	}
}

func FloatKey(m map[float64]int) {
	for k := range m {
		delete(m, k)
	}
}

func AnyKey(m map[any]int) {
	for k := range m {
		delete(m, k)
	}
}

//go:noinline
func get() map[string]int { return nil }

func Call() {
	for k := range get() {
		delete(get(), k)
	}
}

