package elements

import "sync"

type handle struct{ id int }

type files struct {
	mu      sync.Mutex
	open    map[string][]*handle
	tags    map[string]map[string]bool
	lines   map[string][]string
	pending map[string][]int
	moved   [][]int
}

func newFiles() *files {
	return &files{open: map[string][]*handle{}, tags: map[string]map[string]bool{}, lines: map[string][]string{}, pending: map[string][]int{}}
}

func (f *files) Open(name string, h *handle) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open[name] = append(f.open[name], h)
}

// The last handle takes the place of the one that goes.
func (f *files) Close(name string, h *handle) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.open[name]
	for i, each := range list {
		if each != h {
			continue
		}
		list[i] = list[len(list)-1]
		f.open[name] = list[:len(list)-1]
		return
	}
}

func (f *files) Handles(name string) []*handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.open[name] // want `f\.open\[…\] is guarded by mu and returned as it is`
}

// ok: a copy.
func (f *files) Copied(name string) []*handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*handle(nil), f.open[name]...)
}

// ok: a list of one is given as it is, others as a copy.
func (f *files) CopiedIfLong(name string) []*handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.open[name]
	if len(list) <= 1 {
		return list
	}
	copied := make([]*handle, len(list))
	copy(copied, list)
	return copied
}

// ok: one of the elements, which nobody moves.
func (f *files) First(name string) *handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	if list := f.open[name]; len(list) > 0 {
		return list[0]
	}
	return nil
}

// ok: taken out of the map, the list is the caller's.
func (f *files) Take(name string) []*handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.open[name]
	delete(f.open, name)
	return list
}

// ok: so is every list of a map that another one takes the place of.
func (f *files) TakeOne(name string) []*handle {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.open[name]
	f.open = make(map[string][]*handle)
	return list
}

func (f *files) Tag(name, tag string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tags[name] == nil {
		f.tags[name] = make(map[string]bool)
	}
	f.tags[name][tag] = true
}

func (f *files) HasTag(name, tag string) bool {
	f.mu.Lock()
	tags, ok := f.tags[name]
	f.mu.Unlock()
	return ok && tags[tag] // want `f\.tags\[…\] was read under mu, but its elements are looked at after the unlock`
}

func (f *files) Tagged(tag string) (names []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, tags := range f.tags {
		if tags[tag] {
			names = append(names, name)
		}
	}
	return names
}

// ok: lines are only appended; what is there stays as it is.
func (f *files) Write(name, line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines[name] = append(f.lines[name], line)
}

func (f *files) Lines(name string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lines[name]
}

// What is cut out is overwritten by what follows it.
func (f *files) Drop(name string, i int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.pending[name]
	f.pending[name] = append(list[:i], list[i+1:]...)
}

func (f *files) Pending(name string) (sum int) {
	f.mu.Lock()
	list := f.pending[name]
	f.mu.Unlock()
	for _, each := range list { // want `f\.pending\[…\] was read under mu, but its elements are looked at after the unlock`
		sum += each
	}
	return sum
}

func (f *files) Move(i int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.moved[i][0]++
}

func (f *files) Moves() [][]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := make([][]int, 0, len(f.moved))
	for _, each := range f.moved {
		if len(each) > 0 && each[0] > 0 {
			found = append(found, each)
		}
	}
	return found
}

func (f *files) Longest() []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, each := range f.moved {
		if len(each) > 3 {
			return each // want `each is guarded by mu and returned as it is`
		}
	}
	return nil
}

type parts struct {
	mu   sync.Mutex
	list []int
}

func (p *parts) Remove(i int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list[:i], p.list[i+1:]...)
}

func (p *parts) List() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list // want `p\.list is guarded by mu and returned as it is`
}
