package pointers

import "sync"

type replicas struct {
	nodes []string
	rank  int
	name  string
}

func (r *replicas) add(node string) {
	r.nodes = append(r.nodes, node)
}

func (r *replicas) remove(node string) {
	for i, each := range r.nodes {
		if each == node {
			r.nodes = append(r.nodes[:i], r.nodes[i+1:]...)
			return
		}
	}
}

func (r *replicas) has(node string) bool {
	for _, each := range r.nodes {
		if each == node {
			return true
		}
	}
	return false
}

type layout struct {
	mu       sync.RWMutex
	volumes  map[int]*replicas
	replaced map[int]*replicas
}

func newLayout() *layout {
	return &layout{volumes: map[int]*replicas{}, replaced: map[int]*replicas{}}
}

func (l *layout) Register(id int, node string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.volumes[id] == nil {
		l.volumes[id] = &replicas{name: node}
	}
	l.volumes[id].add(node)
	l.volumes[id].rank++
}

func (l *layout) Unregister(id int, node string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if each := l.volumes[id]; each != nil {
		each.remove(node)
		each.rank--
	}
}

func (l *layout) Lookup(id int, node string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	each := l.volumes[id]
	return each != nil && each.has(node)
}

func check(of *replicas) int {
	return len(of.nodes)
}

func (l *layout) Vacuum() (sum int) {
	l.mu.RLock()
	all := make(map[int]*replicas)
	for id, each := range l.volumes {
		all[id] = each
	}
	l.mu.RUnlock()
	for _, each := range all {
		sum += check(each) // want `what l\.volumes points to was taken under mu and is passed on after the unlock, to code that uses its nodes`
	}
	return sum
}

func (l *layout) Ranks() (sum int) {
	l.mu.RLock()
	var all []*replicas
	for _, each := range l.volumes {
		all = append(all, each)
	}
	l.mu.RUnlock()
	for _, each := range all {
		sum += each.rank // want `what this points to was taken from l\.volumes under mu, but its rank is used after the unlock`
	}
	return sum
}

func (l *layout) Has(id int, node string) bool {
	l.mu.RLock()
	each, ok := l.volumes[id]
	l.mu.RUnlock()
	return ok && each.has(node) // want `what l\.volumes points to was taken under mu and is passed on after the unlock, to code that uses its nodes`
}

// ok: the name stays as it was made.
func (l *layout) Name(id int) string {
	l.mu.RLock()
	each := l.volumes[id]
	l.mu.RUnlock()
	return each.name
}

// ok: used under the lock.
func (l *layout) Count(id int) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return check(l.volumes[id])
}

// ok: nobody else finds it in the map any more.
func (l *layout) Take(id int) int {
	l.mu.Lock()
	each := l.volumes[id]
	delete(l.volumes, id)
	l.mu.Unlock()
	return each.rank
}

// ok: all of them are the caller's after this.
func (l *layout) TakeAll() (sum int) {
	l.mu.Lock()
	all := l.volumes
	l.volumes = map[int]*replicas{}
	for _, each := range all {
		sum += each.rank
	}
	l.mu.Unlock()
	return sum
}

// ok: a copy of what it points to, made under the lock.
func (l *layout) Copied(id int) int {
	l.mu.RLock()
	each := l.volumes[id]
	copied := *each
	l.mu.RUnlock()
	return copied.rank
}

// What other objects point to is put in place as a whole, and never changed.
func (l *layout) Replace(id int, with *replicas) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.replaced[id] = with
}

// ok: whoever has it sees what was there.
func (l *layout) Replaced(id int) int {
	l.mu.RLock()
	each := l.replaced[id]
	l.mu.RUnlock()
	return len(each.nodes)
}

type session struct {
	mu    sync.Mutex
	count int
}

type sessions struct {
	mu  sync.Mutex
	all map[int]*session
}

func newSessions() *sessions {
	return &sessions{all: map[int]*session{}}
}

// ok: what is in a session is guarded by the session's own lock.
func (s *sessions) Add(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[id]
	one.mu.Lock()
	one.count++
	one.mu.Unlock()
}

func (s *sessions) Of(id int) int {
	s.mu.Lock()
	one := s.all[id]
	s.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.count
}
