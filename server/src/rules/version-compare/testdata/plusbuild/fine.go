//go:build linux

// ok: one line, and a comment that only mentions // +build.
package fixture

// +build after the package clause is a comment.
var x int
