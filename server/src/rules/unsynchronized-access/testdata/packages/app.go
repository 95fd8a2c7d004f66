package packages

import "example.com/packages/store"

// What another package does to what it is given counts as done here.
func throughMethods(keys []string) int {
	s := &store.Store{Counts: map[string]int{}}
	done := make(chan bool)
	go func() {
		for _, key := range keys {
			s.Put(key) // want `s is written here while app\.go:\d+ may read it`
		}
		done <- true
	}()
	n := s.Size()
	<-done
	return n
}

func throughFunctions(m map[string]int) {
	done := make(chan bool)
	go func() {
		store.Empty(m) // want `m is written here and at app\.go:\d+`
		done <- true
	}()
	m["a"] = 1
	<-done
}

func ordered(m map[string]int) int {
	done := make(chan bool)
	go func() {
		store.Empty(m)
		done <- true
	}()
	<-done
	m["a"] = 1 // ok: after the receive
	return store.Peek(m)
}

func bothRead(m map[string]int) int {
	done := make(chan int)
	go func() { done <- store.Peek(m) }()
	n := store.Peek(m) // ok: both read
	return n + <-done
}

func lockedInside(keys []string) {
	s := store.New()
	done := make(chan bool)
	go func() {
		for _, key := range keys {
			s.PutLocked(key) // ok: the method locks
		}
		done <- true
	}()
	s.PutLocked("a")
	<-done
}

func different(a, b *store.Store) {
	done := make(chan bool)
	go func() {
		a.Put("a") // ok: nothing says that a and b are one store
		done <- true
	}()
	b.Put("b")
	<-done
}

func throughReceiver(f *store.Store, m map[string]int) {
	done := make(chan bool)
	go func() {
		f.Fill(m) // want `^m is written here and at app\.go:\d+`
		done <- true
	}()
	m["a"] = 1
	<-done
}
