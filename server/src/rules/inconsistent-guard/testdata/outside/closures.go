package outside

import (
	"sort"
	"sync"
)

type robin struct {
	mu    sync.RWMutex
	hosts []string
	names map[string]int
	order []string
}

func newRobin() *robin { return &robin{names: map[string]int{}} }

func (r *robin) SetHosts(hosts []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hosts = hosts
	r.names[hosts[0]]++
	r.order = hosts
}

// Whoever runs it later does not wait for itself.
func (r *robin) Pick() func() string {
	at := 0
	return func() string {
		if len(r.hosts) == 0 { // want `r\.hosts is used here without mu`
			return ""
		}
		r.mu.RLock()
		defer r.mu.RUnlock()
		at++
		return r.hosts[at%len(r.hosts)]
	}
}

func (r *robin) Hosts() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return append([]string{}, r.hosts...)
}

func (r *robin) Name(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[name]++
	r.order = append(r.order, name)
	sort.Strings(r.order)
}

func (r *robin) Unname(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, name)
	r.order = nil
}

// ok: the caller may be inside.
func (r *robin) Named() func(name string) bool {
	return func(name string) bool { return r.names[name] > 0 }
}

// ok: each look is inside.
func (r *robin) First() func() string {
	return func() string {
		r.mu.RLock()
		defer r.mu.RUnlock()
		return r.order[0]
	}
}
