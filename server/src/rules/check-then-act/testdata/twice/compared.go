package twice

import "sync"

type lows struct {
	mu    sync.RWMutex
	first map[string]int64
}

func (l *lows) slow(key string, at int64) bool { return len(key) > int(at) }

// A smaller one that another goroutine put there meanwhile is lost.
func (l *lows) Reaches(key string, at int64) bool {
	l.mu.RLock()
	first, ok := l.first[key]
	l.mu.RUnlock()
	if ok && at >= first {
		return false
	}
	if l.slow(key, at) {
		return true
	}
	l.mu.Lock()
	l.first[key] = at // want `l\.mu was released since key was looked up`
	l.mu.Unlock()
	return false
}

// ok: it is compared again.
func (l *lows) ReachesAgain(key string, at int64) bool {
	l.mu.RLock()
	first, ok := l.first[key]
	l.mu.RUnlock()
	if ok && at >= first {
		return false
	}
	l.mu.Lock()
	if first, ok = l.first[key]; !ok || at < first {
		l.first[key] = at
	}
	l.mu.Unlock()
	return false
}

// ok: what is stored is not what was compared, and the last one may win.
func (l *lows) Fresh(key string, now, size int64) {
	l.mu.RLock()
	first, ok := l.first[key]
	l.mu.RUnlock()
	if ok && now < first {
		return
	}
	l.mu.Lock()
	l.first[key] = size
	l.mu.Unlock()
}
