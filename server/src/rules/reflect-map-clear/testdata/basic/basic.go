package fixture

import "reflect"

func zeroElements(m any) {
	v := reflect.ValueOf(m)
	for _, k := range v.MapKeys() {
		v.SetMapIndex(k, reflect.Zero(v.Type().Elem())) // want `stores a zero element under every key of v and deletes none`
	}
}

func unchecked(x any) {
	reflect.ValueOf(x).Clear() // want `reflect\.ValueOf\(x\)\.Clear panics unless x holds a map or a slice`
}

func uncheckedVariable(x any) {
	v := reflect.ValueOf(x)
	v.Clear() // want `v\.Clear panics unless x holds a map or a slice`
}

// ok: the kind is looked at.
func checked(x any) {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Map {
		v.Clear()
	}
}

// ok: the caller hands over a Value and knows what it is.
func value(v reflect.Value) {
	v.Clear()
}

// ok: the type says what it is.
func typed(m map[string]int) {
	reflect.ValueOf(m).Clear()
}

// ok: the argument is looked at before.
func switched(x any) {
	if _, isMap := x.(map[string]int); isMap {
		reflect.ValueOf(x).Clear()
	}
}

// ok: the zero Value deletes.
func deletes(v reflect.Value) {
	for _, k := range v.MapKeys() {
		v.SetMapIndex(k, reflect.Value{})
	}
}

// ok: one key set to zero on purpose.
func one(v, k reflect.Value) {
	v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
}

// ok: some keys.
func some(v reflect.Value, keep func(reflect.Value) bool) {
	for _, k := range v.MapKeys() {
		if !keep(k) {
			v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
		}
	}
}

// ok: zero elements are stored in another map.
func keys(v, set reflect.Value) {
	for _, k := range v.MapKeys() {
		set.SetMapIndex(k, reflect.Zero(set.Type().Elem()))
	}
}

// ok: a type of our own with such a method.
type table struct{}

func (table) MapClear() {}

func own(t table) { t.MapClear() }
