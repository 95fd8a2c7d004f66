package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// many runs f in several goroutines until all have ended.
func many(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		i := i
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(i)
		}()
	}
	wg.Wait()
}

func init() {
	programs["sync-map-range"] = func() {
		var m sync.Map
		for i := 0; i < 1000; i++ {
			m.Store(i, i)
		}
		m.Range(func(k, _ any) bool { m.Delete(k); return true })
		print("left alone", countSync(&m))
		missed, twice := 0, 0
		for run := 0; run < 20; run++ {
			var m sync.Map
			for i := 0; i < 500; i++ {
				m.Store(i, i)
			}
			var stop atomic.Bool
			var writer sync.WaitGroup
			writer.Add(1)
			go func() {
				defer writer.Done()
				for i := 1000; !stop.Load(); i++ {
					m.Store(i, i)
				}
			}()
			time.Sleep(200 * time.Microsecond)
			visited := map[any]int{}
			m.Range(func(k, _ any) bool {
				visited[k]++
				m.Delete(k)
				if len(visited)%100 == 0 {
					runtime.Gosched()
				}
				return len(visited) < 20_000
			})
			stop.Store(true)
			writer.Wait()
			if countSync(&m) > 0 {
				missed++
			}
			for _, times := range visited {
				if times > 1 {
					twice++
				}
			}
		}
		print("runs in which something stored meanwhile stays", missed > 0)
		print("keys visited twice", twice)
	}

	programs["sync-map-memory"] = func() {
		var m sync.Map
		for i := 0; i < 10_000; i++ {
			m.Store(i, i)
		}
		m.Range(func(_, _ any) bool { return true })
		print("mallocs of Range and Delete are few", mallocs(func() { m.Range(func(k, _ any) bool { m.Delete(k); return true }) }) < 100)
		plain := filled(10_000)
		print("mallocs of clear", mallocs(func() { clear(plain) }))
		print("refilling allocates for each key", mallocs(func() {
			for i := 0; i < 10_000; i++ {
				m.Store(i+100_000, i)
			}
		}) > 10_000)
	}

	programs["sync-map-race"] = func() {
		var m sync.Map
		many(4, func(i int) {
			for k := 0; k < 200; k++ {
				m.Store(k, i)
				m.Load(k)
				m.Range(func(k, _ any) bool { m.Delete(k); return true })
			}
		})
		print("done", true)
	}

	programs["sync-map-replaced"] = func() {
		m := &sync.Map{}
		many(3, func(i int) {
			for k := 0; k < 200; k++ {
				if i < 2 {
					*m = sync.Map{}
				} else {
					m.Store(k, k)
				}
			}
		})
	}

	programs["make-race"] = func() {
		m := map[int]int{1: 1}
		many(2, func(i int) {
			for k := 0; k < 100; k++ {
				if i == 0 {
					m = make(map[int]int)
				} else {
					_ = m[1]
				}
			}
		})
	}

	programs["guarded-map"] = func() {
		var mu sync.RWMutex
		m := filled(1000)
		many(4, func(i int) {
			for k := 0; k < 100; k++ {
				if i == 0 {
					mu.Lock()
					clear(m)
					m[k] = k
					mu.Unlock()
				} else {
					mu.RLock()
					_ = m[k]
					mu.RUnlock()
				}
			}
		})
		readOnly := filled(100)
		many(4, func(int) {
			for k := 0; k < 100; k++ {
				_ = readOnly[k]
			}
		})
		print("done", true)
	}

	programs["cleared-under-read-lock"] = func() {
		var mu sync.RWMutex
		m := filled(1000)
		many(2, func(i int) {
			for k := 0; k < 100; k++ {
				mu.RLock()
				if i == 0 {
					clear(m)
				} else {
					_ = m[k]
				}
				mu.RUnlock()
			}
		})
	}

	programs["channel-order"] = func() {
		for run := 0; run < 100; run++ {
			data := map[string]int{}
			done := make(chan string)
			go func() {
				data["key"] = 42
				done <- "done"
			}()
			<-done
			if data["key"] != 42 {
				print("lost", true)
			}
		}
		print("done", true)
	}

	programs["no-receiver"] = func() {
		done := make(chan string)
		done <- "nobody listens"
	}

	programs["owner"] = func() {
		type op struct {
			key, value int
			clear      bool
			resp       chan int
		}
		ops := make(chan op, 10)
		hold := make(chan struct{})
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			data := map[int]int{}
			<-hold
			for o := range ops {
				if o.clear {
					clear(data)
				} else {
					data[o.key] = o.value
				}
				if o.resp != nil {
					o.resp <- len(data)
				}
			}
		}()
		sent := 0
	sending:
		for i := 0; i < 20; i++ {
			select {
			case ops <- op{key: i, value: i}:
				sent++
			default:
				break sending
			}
		}
		print("sends before one blocks", sent)
		close(hold)
		resp := make(chan int, 1)
		ops <- op{clear: true, resp: resp}
		print("entries after the clear", <-resp)
		close(ops)
		<-ended
		silent := make(chan op)
		stuck := make(chan bool, 1)
		go func() {
			o := <-silent
			select {
			case o.resp <- 1:
				stuck <- false
			case <-time.After(50 * time.Millisecond):
				stuck <- true
			}
		}()
		silent <- op{}
		print("a nil reply channel blocks the owner", <-stuck)
	}

	programs["loaded-map-changed"] = func() {
		var v atomic.Value
		v.Store(map[int]int{})
		many(2, func(i int) {
			for k := 0; k < 200; k++ {
				m := v.Load().(map[int]int)
				if i == 0 {
					m[k] = k
				} else {
					_ = m[k]
				}
			}
		})
	}

	programs["atomic-value"] = func() {
		var v atomic.Value
		print("before the first Store", v.Load())
		print("Store of nil panics", panics(func() { v.Store(nil) }))
		v.Store(map[string]int{"a": 1})
		print("another type panics", panics(func() { v.Store(1) }))
		type named map[string]int
		print("a named map panics", panics(func() { v.Store(named{}) }))
		v.Store(map[string]int{})
		print("after a Store", len(v.Load().(map[string]int)))
	}

	programs["stale-reader"] = func() {
		var p atomic.Pointer[map[int]int]
		before := heapMiB()
		first := filled(500_000)
		p.Store(&first)
		reader := p.Load()
		first = nil
		empty := map[int]int{}
		p.Store(&empty)
		runtime.GC()
		print("new", len(*p.Load()))
		print("old", len(*reader) == 500_000 || len(*reader) == 0)
		held := *reader
		print("held map survives collections", held == nil || heapMiB()-before > 1)
		runtime.KeepAlive(held)
	}

	programs["lost-clear"] = func() {
		var p atomic.Pointer[map[int]int]
		start := map[int]int{1: 1}
		p.Store(&start)
		loaded, cleared := make(chan bool), make(chan bool)
		go func() {
			next := map[int]int{2: 2}
			for k, v := range *p.Load() {
				next[k] = v
			}
			loaded <- true
			<-cleared
			p.Store(&next)
			loaded <- true
		}()
		<-loaded
		empty := map[int]int{}
		p.Store(&empty)
		cleared <- true
		<-loaded
		print("entries after the clear", len(*p.Load()))
	}

	programs["once"] = func() {
		var once sync.Once
		m := filled(3)
		finished := false
		clearOnce := func() {
			once.Do(func() {
				time.Sleep(time.Millisecond)
				clear(m)
				finished = true
			})
		}
		unfinished := atomic.Int32{}
		many(8, func(int) {
			clearOnce()
			if !finished {
				unfinished.Add(1)
			}
		})
		print("callers that returned early", unfinished.Load())
		m[1] = 1
		clearOnce()
		print("entries after the second clear", len(m))
		var panicking sync.Once
		_ = panics(func() { panicking.Do(func() { panic("stop") }) })
		again := false
		panicking.Do(func() { again = true })
		print("runs again after a panic", again)
	}

	programs["wait-before-add"] = func() {
		var once sync.Once
		var wg sync.WaitGroup
		release := make(chan struct{})
		cleared := atomic.Bool{}
		clearLater := func() {
			once.Do(func() {
				wg.Add(1)
				go func() {
					defer wg.Done()
					<-release
					cleared.Store(true)
				}()
			})
		}
		wg.Wait()
		print("Wait returned before the clear", !cleared.Load())
		clearLater()
		clearLater()
		print("the second caller returned before the clear", !cleared.Load())
		close(release)
		wg.Wait()
		print("after Add and Wait", cleared.Load())
	}

	programs["flag-without-wait"] = func() {
		cleared := false
		go func() { cleared = true }()
		time.Sleep(10 * time.Millisecond)
		_ = cleared
	}

	programs["generation"] = func() {
		var mu sync.Mutex
		generation := 0
		m := map[int]int{}
		stale := atomic.Int32{}
		empty := func() <-chan struct{} {
			mu.Lock()
			old := m
			m = map[int]int{}
			generation++
			mu.Unlock()
			done := make(chan struct{})
			go func() { clear(old); close(done) }()
			return done
		}
		many(4, func(i int) {
			for k := 0; k < 200; k++ {
				mu.Lock()
				mine := generation
				mu.Unlock()
				if i == 0 {
					<-empty()
				}
				mu.Lock()
				if mine == generation {
					m[k] = i
				} else {
					stale.Add(1)
				}
				mu.Unlock()
			}
		})
		<-empty()
		print("entries", len(m))
		print("stale writes turned away", stale.Load() >= 200)
	}

	for name, fault := range map[string]func(m map[int]int, writer bool){
		"iteration": func(m map[int]int, writer bool) {
			if writer {
				m[1] = 1
				delete(m, 2)
				return
			}
			for range m {
			}
		},
		"writes": func(m map[int]int, _ bool) { m[1]++ },
		"clear": func(m map[int]int, writer bool) {
			if writer {
				clear(m)
				return
			}
			m[1] = 1
		},
	} {
		fault := fault
		programs["map-fault-"+name] = func() {
			defer fmt.Fprintln(os.Stderr, "DEFERRED")
			m := filled(100)
			many(4, func(i int) {
				defer func() {
					if recover() != nil {
						fmt.Fprintln(os.Stderr, "RECOVERED")
					}
				}()
				for {
					fault(m, i%2 == 0)
				}
			})
		}
	}

	programs["read-lock-twice"] = func() {
		var mu sync.RWMutex
		mu.RLock()
		waiting := make(chan bool)
		go func() {
			close(waiting)
			mu.Lock()
		}()
		<-waiting
		time.Sleep(20 * time.Millisecond)
		mu.RLock()
	}

	programs["read-lock-deadlock"] = func() {
		var mu sync.RWMutex
		mu.RLock()
		mu.Lock()
	}
}

func countSync(m *sync.Map) int {
	n := 0
	m.Range(func(_, _ any) bool { n++; return true })
	return n
}
