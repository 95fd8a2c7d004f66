// Prints every exported symbol of the installed standard library, a line each: the import path, a space, and `Name` or
// `Type.Member`. MAPWARDEN_GOOS and MAPWARDEN_GOARCH choose the platform. Uses nothing that Go 1.18 did not have.
package main

import (
	"bufio"
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"strings"
)

func main() {
	build.Default.CgoEnabled = false
	build.Default.GOOS, build.Default.GOARCH = os.Getenv("MAPWARDEN_GOOS"), os.Getenv("MAPWARDEN_GOARCH")
	list := exec.Command("go", "list", "std")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+build.Default.GOOS, "GOARCH="+build.Default.GOARCH)
	listed, err := list.Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	source := importer.ForCompiler(token.NewFileSet(), "source", nil)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, path := range strings.Fields(string(listed)) {
		if strings.Contains("/"+path+"/", "/internal/") || strings.Contains("/"+path+"/", "/vendor/") || path == "unsafe" || path == "builtin" {
			continue
		}
		pkg, err := source.Import(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, name := range pkg.Scope().Names() {
			if object := pkg.Scope().Lookup(name); object.Exported() {
				fmt.Fprintln(out, path, name)
				if _, ok := object.(*types.TypeName); ok {
					members(out, path, name, object.Type())
				}
			}
		}
	}
}

func members(out *bufio.Writer, path, name string, typ types.Type) {
	if s, ok := typ.Underlying().(*types.Struct); ok {
		for i := 0; i < s.NumFields(); i++ {
			if s.Field(i).Exported() {
				fmt.Fprintln(out, path, name+"."+s.Field(i).Name())
			}
		}
	}
	recv := typ
	if !types.IsInterface(typ) {
		recv = types.NewPointer(typ)
	}
	set := types.NewMethodSet(recv)
	for i := 0; i < set.Len(); i++ {
		if m := set.At(i).Obj(); m.Exported() {
			fmt.Fprintln(out, path, name+"."+m.Name())
		}
	}
}
