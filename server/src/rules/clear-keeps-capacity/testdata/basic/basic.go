package basic

func rounds(n int) int {
	m := make(map[int]int, 100000)
	sum := 0
	for i := 0; i < n; i++ {
		for j := 0; j < 10; j++ {
			m[j] = i
		}
		sum += len(m)
		clear(m) // want `clearing m takes time for the 100000 entries it was made for, of which each round uses at most 10`
	}
	return sum
}

func loop(words []string) int {
	m := make(map[string]bool, 1<<20)
	sum := 0
	for _, w := range words {
		m[w] = true
		m["all"] = true
		sum += len(m)
		for k := range m { // want `at most 2`
			delete(m, k)
		}
	}
	return sum
}

// ok: it may be filled.
func filled(batches [][]string) int {
	m := make(map[string]bool, 100000)
	sum := 0
	for _, batch := range batches {
		for _, w := range batch {
			m[w] = true
		}
		sum += len(m)
		clear(m)
	}
	return sum
}

// ok: one part in ten is used.
func tenth(n int) int {
	m := make(map[int]int, 10000)
	sum := 0
	for i := 0; i < n; i++ {
		for j := 0; j < 1000; j++ {
			m[j] = i
		}
		sum += len(m)
		clear(m)
	}
	return sum
}

// ok: small.
func small(n int) {
	m := make(map[int]int, 100)
	for i := 0; i < n; i++ {
		m[0] = i
		clear(m)
	}
}

// ok: cleared once.
func once() int {
	m := make(map[int]int, 100000)
	m[1] = 1
	clear(m)
	return len(m)
}

// ok: others fill it.
func shared(n int, fill func(map[int]int)) {
	m := make(map[int]int, 100000)
	for i := 0; i < n; i++ {
		m[0] = i
		fill(m)
		clear(m)
	}
}

// ok: the size is not known.
func sized(n, size int) {
	m := make(map[int]int, size)
	for i := 0; i < n; i++ {
		m[0] = i
		clear(m)
	}
}

// ok: each round makes its own.
func fresh(n int) {
	for i := 0; i < n; i++ {
		m := make(map[int]int, 100000)
		m[0] = i
		clear(m)
	}
}
