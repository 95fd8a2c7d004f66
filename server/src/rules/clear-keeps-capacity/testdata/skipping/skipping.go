package skipping

// ok: Go 1.25 skips what was not used.
func rounds(n int) int {
	m := make(map[int]int, 100000)
	sum := 0
	for i := 0; i < n; i++ {
		for j := 0; j < 10; j++ {
			m[j] = i
		}
		sum += len(m)
		clear(m)
	}
	return sum
}
