package main

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"runtime"
	"sync"
)

type holder struct{ m map[string]int }

func init() {
	programs["nil-map"] = func() {
		m := map[string]int{"a": 1}
		alias := m
		m = nil
		print("is nil", m == nil)
		print("read", m["a"])
		delete(m, "a")
		clear(m)
		for range m {
			print("visited", true)
		}
		print("write panics", panics(func() { m["b"] = 1 }))
		print("increment panics", panics(func() { m["b"]++ }))
		print("alias", len(alias))
	}

	programs["aliases"] = func() {
		data := map[string]int{"a": 1, "b": 2}
		alias := data
		field := holder{data}
		overVariable := func() int { return len(data) }
		overCopy := func(m map[string]int) func() int { return func() int { return len(m) } }(data)
		func(m map[string]int) { m = nil; runtime.KeepAlive(m) }(data)
		print("after nil in a callee", len(data))
		data = make(map[string]int)
		print("variable", len(data))
		print("alias", len(alias))
		print("field", len(field.m))
		print("closure over the variable", overVariable())
		print("closure over a copy", overCopy())
		func(m map[string]int) { clear(m) }(alias)
		print("alias after clear in a callee", len(alias))
	}

	programs["sorted-print"] = func() {
		m := map[string]int{"c": 3, "a": 1, "b": 2}
		fmt.Println(m)
		clear(m)
		fmt.Println(m)
	}

	programs["nan-keys"] = func() {
		nan := math.NaN()
		floats := func() map[float64]int { return map[float64]int{1: 1, 2: 2, nan: 3} }
		m := floats()
		for k := range m {
			delete(m, k)
		}
		print("loop leaves", len(m))
		a := map[any]int{1: 1, "x": 2, nan: 3}
		for k := range a {
			delete(a, k)
		}
		print("loop over any leaves", len(a))
		s := map[struct{ x, y float64 }]int{{1, nan}: 1, {1, 2}: 2}
		for k := range s {
			delete(s, k)
		}
		print("loop over structs leaves", len(s))
		m = floats()
		maps.DeleteFunc(m, func(float64, int) bool { return true })
		print("DeleteFunc leaves", len(m))
		var synced sync.Map
		synced.Store(nan, 1)
		synced.Store(1.0, 1)
		synced.Range(func(k, _ any) bool { synced.Delete(k); return true })
		left := 0
		synced.Range(func(_, _ any) bool { left++; return true })
		print("Range and Delete leaves", left)
		m = floats()
		clear(m)
		print("clear leaves", len(m))
		m = floats()
		reflect.ValueOf(m).Clear()
		print("Value.Clear leaves", len(m))
	}

	programs["range-changes"] = func() {
		twice, remaining := 0, 0
		for run := 0; run < 500; run++ {
			m := filled(200)
			visited := map[int]int{}
			for k := range m {
				visited[k]++
				delete(m, k)
				delete(m, (k+7)%200)
			}
			for _, times := range visited {
				if times > 1 {
					twice++
				}
			}
			remaining += len(m)
		}
		print("visited twice", twice)
		print("left", remaining)
		counts := map[int]bool{}
		for run := 0; run < 200; run++ {
			m := make(map[int]int)
			for i := 0; i < 100; i++ {
				m[i] = i
			}
			added := 0
			for k := range m {
				if k < 100 {
					m[k+1000] = k
				} else {
					added++
				}
			}
			counts[added] = true
		}
		print("number of added keys visited differs", len(counts) > 1)
		goesOn := 0
		for run := 0; run < 200; run++ {
			m := filled(50)
			seen := 0
			for range m {
				seen++
				clear(m)
			}
			if seen != 1 {
				goesOn++
			}
		}
		print("goes on after clear", goesOn)
	}

	programs["overwrite"] = func() {
		m := filled(1000)
		print("mallocs", mallocs(func() {
			for i := range m {
				m[i] = 0
			}
		}))
		_, present := m[5]
		print("length", len(m))
		print("present", present)
		nan := map[float64]int{}
		nan[math.NaN()] = 0
		nan[math.NaN()] = 0
		print("NaN entries", len(nan))
		big := filled(1000)
		print("clear of 1000 in microseconds is below 200", fastest(20, func() {
			for i := 0; i < 1000; i++ {
				big[i] = i
			}
		}, func() { clear(big) }).Microseconds() < 200)
	}
}
