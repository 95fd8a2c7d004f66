package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// A history knows the release that introduced each symbol, from the api folder of a Go distribution: the N of Go 1.N, 0 for
// what Go 1.0 had. Symbols are named `Name` and `Type.Member`.
type history struct {
	// newest is the release of the last file read. The release after it has no file yet in the folder.
	newest   int
	symbols  map[string]map[string]int
	packages map[string]int
}

// The api files do not cover packages of other platforms, and packages that export nothing.
var unlisted = map[string]int{"runtime/race": 1, "syscall/js": 11, "time/tzdata": 15}

func readHistory(folder string) (*history, error) {
	files, err := filepath.Glob(filepath.Join(folder, "go1*.txt"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no api files in %s", folder)
	}
	sort.Strings(files)
	h := &history{symbols: map[string]map[string]int{}, packages: map[string]int{}}
	for _, file := range files {
		version := 0
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if rest, ok := strings.CutPrefix(name, "go1."); ok {
			if version, err = strconv.Atoi(rest); err != nil {
				return nil, fmt.Errorf("unexpected file %s", file)
			}
		}
		h.newest = max(h.newest, version)
		if err := h.read(file, version); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *history) read(file string, version int) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), "pkg ")
		if !ok {
			continue
		}
		path, declaration, ok := strings.Cut(rest, ", ")
		if !ok {
			continue
		}
		// `syscall (linux-386)`: a symbol of some platforms only.
		path, _, _ = strings.Cut(path, " ")
		if symbol := symbolOf(declaration); symbol != "" {
			h.add(path, symbol, version)
			// An interface with unexported methods has entries for its methods only.
			if owner, _, ok := strings.Cut(symbol, "."); ok {
				h.add(path, owner, version)
			}
		}
	}
	return lines.Err()
}

func (h *history) add(path, symbol string, version int) {
	if known, ok := h.packages[path]; !ok || version < known {
		h.packages[path] = version
	}
	symbols := h.symbols[path]
	if symbols == nil {
		symbols = map[string]int{}
		h.symbols[path] = symbols
	}
	// A symbol is listed again when its declaration changes (a deprecation, an alias): the first time counts.
	if known, ok := symbols[symbol]; !ok || version < known {
		symbols[symbol] = version
	}
}

var (
	name         = `[\pL_][\pL\pN_]*`
	packageLevel = regexp.MustCompile(`^(?:const|var|func|type) (` + name + `)`)
	method       = regexp.MustCompile(`^method \(\*?(` + name + `)[^)]*\) (` + name + `)`)
	embedded     = regexp.MustCompile(`^type (` + name + `)[^,]*(?:\[.*\])? struct, embedded \*?(?:` + name + `\.)?(` + name + `)`)
	member       = regexp.MustCompile(`^type (` + name + `)(?:\[.*\])? (?:struct|interface), (` + name + `)`)
)

func symbolOf(declaration string) string {
	for _, shape := range []*regexp.Regexp{method, embedded, member} {
		if match := shape.FindStringSubmatch(declaration); match != nil {
			return match[1] + "." + match[2]
		}
	}
	if match := packageLevel.FindStringSubmatch(declaration); match != nil {
		return match[1]
	}
	return ""
}

// of gives the release of an exported symbol of a public package. Go's own tests keep the api files complete, so that a
// symbol without an entry is newer than the newest file.
func (h *history) of(path, symbol string) int {
	if version, ok := unlisted[path]; ok {
		return version
	}
	if version, ok := h.symbols[path][symbol]; ok {
		return version
	}
	return h.newest + 1
}

func (h *history) ofPackage(path string) int {
	if version, ok := unlisted[path]; ok {
		return version
	}
	if version, ok := h.packages[path]; ok {
		return version
	}
	return h.newest + 1
}
