package fixture

import "sync"

// ok: without clear this is the way.
func plain(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

func blankValue(m map[string]int) {
	for key, _ := range m { // want `7–12 times slower than for k := range m`
		delete(m, key)
	}
}

func discarded(m map[string]int) {
	if len(m) > 0 {
		for key, value := range m { // want `slower`
			_ = value
			delete(m, key)
		}
	}
}

// ok: nothing makes this loop fast below Go 1.21.
func interfaces(m map[interface{}]int) {
	for k := range m {
		delete(m, k)
	}
}

// ok: sync.Map has no Clear yet.
func syncMap(m *sync.Map) {
	m.Range(func(k, _ interface{}) bool {
		m.Delete(k)
		return true
	})
}
