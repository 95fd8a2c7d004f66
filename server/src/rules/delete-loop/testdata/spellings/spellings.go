package fixture

import (
	"maps"
	"reflect"
	"slices"
)

type set map[string]struct{}

type tree struct {
	left, right *tree
	names       map[string]int
	byDay       [7]map[string]int
	shards      []map[string]int
	nested      map[string]map[string]int
}

var global = map[string]int{}

func parameter(m map[string]int) {
	for k := range m { // want `this loop deletes every key of m; use clear\(m\)`
		delete(m, k)
	}
}

func named(s set) {
	for k := range s { // want `use clear\(s\)`
		delete(s, k)
	}
}

func field(t *tree) {
	for k := range t.left.names { // want `use clear\(t\.left\.names\)`
		delete(t.left.names, k)
	}
	for k := range t.byDay[3] { // want `use clear\(t\.byDay\[3\]\)`
		delete(t.byDay[3], k)
	}
	for k := range t.nested["a"] { // want `use clear`
		delete(t.nested["a"], k)
	}
}

func index(t *tree, i int) {
	for k := range t.shards[i] { // want `use clear\(t\.shards\[i\]\)`
		delete(t.shards[i], k)
	}
}

func pointer(p *map[string]int) {
	for k := range *p { // want `use clear\(\*p\)`
		delete(*p, k)
	}
}

func packageLevel() {
	for k := range global { // want `use clear\(global\)`
		delete(global, k)
	}
}

func parentheses(m map[string]int) {
	for k := range (m) { // want `use clear\(m\)`
		{
			delete(m, (k))
		}
	}
}

func typeParameter[M ~map[K]V, K ~string, V any](m M) {
	for k := range m { // want `m`
		delete(m, k)
	}
}

func blankValue(m map[string]int) {
	for k, _ := range m { // want `the second variable keeps the compiler from emptying m at once: 7–12 times slower than clear\(m\)`
		delete(m, k)
	}
}

func discardedValue(m map[string]int) {
	for k, v := range m { // want `the second variable keeps .* slower than clear\(m\)`
		_ = v
		delete(m, k)
	}
}

func copiedKey(m map[string]int) {
	for k := range m { // want `the extra statement keeps`
		k := k
		delete(m, k)
	}
}

func outerKey(m map[string]int) string {
	var k string
	for k = range m { // want `the key variable from outside keeps`
		delete(m, k)
	}
	return k
}

func keyIterator(m map[string]int) {
	for k := range maps.Keys(m) { // want `the detour over the keys keeps`
		delete(m, k)
	}
}

func collectedKeys(m map[string]int) {
	for _, k := range slices.Collect(maps.Keys(m)) { // want `the detour over the keys keeps`
		delete(m, k)
	}
}

func clonedMap(m map[string]int) {
	for k := range maps.Clone(m) { // want `slower`
		delete(m, k)
	}
}

func assertion(x any) {
	for k := range x.(map[string]int) { // want `the type assertion keeps`
		delete(x.(map[string]int), k)
	}
}

func deleteAll(m map[string]int) {
	maps.DeleteFunc(m, func(string, int) bool { return true }) // want `this call deletes every key of m; use clear\(m\)`
}

func byReflection(v reflect.Value) {
	for _, k := range v.MapKeys() { // want `copies and deletes every key of v; use v\.Clear\(\)`
		v.SetMapIndex(k, reflect.Value{})
	}
}

func byIterator(v reflect.Value) {
	iter := v.MapRange()
	for iter.Next() { // want `copies and deletes every key of v; use v\.Clear\(\)`
		v.SetMapIndex(iter.Key(), reflect.Value{})
	}
}

func byIteratorInHead(v reflect.Value) {
	for iter := v.MapRange(); iter.Next(); { // want `copies and deletes every key of v; use v\.Clear\(\)`
		v.SetMapIndex(iter.Key(), reflect.ValueOf(nil))
	}
}

func continued(m map[string]int) {
	for k := range m { // want `the extra statement keeps the compiler from emptying m at once`
		delete(m, k)
		continue
	}
}

// A label would be left over, so there is no fix.
func labelled(m map[string]int, stop bool) {
again:
	for k := range m { // want `use clear\(m\)`
		delete(m, k)
	}
	if stop {
		goto again
	}
}

func alias(m map[string]int) int {
	n := m
	for k := range n { // want `the second name keeps the compiler from emptying m at once`
		delete(m, k)
	}
	return len(n)
}

// ok: n is another map by now.
func formerAlias(m map[string]int) map[string]int {
	n := m
	n = map[string]int{}
	for k := range n {
		delete(m, k)
	}
	return n
}

// ok: the iterator of another map.
func otherIterator(v, w reflect.Value) {
	iter := w.MapRange()
	for iter.Next() {
		v.SetMapIndex(iter.Key(), reflect.Value{})
	}
}

// ok: the keys are those of another iterator.
func twoIterators(v, w reflect.Value) {
	other := w.MapRange()
	other.Next()
	iter := v.MapRange()
	for iter.Next() {
		v.SetMapIndex(other.Key(), reflect.Value{})
	}
}

// ok: continue in a loop around leaves this one after the first entry.
func continuesOuter(maps []map[string]int) {
outer:
	for _, m := range maps {
		for k := range m {
			delete(m, k)
			continue outer
		}
	}
}

// The comment would be lost, so there is no fix.
func commented(m map[string]int) {
	for k := range m { // want `use clear\(m\)`
		// the next round starts empty
		delete(m, k)
	}
}

func shadowedClear(m map[string]int) {
	clear := func(string) {}
	clear("")
	for k := range m { // want `use clear\(m\)`
		delete(m, k)
	}
}

// ok: a condition makes it a filter.
func filter(m map[string]int) {
	for k, v := range m {
		if v == 0 {
			delete(m, k)
		}
	}
}

// ok: the first entry only.
func one(m map[string]int) {
	for k := range m {
		delete(m, k)
		break
	}
}

// ok: the value is used.
func closeAll(m map[string]func()) {
	for k, f := range m {
		f()
		delete(m, k)
	}
}

// ok: another map.
func subtract(m, n map[string]int) {
	for k := range m {
		delete(n, k)
	}
}

// ok: another field, another index, another dereferenced pointer.
func elsewhere(a, b *tree, i, j int) {
	for k := range a.names {
		delete(b.names, k)
	}
	for k := range a.shards[i] {
		delete(a.shards[j], k)
	}
}

// ok: another key.
func otherKey(m map[string]int, key string) {
	for range m {
		delete(m, key)
	}
}

// ok: delete is another function here.
func shadowedDelete(m map[string]int) {
	delete := func(map[string]int, string) {}
	for k := range m {
		delete(m, k)
	}
}

func fresh() map[string]int { return map[string]int{} }

// ok: each call may give another map.
func calls() {
	for k := range fresh() {
		delete(fresh(), k)
	}
}

// ok: the deletions happen when the function returns.
func deferred(m map[string]int) {
	for k := range m {
		defer delete(m, k)
	}
}

// ok: a method called delete on a type of our own.
type registry map[string]int

func (r registry) delete(registry, string) {}

func method(r registry) {
	for k := range r {
		r.delete(r, k)
	}
}

// ok: the keys of a list.
func listed(m map[string]int, keys []string) {
	for _, k := range keys {
		delete(m, k)
	}
}

// ok: the zero value of the element is stored, nothing is deleted.
func zeroed(v reflect.Value) {
	for _, k := range v.MapKeys() {
		v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
	}
}

// ok: already clear.
func cleared(m map[string]int) { clear(m) }
