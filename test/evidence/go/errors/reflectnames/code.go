package reflectnames

import "reflect"

func empty(v reflect.Value) {
	reflect.MapClear(v)
	v.MapClear()
	reflect.DeleteMap(v)
	v.MapDelete(v)
}
