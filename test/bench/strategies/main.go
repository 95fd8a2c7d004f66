// Command strategies measures ways to empty a map, side by side, as ratios to clear. It prints JSON.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"runtime"
	"sync"
	"time"
)

const repetitions = 21

type row struct {
	Strategy string  `json:"strategy"`
	Entries  int     `json:"entries"`
	Empty    float64 `json:"empty"`
	Refill   float64 `json:"refill"`
}

// way empties a map its own way; fill puts n entries into what it works on.
type way struct {
	name  string
	fill  func(n int)
	empty func(n int)
}

func ways() []way {
	m := map[int]int{}
	fill := func(n int) {
		for i := 0; i < n; i++ {
			m[i] = i
		}
	}
	var synced sync.Map
	fillSynced := func(n int) {
		for i := 0; i < n; i++ {
			synced.Store(i, i)
		}
	}
	return []way{
		{"clear", fill, func(int) { clear(m) }},
		{"loop", fill, func(int) {
			for k := range m {
				delete(m, k)
			}
		}},
		{"slow-loop", fill, func(int) {
			for k, _ := range m {
				delete(m, k)
			}
		}},
		{"make", fill, func(int) { m = make(map[int]int) }},
		{"make-sized", fill, func(n int) { m = make(map[int]int, n) }},
		{"reflect-clear", fill, func(int) { reflect.ValueOf(m).Clear() }},
		{"sync-map-range", fillSynced, func(int) { synced.Range(func(k, _ any) bool { synced.Delete(k); return true }) }},
		{"sync-map-clear", fillSynced, func(int) { synced.Clear() }},
	}
}

func main() {
	var rows []row
	for _, entries := range []int{10, 1_000, 100_000} {
		all := ways()
		empty := make([]time.Duration, len(all))
		refill := make([]time.Duration, len(all))
		// Small maps are measured many at a time: the clock is coarse.
		times := max(1, 2_000/entries)
		for i := 0; i < repetitions; i++ {
			for w, way := range all {
				way.fill(entries)
				both := timed(func() {
					for range times {
						way.empty(entries)
						way.fill(entries)
					}
				}) / time.Duration(times)
				runtime.GC()
				// Filling is taken out again: what is left is emptying.
				var only time.Duration
				for range times {
					only += timed(func() { way.empty(entries) })
					way.fill(entries)
				}
				keep(&empty[w], only/time.Duration(times))
				keep(&refill[w], both)
			}
		}
		for w, way := range all {
			rows = append(rows, row{way.name, entries, ratio(empty[w], empty[0]), ratio(refill[w], refill[0])})
		}
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{"go": runtime.Version()[2:], "platform": runtime.GOOS + "/" + runtime.GOARCH, "processors": runtime.GOMAXPROCS(0), "repetitions": repetitions, "rows": rows})
}

func timed(f func()) time.Duration {
	begun := time.Now()
	f()
	return time.Since(begun)
}

func keep(least *time.Duration, took time.Duration) {
	if *least == 0 || took < *least {
		*least = took
	}
}

// ratio has two significant digits: more would be noise.
func ratio(a, b time.Duration) float64 {
	r := float64(a) / float64(max(b, 1))
	scale := 1.0
	for r*scale < 10 && scale < 1e4 {
		scale *= 10
	}
	return float64(int(r*scale+0.5)) / scale
}
