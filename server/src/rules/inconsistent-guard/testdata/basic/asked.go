package fixture

import "sync"

var (
	tracedMu sync.Mutex
	traced   map[int]string
)

func init() {
	traced = map[int]string{}
}

func Trace(n int, what string) {
	tracedMu.Lock()
	defer tracedMu.Unlock()
	traced[n] = what
}

func Untrace(n int) {
	tracedMu.Lock()
	defer tracedMu.Unlock()
	delete(traced, n)
}

func Traced(n int) string {
	tracedMu.Lock()
	defer tracedMu.Unlock()
	return traced[n]
}

func Retrace(n, m int) {
	tracedMu.Lock()
	defer tracedMu.Unlock()
	traced[m] = traced[n]
	delete(traced, n)
}

// ok: whether there is a map was decided before anybody could ask.
func Report() string {
	if traced == nil {
		return "nothing is traced"
	}
	tracedMu.Lock()
	defer tracedMu.Unlock()
	return traced[0]
}

// It asks for the entries.
func Count() int {
	return len(traced) // want `traced is used here without tracedMu`
}

var (
	loadedMu sync.Mutex
	loaded   map[int]string
)

func Load(n int, what string) {
	loadedMu.Lock()
	defer loadedMu.Unlock()
	if loaded == nil {
		loaded = map[int]string{}
	}
	loaded[n] = what
}

func Loaded(n int) string {
	loadedMu.Lock()
	defer loadedMu.Unlock()
	return loaded[n]
}

// The map comes later.
func IsLoaded() bool {
	return loaded != nil // want `loaded is used here without loadedMu`
}
