package main

import (
	"reflect"
	"runtime"
	"sync"
	"testing"
)

func init() {
	programs["capacity-cost"] = func() {
		large := make(map[int]int, 200_000)
		small := make(map[int]int, 10)
		put := func(m map[int]int) func() {
			return func() {
				for i := 0; i < 10; i++ {
					m[i] = i
				}
			}
		}
		ofLarge := fastest(20, put(large), func() { clear(large) })
		loopOfLarge := fastest(20, put(large), func() {
			for k := range large {
				delete(large, k)
			}
		})
		ofSmall := fastest(200, put(small), func() { clear(small) })
		ofFull := fastest(5, func() {
			for i := 0; i < 200_000; i++ {
				large[i] = i
			}
		}, func() { clear(large) })
		print("clear of ten entries in a large table takes 20 times as long", ofLarge > 20*ofSmall)
		print("the loop takes 20 times as long", loopOfLarge > 20*ofSmall)
		print("clear of a full large table takes 15 times as long as of ten entries in it", ofFull > 15*ofLarge)
	}

	programs["memory-kept"] = func() {
		before := heapMiB()
		m := filled(1_000_000)
		full := heapMiB() - before
		clear(m)
		afterClear := heapMiB() - before
		runtime.KeepAlive(m)
		m = make(map[int]int)
		afterMake := heapMiB() - before
		runtime.KeepAlive(m)
		print("clear keeps at least nine tenths", afterClear > full*0.9)
		print("make gives it back", afterMake < 1)
	}

	programs["refill-allocations"] = func() {
		fill := func(m map[int]int, n int) {
			for i := 0; i < n; i++ {
				m[i] = i
			}
		}
		var sink map[int]int
		print("make", testing.AllocsPerRun(100, func() { sink = make(map[int]int) }))
		print("make with 1000 allocates more", testing.AllocsPerRun(100, func() { sink = make(map[int]int, 1000) }) > 1)
		runtime.KeepAlive(sink)
		thousand := filled(1000)
		print("clear", testing.AllocsPerRun(20, func() { clear(thousand) }))
		fill(thousand, 1000)
		print("clear and refill of 1000 is at most 8", testing.AllocsPerRun(20, func() { clear(thousand); fill(thousand, 1000) }) <= 8)
		large := filled(100_000)
		refill := testing.AllocsPerRun(3, func() { clear(large); fill(large, 100_000) })
		print("clear and refill of 100000", int(refill))
		print("clear and refill of 100000 allocates", refill > 500)
		var made map[int]int
		plain := testing.AllocsPerRun(3, func() { made = make(map[int]int); fill(made, 100_000) })
		sized := testing.AllocsPerRun(3, func() { made = make(map[int]int, 100_000); fill(made, 100_000) })
		runtime.KeepAlive(made)
		print("a size saves allocations", sized < plain)
		before := numGC()
		for i := 0; i < 10; i++ {
			sink = make(map[int]int)
		}
		print("collections by ten makes", numGC()-before)
	}

	programs["delete-allocates"] = func() {
		plain := 0
		m := filled(1000)
		plain = int(mallocs(func() {
			for k := range m {
				if k >= 0 {
					delete(m, k)
				}
			}
		}))
		print("in a map that does not grow", plain)
		growing := 0
		for n := 6600; n < 6800; n++ {
			m := make(map[int]int)
			for i := 0; i < n; i++ {
				m[i] = i
			}
			if mallocs(func() {
				for i := 0; i < 3000; i++ {
					delete(m, i)
				}
			}) > 0 {
				growing++
			}
		}
		// The runtime's own goroutines allocate once in a while, too.
		print("growing maps in which delete allocates", growing > 5)
	}

	programs["sync-map-cost"] = func() {
		const n = 20_000
		var synced sync.Map
		locked := make(map[int]int, n)
		var mu sync.RWMutex
		rangeDelete := fastest(7, func() {
			for i := 0; i < n; i++ {
				synced.Store(i, i)
			}
		}, func() { synced.Range(func(k, _ any) bool { synced.Delete(k); return true }) })
		clearing := fastest(7, func() {
			for i := 0; i < n; i++ {
				locked[i] = i
			}
		}, func() { mu.Lock(); clear(locked); mu.Unlock() })
		print("Range and Delete takes 10 times as long as clear", rangeDelete > 10*clearing)
		refillSynced := fastest(7, func() { synced = sync.Map{} }, func() {
			for i := 0; i < n; i++ {
				synced.Store(i, i)
			}
		})
		refillLocked := fastest(7, func() { clear(locked) }, func() {
			for i := 0; i < n; i++ {
				mu.Lock()
				locked[i] = i
				mu.Unlock()
			}
		})
		print("filling it takes longer", refillSynced > refillLocked)
	}

	programs["owner-cost"] = func() {
		type request struct {
			key   int
			reply chan int
		}
		requests := make(chan request)
		owned := filled(100)
		go func() {
			for r := range requests {
				r.reply <- owned[r.key]
			}
		}()
		reply := make(chan int, 1)
		command := fastest(7, func() {}, func() {
			for i := 0; i < 5000; i++ {
				requests <- request{i % 100, reply}
				<-reply
			}
		})
		close(requests)
		var mu sync.RWMutex
		m := filled(100)
		sum := 0
		locked := fastest(7, func() {}, func() {
			for i := 0; i < 5000; i++ {
				mu.RLock()
				sum += m[i%100]
				mu.RUnlock()
			}
		})
		print("a command takes four times as long as a lock", command > 4*locked)
	}

	programs["reflect-clear"] = func() {
		type box struct{ hidden map[int]int }
		b := box{filled(3)}
		field := reflect.ValueOf(&b).Elem().Field(0)
		print("can interface", field.CanInterface())
		field.Clear()
		print("unexported field after Clear", len(b.hidden))
		b.hidden = filled(3)
		print("SetMapIndex there panics", panics(func() { field.SetMapIndex(reflect.ValueOf(1), reflect.Value{}) }) != nil)
		print("Clear of an int panics", panics(func() { reflect.ValueOf(1).Clear() }) != nil)
		zero := filled(3)
		reflect.ValueOf(zero).SetMapIndex(reflect.ValueOf(1), reflect.Zero(reflect.TypeOf(0)))
		print("after SetMapIndex with a zero", len(zero))
		const n = 10_000
		m := filled(n)
		v := reflect.ValueOf(m)
		refill := func() {
			for i := 0; i < n; i++ {
				m[i] = i
			}
		}
		print("Clear allocates", testing.AllocsPerRun(3, func() { v.Clear() }))
		refill()
		perKey := mallocs(func() {
			for _, k := range v.MapKeys() {
				v.SetMapIndex(k, reflect.Value{})
			}
		})
		print("MapKeys allocates once for each key", perKey >= n)
		refill()
		var key reflect.Value
		iterKey := mallocs(func() {
			key = reflect.New(v.Type().Key()).Elem()
			for it := v.MapRange(); it.Next(); {
				key.SetIterKey(it)
			}
		})
		print("SetIterKey allocates at most 10", iterKey <= 10)
		byClear := fastest(7, refill, func() { v.Clear() })
		byKeys := fastest(7, refill, func() {
			for _, k := range v.MapKeys() {
				v.SetMapIndex(k, reflect.Value{})
			}
		})
		print("MapKeys and SetMapIndex takes 10 times as long", byKeys > 10*byClear)
		big := reflect.ValueOf(make(map[int]int, 200_000))
		one, value := reflect.ValueOf(1), reflect.ValueOf(1)
		ofBig := fastest(7, func() { big.SetMapIndex(one, value) }, func() { big.Clear() })
		ofFull := fastest(5, func() {
			for i := 0; i < 200_000; i++ {
				big.SetMapIndex(reflect.ValueOf(i), value)
			}
		}, func() { big.Clear() })
		print("Clear of a full table takes 50 times as long as of one entry in it", ofFull > 50*ofBig)
	}
}

func numGC() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumGC
}
