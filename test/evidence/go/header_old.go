//go:build !go1.24

package main

import "unsafe"

// header has the fields that the runtime's map header had until Go 1.23.
type header struct {
	count      int
	flags, B   uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
	extra      unsafe.Pointer
}

func reset(m map[int]int) *header {
	h := *(**header)(unsafe.Pointer(&m))
	h.count, h.B, h.oldbuckets, h.nevacuate, h.noverflow = 0, 0, nil, 0, 0
	return h
}

func init() {
	programs["header-surgery"] = func() {
		length, B, back := 0, uint8(0), 0
		// The one bucket that is left has no keys in one map of fifty.
		for round := 0; round < 20; round++ {
			m := filled(1000)
			h := reset(m)
			length += len(m)
			m[-1] = 1
			B += h.B
			for i := 0; i < 1000; i++ {
				if _, found := m[i]; found {
					back++
				}
			}
		}
		print("length", length)
		print("B after one insertion", B)
		print("deleted keys are back", back > 0)
	}

	// What the leftovers do depends on the hashes, which differ from map to map.
	programs["header-surgery-insert"] = func() {
		for round := 0; round < 20; round++ {
			m := filled(1000)
			reset(m)
			for i := 0; i < 200; i++ {
				m[i+5000] = i
			}
		}
		print("survived", true)
	}

	programs["header-surgery-growing"] = func() {
		for round := 0; round < 20; round++ {
			m := make(map[int]int)
			for i := 0; i < 6657; i++ {
				m[i] = i
			}
			h := *(**header)(unsafe.Pointer(&m))
			print("growing", h.oldbuckets != nil)
			reset(m)
			for i := 0; i < 5000; i++ {
				m[i] = i
			}
		}
		print("survived", true)
	}
}
