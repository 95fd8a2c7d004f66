package settled

import (
	"os"
	"testing"
)

type fixture struct{ cases map[string]int }

func TestDeferredClear(t *testing.T) {
	cases := map[string]int{"a": 1, "b": 2}
	defer clear(cases) // want `cases is cleared when this function returns, before the parallel subtest at go_test.go:\d+ goes on to use it`
	for name := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if cases[name] == 0 {
				t.Error("empty")
			}
		})
	}
}

func TestDeferredClosure(t *testing.T) {
	f := fixture{cases: map[string]int{"a": 1}}
	defer func() { // want `f.cases is cleared when this function returns`
		clear(f.cases)
	}()
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = f.cases["a"]
	})
}

func TestDeferredClose(t *testing.T) {
	file, err := os.Open("go_test.go")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() // want `file is closed when this function returns`
	t.Run("read", func(t *testing.T) {
		t.Parallel()
		file.Read(nil)
	})
}

func TestClearedAtTheEnd(t *testing.T) {
	cases := map[string]int{"a": 1}
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = cases["a"]
	})
	clear(cases) // want `cases is cleared here, before the parallel subtest`
}

// ok: a cleanup waits for the subtests.
func TestCleanup(t *testing.T) {
	cases := map[string]int{"a": 1}
	t.Cleanup(func() { clear(cases) })
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = cases["a"]
	})
}

// ok: Run returns when the subtest is done.
func TestSequential(t *testing.T) {
	cases := map[string]int{"a": 1}
	defer clear(cases)
	t.Run("a", func(t *testing.T) {
		_ = cases["a"]
	})
}

// ok: the group returns when its parallel subtests are done.
func TestGroup(t *testing.T) {
	cases := map[string]int{"a": 1}
	defer clear(cases)
	t.Run("group", func(t *testing.T) {
		t.Run("a", func(t *testing.T) {
			t.Parallel()
			_ = cases["a"]
		})
	})
}

// ok: the test itself is parallel, its subtests are not.
func TestParallelItself(t *testing.T) {
	t.Parallel()
	cases := map[string]int{"a": 1}
	defer clear(cases)
	t.Run("a", func(t *testing.T) {
		_ = cases["a"]
	})
}

// ok: the subtest looks before it stops.
func TestUsedBefore(t *testing.T) {
	cases := map[string]int{"a": 1}
	defer clear(cases)
	t.Run("a", func(t *testing.T) {
		want := cases["a"]
		t.Parallel()
		_ = want
	})
}

// ok: another map.
func TestOther(t *testing.T) {
	cases := map[string]int{"a": 1}
	other := map[string]int{}
	defer clear(other)
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = cases["a"]
	})
}

// ok: each subtest has its own.
func TestOwn(t *testing.T) {
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		cases := map[string]int{"a": 1}
		defer clear(cases)
		_ = cases["a"]
	})
}

// ok: cleared before they start.
func TestClearedFirst(t *testing.T) {
	cases := map[string]int{"a": 1}
	clear(cases)
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = cases["a"]
	})
}

type doors struct{ open map[string]bool }

func (d *doors) Close(name string) { delete(d.open, name) }

// ok: a method of that name which takes something is no end of its receiver.
func TestCloseOfSomething(t *testing.T) {
	d := &doors{open: map[string]bool{}}
	defer d.Close("front")
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		_ = d.open["back"]
	})
}
