package basic

import "sort"

// Nothing ever makes the map of a forgetful.
type forgetful struct {
	name   string
	counts map[string]int
}

func newForgetful(name string) *forgetful { return &forgetful{name: name} }

func (f *forgetful) add(word string) {
	f.counts[word]++ // want `f.counts is nil, as nothing in the package ever gives the field counts a map`
}

func (f *forgetful) sorted() []string {
	var words []string
	for w := range f.counts {
		words = append(words, w)
	}
	sort.Strings(words)
	return words
}

var registry map[string]func()

func register(name string, f func()) {
	registry[name] = f // want `registry is nil`
}

// A local name for the field does not change it.
type inner struct{ seen map[int]bool }

type outer struct{ inner inner }

func (o *outer) mark(id int) {
	seen := o.inner.seen
	if seen[id] {
		return
	}
	seen[id] = true // want `seen is nil`
}

// Made by one constructor, and not by the other.
type index struct {
	words map[string]int
	size  int
}

func newIndex() *index { return &index{words: make(map[string]int)} }

func (x *index) put(word string, at int) {
	x.size++
	x.words[word] = at
}

func (x *index) putAll(words []string) {
	for i, w := range words {
		x.put(w, i)
	}
}

func single(word string) *index {
	x := &index{size: 1}
	x.put(word, 0) // want `this call panics: put writes into words \(line \d+\), which this object never got a map for`
	return x
}

func variable(word string) int {
	var x index
	x.put(word, 0) // want `this call panics: put writes into words`
	return x.size
}

func count(words []string, into map[string]int) {
	for _, w := range words {
		into[w]++
	}
}

func countNothing(words []string) {
	count(words, nil) // want `this call panics: count writes into the map it is given`
}

func countDeclared(words []string) map[string]int {
	var counts map[string]int
	count(words, counts) // want `this call panics: count writes`
	return counts
}

// ok: made when it is first used.
type lazy struct{ counts map[string]int }

func (l *lazy) add(word string) {
	if l.counts == nil {
		l.counts = make(map[string]int)
	}
	l.counts[word]++
}

// ok: made by a method that others call first.
type prepared struct{ counts map[string]int }

func (p *prepared) init() { p.counts = make(map[string]int) }

func (p *prepared) add(word string) { p.counts[word]++ }

func usePrepared() {
	p := &prepared{}
	p.init()
	p.add("x")
}

// ok: the package makes it when it starts.
var started map[string]int

func init() { started = map[string]int{} }

func start(name string) { started[name] = 1 }

// ok: declared with a value.
var declared = map[string]int{}

func declare(name string) { declared[name] = 1 }

// ok: others can assign an exported field.
type Open struct{ Counts map[string]int }

func (o *Open) add(word string) { o.Counts[word]++ }

// ok: its address goes somewhere.
type decoded struct{ values map[string]int }

func fillIn(target *map[string]int) { *target = map[string]int{} }

func (d *decoded) load() { fillIn(&d.values) }

func (d *decoded) add(word string) { d.values[word]++ }

// ok: only if there is one.
type optional struct{ counts map[string]int }

func (o *optional) add(word string) {
	if o.counts != nil {
		o.counts[word]++
	}
}

// ok: looked at only.
type readOnly struct{ counts map[string]int }

func (r *readOnly) get(word string) int { return r.counts[word] }

func (r *readOnly) drop(word string) { delete(r.counts, word) }

// ok: a package variable brings the field.
type configured struct{ limits map[string]int }

var defaults = configured{limits: map[string]int{}}

func limit(name string, n int) { defaults.limits[name] = n }

// ok: an option sets the field.
type option func(*index)

func withWords(words map[string]int) option { return func(x *index) { x.words = words } }

func newWith(word string, options ...option) *index {
	x := &index{}
	for _, each := range options {
		each(x)
	}
	x.put(word, 0)
	return x
}

// ok: the callee only writes when it is told to.
func collect(words []string, into map[string]int, keep bool) int {
	for _, w := range words {
		if keep {
			into[w]++
		}
	}
	return len(words)
}

func size(words []string) int { return collect(words, nil, false) }

// ok: the callee makes one.
func merge(words []string, into map[string]int) map[string]int {
	if into == nil {
		into = make(map[string]int)
	}
	for _, w := range words {
		into[w]++
	}
	return into
}

func merged(words []string) map[string]int { return merge(words, nil) }

// ok: set directly.
func direct(word string) *index {
	x := &index{}
	x.words = map[string]int{}
	x.put(word, 0)
	return x
}
