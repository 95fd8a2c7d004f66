package fixture

const many = 20_000

func hinted(days [][]string) int {
	seen := make(map[string]int, 50_000)
	total := 0
	for _, words := range days {
		seen = make(map[string]int) // want `seen is made anew without a size and filled again`
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
	}
	return total
}

func constant(rounds int, keys []int) {
	m := make(map[int]bool, many)
	for i := 0; i < rounds; i++ {
		m = map[int]bool{} // want `m is made anew without a size`
		for _, k := range keys {
			m[k] = true
		}
	}
	println(len(m))
}

// ok: with a size.
func sized(days [][]string) int {
	seen := make(map[string]int, 50_000)
	total := 0
	for _, words := range days {
		seen = make(map[string]int, len(words))
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
	}
	return total
}

// ok: small.
func small(days [][]string) int {
	seen := make(map[string]int, 100)
	total := 0
	for _, words := range days {
		seen = make(map[string]int)
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
	}
	return total
}

// ok: its size is not known.
func unknown(days [][]string, n int) int {
	seen := make(map[string]int, n)
	total := 0
	for _, words := range days {
		seen = make(map[string]int)
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
	}
	return total
}

// ok: once, not in a loop.
func once(words []string) int {
	seen := make(map[string]int, 50_000)
	for _, w := range words {
		seen[w]++
	}
	println(len(seen))
	seen = make(map[string]int)
	seen["a"] = 1
	return len(seen)
}

// ok: not filled again.
func dropped(days [][]string) int {
	seen := make(map[string]int, 50_000)
	total := 0
	for _, words := range days {
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
		seen = nil
		if total > 10 {
			break
		}
	}
	return total
}

// ok: only a few entries are put in, outside any inner loop.
func few(rounds int) int {
	m := make(map[int]int, 50_000)
	total := 0
	for i := 0; i < rounds; i++ {
		m = make(map[int]int)
		m[i] = i
		total += len(m)
	}
	return total
}

// ok: a fresh variable each round.
func fresh(days [][]string) int {
	total := 0
	for _, words := range days {
		seen := make(map[string]int)
		for _, w := range words {
			seen[w]++
		}
		total += len(seen)
	}
	return total
}
