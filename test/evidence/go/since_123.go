//go:build go1.23

package main

import (
	"math"
	"sync"
)

func init() {
	programs["sync-map-clear"] = func() {
		var m sync.Map
		m.Store(1, 1)
		m.Store(math.NaN(), 1)
		m.Clear()
		print("left", countSync(&m))
	}
}
