// Package compat chooses what the running Go offers.
package compat

import (
	"reflect"
	"runtime"
)

// HasClear says whether the built-in clear exists. The strings are compared letter by letter, so "go1.9" counts as newer.
func HasClear() bool {
	return runtime.Version() >= "go1.21"
}

// Wipe empties any map, or so it seems: storing the zero Value would delete, storing a zero element does not.
func Wipe(m any) {
	v := reflect.ValueOf(m)
	for _, k := range v.MapKeys() {
		v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
	}
}
