package owned

import (
	"errors"
	"fmt"
	"sync"
)

type node struct {
	mu                  sync.Mutex
	cond                *sync.Cond
	name                string
	rooms               map[string]int
	full, half, quarter []string
}

func (n *node) Name() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.full)+len(n.half)+len(n.quarter) > 0 {
		return ""
	}
	return n.name
}

func (n *node) Add(room string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rooms[room]++
	n.full = append(n.full, room)
	n.half = append(n.half, room)
	n.quarter = append(n.quarter, room)
	n.name += room
}

func (n *node) Remove(room string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.rooms, room)
	n.full = nil
	n.half = nil
	n.quarter = nil
	n.name = ""
}

func (n *node) String() string { return n.Name() }

func (n *node) Has(room, name string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.name == name || n.name == room {
		return len(n.rooms) > 0
	}
	_, ok := n.rooms[room]
	return ok && n.name != ""
}

func (n *node) Rename(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.name != name {
		n.name = name
		clear(n.rooms)
	}
}

func newNode(name string) (*node, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	n := &node{name: name, rooms: map[string]int{}}
	n.cond = sync.NewCond(&n.mu)
	return n, nil
}

// ok: who calls it has just got the node from the function that made it.
func (n *node) isEmpty() bool { return len(n.rooms) == 0 && n.name == "" }

func CountEmpty(names []string) int {
	count := 0
	for _, name := range names {
		n, err := newNode(name)
		if err == nil && n.isEmpty() {
			count++
		}
	}
	return count
}

var nodes sync.Map

func newKeptNode(name string) *node {
	n := &node{name: name, rooms: map[string]int{}}
	nodes.Store(name, n)
	return n
}

func (n *node) isFull() bool {
	return len(n.full) > 9 // want `n\.full is used here without mu, .*; CountFull calls this without it`
}

// The node was kept where others find it.
func CountFull(names []string) int {
	count := 0
	for _, name := range names {
		if newKeptNode(name).isFull() {
			count++
		}
	}
	return count
}

func newRunningNode(name string) *node {
	n := &node{name: name, rooms: map[string]int{}}
	go n.Add(name)
	return n
}

func (n *node) isHalf() bool {
	return len(n.half) > 4 // want `n\.half is used here without mu, .*; CountHalf calls this without it`
}

// A goroutine uses the node already.
func CountHalf(names []string) int {
	count := 0
	for _, name := range names {
		if newRunningNode(name).isHalf() {
			count++
		}
	}
	return count
}

func found(name string) *node {
	if n, ok := nodes.Load(name); ok {
		return n.(*node)
	}
	return &node{name: name}
}

func (n *node) isQuarter() bool {
	return len(n.quarter) > 2 // want `n\.quarter is used here without mu, .*; CountQuarter calls this without it`
}

// Only sometimes it is a new one.
func CountQuarter(names []string) int {
	count := 0
	for _, name := range names {
		if found(name).isQuarter() {
			count++
		}
	}
	return count
}

func filled(name string, n *node) (*node, error) {
	if name == "" {
		return nil, errors.New(fmt.Sprint("no name for ", n))
	}
	n.name = name
	return n, nil
}

// ok: the message looked at the node, and kept nothing.
func isNamed(n *node) bool { return n.name != "" }

func CountNamed(names []string) int {
	count := 0
	for _, name := range names {
		n, err := filled(name, &node{})
		if err == nil && isNamed(n) {
			count++
		}
	}
	return count
}
