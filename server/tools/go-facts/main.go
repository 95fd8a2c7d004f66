// Prints the facts about Go's standard library that Mapwarden ships: each importable package as Go source without
// function bodies, with the release that introduced each symbol.
//
//	go run *.go -api <folder of go1.*.txt> > facts.txt
//
// The output starts with three lines (format, release, generator), then has one section per package, which starts with a
// line of a form feed and the import path. A section is a Go file; `//21` at the end of a line says that what the line
// declares came with Go 1.21, where that is later than what it belongs to: the member's type, or the package.
// `//+T.M 14,N 15` at the end of a section says the same of methods promoted to T. A section `path@goos` replaces that of
// the path for an operating system.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sort"
	"strings"
)

func main() {
	api := flag.String("api", "", "the folder of api files")
	generator := flag.String("generator", "", "the hash of the generator's source")
	flag.Parse()
	if err := run(*api, *generator); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Packages that only other platforms have, and packages whose interface is another on other platforms.
var others = []struct {
	platform platform
	packages []string
}{
	{platform{goos: "linux", goarch: "amd64", cgo: true}, []string{"runtime/cgo"}},
	{platform{goos: "js", goarch: "wasm"}, []string{"syscall/js"}},
	{platform{goos: "windows", goarch: "amd64"}, []string{"syscall"}},
}

func run(api, generator string) error {
	history, err := readHistory(api)
	if err != nil {
		return err
	}
	release := strings.Fields(runtime.Version())[0]
	var minor int
	if _, err := fmt.Sscanf(release, "go1.%d", &minor); err != nil {
		return fmt.Errorf("%s is no release: %v", release, err)
	}
	if history.newest < minor-1 {
		return fmt.Errorf("the api files end with Go 1.%d; the facts about %s need those up to Go 1.%d", history.newest, release, minor-1)
	}
	sections := map[string]string{}
	std, err := newWorld(base, "std")
	if err != nil {
		return err
	}
	var paths []string
	for _, path := range std.roots {
		if public(path) {
			paths = append(paths, path)
		}
	}
	if err := write(std, history, paths, sections); err != nil {
		return err
	}
	for _, other := range others {
		w, err := newWorld(other.platform, other.packages...)
		if err != nil {
			return err
		}
		added := map[string]string{}
		if err := write(w, history, other.packages, added); err != nil {
			return err
		}
		for path, text := range added {
			_, known := sections[path]
			switch {
			case !slices.Contains(other.packages, path) && !known:
				return fmt.Errorf("%s on %s mentions %s, which has no section", other.packages, other.platform.goos, path)
			case slices.Contains(other.packages, path) && known:
				sections[path+"@"+other.platform.goos] = text
			case !known:
				sections[path] = text
			}
		}
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "mapwarden go facts 1\n%s\n%s\n", release, generator)
	names := make([]string, 0, len(sections))
	for name := range sections {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(out, "\f%s\n%s", name, sections[name])
	}
	return nil
}

func write(w *world, h *history, paths []string, sections map[string]string) error {
	stubs, err := newWriter(w, h).all(paths)
	if err != nil {
		return err
	}
	different, err := check(w, stubs, paths)
	if err != nil {
		return err
	}
	if len(different) > 0 {
		return fmt.Errorf("%d symbols of the stubs differ from the originals:\n%s", len(different), strings.Join(different[:min(len(different), 20)], "\n"))
	}
	for path, text := range stubs {
		sections[path] = text
	}
	return nil
}
