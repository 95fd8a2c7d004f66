// Command evidence shows what maps do. `evidence NAME` runs one program and prints what it saw, a line for each fact.
package main

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

var programs = map[string]func(){}

func main() {
	if len(os.Args) != 2 || programs[os.Args[1]] == nil {
		fmt.Println("not in this version")
		return
	}
	programs[os.Args[1]]()
}

func print(name string, value any) { fmt.Printf("%s: %v\n", name, value) }

// panics is what a function panicked with, or nil.
func panics(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

func heapMiB() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) / (1 << 20)
}

func mallocs(f func()) uint64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// fastest is the shortest of several runs of f, each after a run of prepare.
func fastest(runs int, prepare, f func()) time.Duration {
	best := time.Hour
	for i := 0; i < runs; i++ {
		prepare()
		begun := time.Now()
		f()
		if took := time.Since(begun); took < best {
			best = took
		}
	}
	return best
}

func filled(n int) map[int]int {
	m := make(map[int]int, n)
	for i := 0; i < n; i++ {
		m[i] = i
	}
	return m
}
