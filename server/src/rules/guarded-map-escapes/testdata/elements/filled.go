package elements

import "sync"

type groups struct {
	mu     sync.Mutex
	routes map[string]map[string]int
}

func (g *groups) Drop(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, group := range g.routes {
		delete(group, name)
	}
}

// The map is put there only where none was: what follows uses everybody's.
func (g *groups) Count(route, name string) {
	g.mu.Lock()
	group, ok := g.routes[route]
	if !ok {
		group = map[string]int{}
		g.routes[route] = group
	}
	g.mu.Unlock()
	group[name]++ // want `g\.routes\[…\] was read under mu, but its elements are`
}

func (g *groups) CountNil(route, name string) {
	g.mu.Lock()
	group := g.routes[route]
	if group == nil {
		group = map[string]int{}
		g.routes[route] = group
	}
	g.mu.Unlock()
	group[name]++ // want `g\.routes\[…\] was read under mu, but its elements are`
}

// ok: another one takes its place, and what was there is its own.
func (g *groups) Take(route string) int {
	g.mu.Lock()
	group, ok := g.routes[route]
	if ok {
		g.routes[route] = map[string]int{}
	}
	g.mu.Unlock()
	return group["all"]
}

// ok: the whole is used under the lock.
func (g *groups) Sum(route string) (sum int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range g.routes[route] {
		sum += n
	}
	return sum
}
