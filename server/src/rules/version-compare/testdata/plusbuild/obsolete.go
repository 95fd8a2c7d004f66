//go:build linux && amd64
// want+1 `this // \+build line is obsolete beside //go:build`
// +build linux
// want+1 `obsolete`
// +build amd64

package fixture
