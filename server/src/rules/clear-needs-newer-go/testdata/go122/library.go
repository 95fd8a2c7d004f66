package fixture

import (
	"maps"
	"reflect"
	"sync"
)

func tooNew(m *sync.Map, n map[string]int) int {
	m.Clear() // want `sync\.Map\.Clear needs Go 1\.23; this file may be built with Go 1\.22 \(go 1\.22 in go\.mod line 3\)`
	count := 0
	for range maps.Keys(n) { // want `maps\.Keys needs Go 1\.23`
		count++
	}
	return count
}

// ok: these came with 1.21, and the older methods of sync.Map were always there.
func oldEnough(v reflect.Value, m map[string]int, s *sync.Map) map[string]int {
	v.Clear()
	clear(m)
	s.Delete("a")
	return maps.Clone(m)
}

// ok: a Clear of our own.
type table struct{}

func (table) Clear() {}

func own(t table) { t.Clear() }
