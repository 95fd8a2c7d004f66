package parallel

import "testing"

func TestSharedMap(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen[name] = true // want `seen\[name\] is written here by every goroutine that parallel_test\.go:\d+ starts`
		})
	}
}

// ok: subtests that do not say Parallel run one after another.
func TestOneAfterAnother(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			seen[name] = true
		})
	}
	if len(seen) != 2 {
		t.Fatal(seen)
	}
}

// ok: the parallel part begins when the test function is over.
func TestReadBefore(t *testing.T) {
	n := 0
	t.Run("writes", func(t *testing.T) {
		t.Parallel()
		n = 1
	})
	if n != 0 {
		t.Fatal(n)
	}
}

// ok: each subtest has its own.
func TestOwn(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			seen[name] = true
		})
	}
}

// ok: a table of one test starts it once.
func TestTableOfOne(t *testing.T) {
	for _, test := range []struct {
		name string
		left map[string]int
	}{
		{name: "a", left: map[string]int{"a": 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.left["a"]--
		})
	}
}

func TestTableWithOneMap(t *testing.T) {
	left := map[string]int{"a": 1}
	for _, test := range []struct {
		name string
		left map[string]int
	}{
		{name: "a", left: left},
		{name: "b", left: left},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.left["a"]-- // want `test\.left\["a"\] is written here by every goroutine`
		})
	}
}
