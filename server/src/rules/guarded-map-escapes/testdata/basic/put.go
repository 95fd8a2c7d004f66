package fixture

import "sync"

type directory struct {
	mu    sync.RWMutex
	names map[string]int
	rooms map[string]int
}

func (d *directory) Add(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[name]++
}

func (d *directory) Has(name string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.names[name] > 0 || d.rooms[name] > 0
}

// What it has put there is everybody's.
func (d *directory) Refresh(load func() []string) int {
	names := map[string]int{}
	for _, name := range load() {
		names[name]++
	}
	d.mu.Lock()
	d.names = names
	d.mu.Unlock()
	return len(names) // want `this map was put into d\.names under mu, but its elements are looked at after the unlock`
}

// ok: it counts before others have the map.
func (d *directory) Reload(load func() []string) int {
	names := map[string]int{}
	for _, name := range load() {
		names[name]++
	}
	count := len(names)
	d.mu.Lock()
	d.names = names
	count += len(names)
	d.mu.Unlock()
	return count
}

// ok: nobody changes the rooms in place.
func (d *directory) Build(rooms map[string]int) int {
	d.mu.Lock()
	d.rooms = rooms
	d.mu.Unlock()
	return len(rooms)
}

// ok: the variable holds another map by then.
func (d *directory) Replace(names map[string]int) int {
	d.mu.Lock()
	d.names = names
	d.mu.Unlock()
	names = map[string]int{}
	return len(names)
}
