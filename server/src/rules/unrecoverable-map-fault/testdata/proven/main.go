package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// proves: race
func recoversFromRace() {
	m := map[string]int{}
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil { // want `recover does not stop what m\["a"\].* at main.go:\d+ may cause`
					fmt.Println("recovered", r)
				}
			}()
			m["a"] = 1
		}()
	}
	wg.Wait()
}

func guarded(f func()) {
	defer func() {
		r := recover()
		if strings.Contains(fmt.Sprint(r), "concurrent map writes") { // want `recover never sees this message`
			fmt.Println("retry")
		}
	}()
	f()
}

// ok: what panics can be recovered from.
//
// proves: nothing
func recoversFromPanic() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	var m map[string]int
	m["a"] = 1
}

// ok: the map is guarded; recover is for something else.
//
// proves: nothing
func recoversBesideLock() {
	m := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { recover() }()
			mu.Lock()
			defer mu.Unlock()
			m["a"]++
		}()
	}
	wg.Wait()
}

// ok: nothing is recovered here.
func explain() error {
	return errors.New("concurrent map writes end the process")
}

func main() {
	recoversFromPanic()
	fmt.Println(explain())
	guarded(func() {})
}
