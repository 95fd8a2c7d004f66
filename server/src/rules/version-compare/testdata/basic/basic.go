package fixture

import (
	"runtime"
	"strings"
)

func direct() bool {
	return runtime.Version() >= "go1.21" // want `versions compared letter by letter`
}

func reversed() bool {
	return "go1.9" < runtime.Version() // want `letter by letter`
}

func throughVariable() bool {
	v := runtime.Version()
	if v > "go1.20" { // want `letter by letter`
		return true
	}
	return false
}

// A version without its prefix is none that go/version reads, so there is no fix.
func trimmed() bool {
	return strings.TrimPrefix(runtime.Version(), "go") >= "1.21" // want `letter by letter`
}

// ok: equality is exact.
func equal() bool { return runtime.Version() == "go1.21.3" }

// ok: a prefix.
func prefix() bool { return strings.HasPrefix(runtime.Version(), "go1.21") }

// ok: other strings are ordered as strings.
func other(a string) bool { return a >= "go1.21" }

// ok: the variable is another string by then.
func reassigned(name string) bool {
	v := runtime.Version()
	v = name
	return v > "go1.20"
}

// ok: a Version of our own.
type build struct{}

func (build) Version() string { return "1" }

func own(b build) bool { return b.Version() >= "2" }

// ok: lengths.
func length() bool { return len(runtime.Version()) > 5 }
