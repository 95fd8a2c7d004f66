//go:build ignore

// The names in this file do not exist, so it does not compile; its golden does.
package main

import "reflect"

func main() {
	m := map[string]int{"a": 1}
	v := reflect.ValueOf(m)
	v.MapDelete(reflect.ValueOf("a"))          // want `reflect\.Value\.MapDelete does not exist; v\.SetMapIndex\(reflect\.ValueOf\("a"\), reflect\.Value\{\}\) does this`
	reflect.DeleteMap(v, reflect.ValueOf("a")) // want `reflect\.DeleteMap does not exist`
	v.MapClear()                               // want `reflect\.Value\.MapClear does not exist; v\.Clear\(\) does this`
	reflect.MapClear(v)                        // want `reflect\.MapClear does not exist; v\.Clear\(\) does this`

	// ok: this is the real one.
	v.Clear()
}
