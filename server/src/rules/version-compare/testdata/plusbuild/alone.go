// ok: nothing else says it.
// +build linux

package fixture
