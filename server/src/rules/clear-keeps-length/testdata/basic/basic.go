package fixture

type buffer struct {
	lines []string
	sizes []int
}

func appended(names []string, more []string) []string {
	clear(names) // want `clear sets the elements of names to zero and keeps its length`
	for _, n := range more {
		names = append(names, n)
	}
	return names
}

func (b *buffer) field(first string) {
	clear(b.lines) // want `elements of b\.lines to zero`
	b.lines = append(b.lines, first)
}

func onePath(s []int, again bool) []int {
	clear(s) // want `elements of s to zero`
	if again {
		s = append(s, 1)
	}
	return s
}

func several(s []int) []int {
	clear(s) // want `elements of s to zero`
	return append(s, 1, 2, 3)
}

// ok: cut afterwards.
func cut(s []int) []int {
	clear(s)
	s = s[:0]
	return append(s, 1)
}

// ok: cut in the append.
func cutInAppend(s []int) []int {
	clear(s)
	return append(s[:0], 1)
}

// ok: another slice by then.
func remade(s []int) []int {
	clear(s)
	s = make([]int, 0, 8)
	return append(s, 1)
}

// ok: a table that keeps its size.
func table(counts []int, events []int) int {
	clear(counts)
	for _, e := range events {
		counts[e]++
	}
	return len(counts)
}

// ok: its elements are set before it grows.
func setThenGrown(s []int) []int {
	clear(s)
	s[0] = 1
	return append(s, 2)
}

// ok: part of the slice.
func part(s []int) []int {
	clear(s[1:])
	return append(s, 1)
}

// ok: a map.
func maps(m map[string]int) {
	clear(m)
	m["a"] = 1
}

// ok: another slice is appended to.
func other(s, t []int) []int {
	clear(s)
	return append(t, 1)
}

// ok: a function may change the field.
func (b *buffer) throughMethod(first string) {
	clear(b.lines)
	b.truncate()
	b.lines = append(b.lines, first)
}

func (b *buffer) truncate() { b.lines = b.lines[:0] }

// ok: its length is read as a length.
func grow(s []int) []int {
	clear(s)
	for len(s) < 10 {
		s = append(s, 0)
	}
	return s
}

// ok: cut at once; the next round appends to the cut one.
func flushed(m map[string]int, flush func([]int)) {
	var batch []int
	for _, v := range m {
		batch = append(batch, v)
		if len(batch) >= 100 {
			flush(batch)
			clear(batch)
			batch = batch[:0]
		}
	}
	flush(batch)
}

// The same loop with the cut forgotten.
func flushedAndKept(m map[string]int, flush func([]int)) {
	var batch []int
	for _, v := range m {
		batch = append(batch, v)
		if len(batch) >= 100 {
			flush(batch)
			clear(batch) // want `elements of batch to zero`
		}
	}
	flush(batch)
}

func rounds(buf []int, in [][]int) int {
	n := 0
	for _, xs := range in {
		clear(buf) // want `elements of buf to zero`
		for _, x := range xs {
			buf = append(buf, x)
		}
		n += len(buf)
	}
	return n
}

func roundAfter(in [][]int) int {
	var buf []int
	n := 0
	for _, xs := range in {
		for _, x := range xs {
			buf = append(buf, x)
		}
		n += len(buf)
		clear(buf) // want `elements of buf to zero`
	}
	return n
}

// ok: the length is cut in each round.
func roundsCut(buf []int, in [][]int) int {
	n := 0
	for _, xs := range in {
		clear(buf)
		buf = buf[:0]
		for _, x := range xs {
			buf = append(buf, x)
		}
		n += len(buf)
	}
	return n
}
