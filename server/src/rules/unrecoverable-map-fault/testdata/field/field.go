package field

// A mutex before the map, and the import it needs.
type store struct {
	names   []string       // in order
	entries map[string]int // by name
}

func newStore() *store { return &store{entries: map[string]int{}} }

func Fill() {
	c := newStore()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		c.entries["a"] = 1
	}()
	c.entries["b"] = 2
	<-done
}

// No fix: a literal without the names of the fields.
type pair struct {
	left, right map[string]int
}

func FillPair() {
	p := &pair{map[string]int{}, map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		p.left["a"] = 1
	}()
	p.left["b"] = 2
	<-done
}

// No fix: it is copied, and a lock must not be.
type record struct {
	entries map[string]int
}

func FillRecord() record {
	r := record{entries: map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		r.entries["a"] = 1
	}()
	r.entries["b"] = 2
	<-done
	return r
}

// No fix: the struct stands in one line.
type line struct{ entries map[string]int }

func FillLine() {
	l := &line{entries: map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }() // want `recover does not stop what`
		l.entries["a"] = 1
	}()
	l.entries["b"] = 2
	<-done
}
