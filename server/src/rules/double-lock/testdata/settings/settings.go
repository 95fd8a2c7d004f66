package settings

import "sync"

type options struct {
	slow  bool
	tries int
}

type volume struct {
	mu    sync.RWMutex
	index map[int]int
}

func (v *volume) size(id int) int { return v.index[id] }

// ok: who reads slowly takes the lock for each part, the others for all of it; nobody changes the option meanwhile.
func (v *volume) Read(id int, with *options) int {
	if !with.slow {
		v.mu.RLock()
		defer v.mu.RUnlock()
	}
	if with.slow {
		v.mu.RLock()
	}
	size := v.size(id)
	if size == 0 {
		if with.slow {
			v.mu.RUnlock()
		}
		return 0
	}
	if with.slow {
		v.mu.RUnlock()
	}
	return size
}

// The option is another one when it is looked at again.
func (v *volume) ReadOnce(id int, with *options) int {
	if !with.slow {
		v.mu.RLock()
		defer v.mu.RUnlock()
	}
	with.slow = !with.slow
	size := v.size(id)
	if !with.slow {
		v.mu.RLock()
		size++
		v.mu.RUnlock()
	}
	return size
}

// ok: balanced on both ways.
func (v *volume) Count(with *options) int {
	v.mu.RLock()
	count := len(v.index)
	v.mu.RUnlock()
	return count
}

func (v *volume) Twice(id int) {
	v.mu.Lock()
	v.index[id]++
	v.mu.Unlock()
	v.mu.Unlock() // want `v\.mu is unlocked here and again in line 66`
}
