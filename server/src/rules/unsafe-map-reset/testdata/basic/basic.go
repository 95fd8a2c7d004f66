package fixture

import "unsafe"

type hmap struct {
	count int
	flags uint8
	B     uint8
}

type table map[string]int

type holder struct{ entries table }

func throughPointer(m map[string]int) {
	h := *(**hmap)(unsafe.Pointer(&m)) // want `this writes the runtime's header of m through hmap`
	h.count = 0
	h.B = 0
}

func wrongLevel(m map[string]int) {
	h := (*hmap)(unsafe.Pointer(&m)) // want `this reads the map variable m itself as a hmap`
	h.count = 0
}

func inPlace(h *holder) {
	(*hmap)(unsafe.Pointer(&h.entries)).count = 0 // want `this reads the map variable h\.entries itself as a hmap`
}

func wholeHeader(m map[string]int) {
	**(**hmap)(unsafe.Pointer(&m)) = hmap{} // want `writes the runtime's header of m`
}

func readOnly(m map[string]int) uint8 {
	return (*(**hmap)(unsafe.Pointer(&m))).B // want `this reads the runtime's header of m through hmap`
}

// The pointer is used elsewhere too, so there is no fix.
func usedLater(m map[string]int) int {
	h := *(**hmap)(unsafe.Pointer(&m)) // want `writes the runtime's header`
	h.count = 0
	println("reset")
	return h.count
}

// want+1 `runtime\.mapclear belongs to the runtime .* corrupts the map`
//go:linkname mapclear runtime.mapclear
func mapclear(t, h unsafe.Pointer)

// want+1 `runtime\.mapiterinit belongs to the runtime`
//go:linkname mapiterinit runtime.mapiterinit
func mapiterinit(t, h, it unsafe.Pointer)

//go:linkname nanotime runtime.nanotime
func nanotime() int64

// ok: the pointer as a number tells maps apart.
func identity(m map[string]int) uintptr {
	return *(*uintptr)(unsafe.Pointer(&m))
}

// ok: the same layout under another map type.
func retyped(m map[string]int) table {
	return *(*table)(unsafe.Pointer(&m))
}

// ok: a struct, not a map.
func structs(s *holder) int {
	return (*struct{ n int })(unsafe.Pointer(s)).n
}

// ok: a pointer to an interface variable.
func words(x any) uintptr {
	return (*[2]uintptr)(unsafe.Pointer(&x))[1]
}

// ok: the address of a slice header.
func slice(s []int) int {
	return (*struct {
		data unsafe.Pointer
		len  int
		cap  int
	})(unsafe.Pointer(&s)).len
}
