package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A platform chooses the files of a package.
type platform struct {
	goos, goarch string
	cgo          bool
}

var base = platform{goos: "linux", goarch: "amd64"}

// A listing is what `go list` says of a package.
type listing struct {
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	CgoFiles   []string
	ImportMap  map[string]string
}

// A world holds the packages of the standard library on one platform, type-checked without function bodies.
type world struct {
	platform platform
	fset     *token.FileSet
	listed   map[string]*listing
	checked  map[string]*types.Package
	roots    []string
}

func newWorld(p platform, patterns ...string) (*world, error) {
	cgo := "0"
	if p.cgo {
		cgo = "1"
	}
	// The import path of each package asked for, then the descriptions of all they depend on.
	environment := append(os.Environ(), "GOOS="+p.goos, "GOARCH="+p.goarch, "CGO_ENABLED="+cgo, "GOFLAGS=", "GOWORK=off", "GO111MODULE=off", "GOEXPERIMENT=")
	list := func(arguments ...string) ([]byte, error) {
		command := exec.Command("go", append(append([]string{"list"}, arguments...), patterns...)...)
		command.Env = environment
		command.Dir = os.TempDir()
		var stderr bytes.Buffer
		command.Stderr = &stderr
		out, err := command.Output()
		if err != nil {
			return nil, fmt.Errorf("go list %s: %v\n%s", strings.Join(arguments, " "), err, stderr.String())
		}
		return out, nil
	}
	w := &world{platform: p, fset: token.NewFileSet(), listed: map[string]*listing{}, checked: map[string]*types.Package{"unsafe": types.Unsafe}}
	names, err := list()
	if err != nil {
		return nil, err
	}
	w.roots = strings.Fields(string(names))
	out, err := list("-deps", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,ImportMap")
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var l listing
		if err := decoder.Decode(&l); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		w.listed[l.ImportPath] = &l
	}
	return w, nil
}

// load type-checks a package and what it imports.
func (w *world) load(path string) (*types.Package, error) {
	if pkg := w.checked[path]; pkg != nil {
		return pkg, nil
	}
	l := w.listed[path]
	if l == nil {
		return nil, fmt.Errorf("package %s is not listed", path)
	}
	var files []*ast.File
	for _, name := range append(append([]string{}, l.GoFiles...), l.CgoFiles...) {
		file, err := parser.ParseFile(w.fset, filepath.Join(l.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Sizes:            types.SizesFor("gc", w.platform.goarch),
		Importer: importerFunc(func(imported string) (*types.Package, error) {
			if mapped, ok := l.ImportMap[imported]; ok {
				imported = mapped
			}
			return w.load(imported)
		}),
	}
	pkg, err := config.Check(path, w.fset, files, nil)
	if err != nil {
		return nil, err
	}
	w.checked[path] = pkg
	return pkg, nil
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// public says that packages outside the standard library can import the path.
func public(path string) bool {
	for _, element := range strings.Split(path, "/") {
		if element == "internal" || element == "vendor" {
			return false
		}
	}
	return path != "unsafe" && path != "builtin"
}
