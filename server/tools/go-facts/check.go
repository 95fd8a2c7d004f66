package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// check reads the stubs back with go/types and compares every exported symbol with the original: its type (without the
// names of parameters), its value, its method set, whether values can be compared, their size. It returns what differs.
func check(w *world, stubs map[string]string, paths []string) ([]string, error) {
	read := &stubWorld{original: w, fset: token.NewFileSet(), stubs: stubs, checked: map[string]*types.Package{"unsafe": types.Unsafe}, sizes: types.SizesFor("gc", w.platform.goarch)}
	var different []string
	note := func(format string, arguments ...any) {
		different = append(different, fmt.Sprintf(format, arguments...))
	}
	for _, path := range paths {
		original, err := w.load(path)
		if err != nil {
			return nil, err
		}
		stub, err := read.load(path)
		if err != nil {
			return nil, err
		}
		for _, name := range original.Scope().Names() {
			object := original.Scope().Lookup(name)
			if !object.Exported() {
				continue
			}
			copied := stub.Scope().Lookup(name)
			if copied == nil {
				note("%s.%s is missing", path, name)
				continue
			}
			if a, b := describe(object), describe(copied); a != b {
				note("%s.%s: %s, stub %s", path, name, a, b)
			}
			if _, ok := object.(*types.TypeName); !ok {
				continue
			}
			if a, b := members(object.Type()), members(copied.Type()); a != b {
				note("%s.%s has members %s, stub %s", path, name, a, b)
			}
			if a, b := types.Comparable(object.Type()), types.Comparable(copied.Type()); a != b {
				note("%s.%s: comparable %v, stub %v", path, name, a, b)
			}
			if a, b := holdsLock(object.Type(), nil), holdsLock(copied.Type(), nil); a != b {
				note("%s.%s: holds a lock %v, stub %v", path, name, a, b)
			}
			if named, ok := object.Type().(*types.Named); ok && named.TypeParams().Len() == 0 {
				if a, b := read.sizes.Sizeof(object.Type()), read.sizes.Sizeof(copied.Type()); a != b {
					note("%s.%s has size %d, stub %d", path, name, a, b)
				}
			}
		}
	}
	return different, nil
}

// A stubWorld reads packages from their stubs; those without a stub are the originals.
type stubWorld struct {
	original *world
	fset     *token.FileSet
	stubs    map[string]string
	checked  map[string]*types.Package
	sizes    types.Sizes
}

func (s *stubWorld) load(path string) (*types.Package, error) {
	if pkg := s.checked[path]; pkg != nil {
		return pkg, nil
	}
	text, ok := s.stubs[path]
	if !ok {
		return s.original.load(path)
	}
	file, err := parser.ParseFile(s.fset, path, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var wrong error
	config := types.Config{IgnoreFuncBodies: true, Sizes: s.sizes, Importer: importerFunc(s.load), Error: func(err error) {
		// Stubs have no bodies, which go/types accepts of functions without type parameters only.
		if wrong == nil && !strings.Contains(err.Error(), "missing function body") {
			wrong = err
		}
	}}
	pkg, _ := config.Check(path, s.fset, []*ast.File{file}, nil)
	if wrong != nil {
		return nil, wrong
	}
	s.checked[path] = pkg
	return pkg, nil
}

// describe names a type in full, without parameter names; value included.
func describe(object types.Object) string {
	w := plainWriter()
	text := w.typ(object.Type())
	if alias, ok := object.Type().(*types.Alias); ok {
		text += "=" + w.typ(types.Unalias(alias))
	}
	if c, ok := object.(*types.Const); ok {
		text += "=" + c.Val().ExactString()
	}
	return text
}

// members lists the exported methods and fields that a selector finds, and the underlying type's kind.
func members(typ types.Type) string {
	w := plainWriter()
	text := fmt.Sprintf("%T", typ.Underlying())
	if _, ok := typ.Underlying().(*types.Struct); !ok {
		text += w.typ(typ.Underlying())
	}
	recv := typ
	if !types.IsInterface(typ) {
		recv = types.NewPointer(typ)
	}
	for _, t := range []types.Type{typ, recv} {
		set := types.NewMethodSet(t)
		for i := range set.Len() {
			if m := set.At(i); m.Obj().Exported() {
				text += ";" + m.Obj().Name() + w.signature(m.Type().(*types.Signature), true)
			}
		}
	}
	return text + exportedFields(typ, w, 0)
}

func exportedFields(typ types.Type, w *writer, depth int) string {
	if pointer, ok := typ.(*types.Pointer); ok {
		typ = pointer.Elem()
	}
	s, ok := typ.Underlying().(*types.Struct)
	if !ok || depth > 5 {
		return ""
	}
	text := ""
	for i := range s.NumFields() {
		field := s.Field(i)
		if field.Exported() {
			text += ";" + field.Name() + " " + w.typ(field.Type())
		}
		if field.Embedded() {
			text += "{" + exportedFields(field.Type(), w, depth+1) + "}"
		}
	}
	return text
}

// plainWriter writes types with the packages' paths.
func plainWriter() *writer {
	w := newWriter(&world{platform: base}, &history{})
	w.section = &section{}
	return w
}
