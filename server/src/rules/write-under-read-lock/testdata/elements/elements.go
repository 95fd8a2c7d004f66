package fixture

import "sync"

type posting struct {
	uid  uint64
	seen uint64
	hits uint64
}

type layer struct {
	mu    sync.RWMutex
	posts []*posting
	byUID map[uint64]*posting
	last  uint64
}

// The elements of a list are changed under the lock of the object that has the list.
func (l *layer) Commit(seen uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, each := range l.posts {
		if each.seen == 0 {
			each.seen = seen
		}
	}
	l.last = seen
}

func (l *layer) Visible(now uint64) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	count := 0
	for i := range l.posts {
		if l.isVisible(l.posts[i], now) {
			count++
		}
	}
	return count
}

func (l *layer) isVisible(each *posting, now uint64) bool {
	if each.seen == 0 {
		each.seen = l.last // want `this changes each\.seen; Visible calls it with only the read lock of mu held`
	}
	return each.seen <= now
}

// ok: only read
func (l *layer) Sum() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var sum uint64
	for _, each := range l.posts {
		sum += each.seen
	}
	return sum
}

// ok: nobody reads the hits of elements under this lock
func (l *layer) Touch() {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, each := range l.posts {
		each.hits++
	}
}

// ok: an element that nobody else has yet
func (l *layer) Fresh() *posting {
	l.mu.RLock()
	defer l.mu.RUnlock()
	made := &posting{uid: l.last}
	made.seen = l.last
	return made
}
