package main

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
)

type table struct {
	mu     sync.Mutex
	values atomic.Value
}

func newTable() *table {
	t := &table{}
	t.values.Store(map[string]int{"a": 1})
	return t
}

func (t *table) get(key string) int { return t.values.Load().(map[string]int)[key] }

func (t *table) set(key string, value int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.values.Load().(map[string]int)[key] = value // want `this writes into what t.values publishes`
}

func (t *table) setCopy(key string, value int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := maps.Clone(t.values.Load().(map[string]int))
	next[key] = value
	t.values.Store(next)
}

func together(reads, writes func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for range 100 {
			reads()
		}
	}()
	go func() {
		defer wg.Done()
		for range 100 {
			writes()
		}
	}()
	wg.Wait()
}

func readWhileSet(t *table) { together(func() { t.get("a") }, func() { t.set("a", 2) }) }

func readWhileCopied(t *table) { together(func() { t.get("a") }, func() { t.setCopy("a", 2) }) }

// ok: each reader has a map that nobody changes.
//
// proves: nothing
func copies() { readWhileCopied(newTable()) }

// proves: race
func changesWhatIsRead() {
	var values atomic.Value
	values.Store(map[string]int{"a": 1})
	go func() { fmt.Println(values.Load().(map[string]int)["a"]) }()
	values.Load().(map[string]int)["a"] = 2 // want `this writes into what values publishes`
	readWhileSet(newTable())
}

// proves: panic "sync/atomic: store of inconsistently typed value into Value"
func storesAnotherType() {
	var state atomic.Value
	state.Store(1)
	state.Store("one") // want `state is given values of type int elsewhere: storing one of type string panics`
}

// proves: panic "sync/atomic: store of nil value into Value"
func storesNil() {
	var state atomic.Value
	state.Store(nil) // want `storing nil in state panics`
}

func main() {
	copies()
}
