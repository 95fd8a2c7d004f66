// Package old uses clear in a module for Go 1.20; the second file raises its own version.
package old

func Empty(m map[string]int) {
	clear(m)
}
