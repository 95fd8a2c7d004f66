package openparenthesis

import "sync/atomic"

func empty(m *atomic.Value) {
	m.Store(make(map[string]int) // the closing parenthesis is missing
}
