//go:build go1.21

package old

func EmptyToo(m map[string]int) {
	clear(m)
}
