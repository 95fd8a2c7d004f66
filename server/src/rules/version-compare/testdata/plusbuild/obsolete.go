//go:build linux && amd64
// +build linux // want `this // \+build line is obsolete beside //go:build`
// +build amd64 // want `obsolete`

package fixture
