package entries

import "sync"

type peer struct{ name string }

type pipe struct {
	to   *peer
	done chan struct{}
}

func open(to *peer) *pipe { return &pipe{to: to, done: make(chan struct{})} }

type network struct {
	mu    sync.RWMutex
	peers map[string]*peer
	pipes []*pipe
	log   []string
}

func (n *network) Remove(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.peers, name)
	for _, each := range n.pipes {
		if each.to.name == name {
			close(each.done)
		}
	}
}

func (n *network) Open(name string) *pipe {
	n.mu.RLock()
	to, ok := n.peers[name]
	n.mu.RUnlock()
	if !ok {
		return nil
	}
	made := open(to)
	n.mu.Lock()
	n.pipes = append(n.pipes, made) // want `n\.mu was released since name was looked up in line 34: Remove may have removed it`
	n.mu.Unlock()
	return made
}

// ok: one section
func (n *network) OpenLocked(name string) *pipe {
	n.mu.Lock()
	defer n.mu.Unlock()
	to, ok := n.peers[name]
	if !ok {
		return nil
	}
	made := open(to)
	n.pipes = append(n.pipes, made)
	return made
}

// ok: looked again
func (n *network) OpenAgain(name string) *pipe {
	n.mu.RLock()
	to, ok := n.peers[name]
	n.mu.RUnlock()
	if !ok {
		return nil
	}
	made := open(to)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.peers[name] != to {
		return nil
	}
	n.pipes = append(n.pipes, made)
	return made
}

// ok: what is added has nothing to do with the entry
func (n *network) Add(name string) {
	n.mu.RLock()
	_, ok := n.peers[name]
	n.mu.RUnlock()
	if !ok {
		return
	}
	n.mu.Lock()
	n.pipes = append(n.pipes, open(&peer{name: "own"}))
	n.mu.Unlock()
}

// ok: whoever removes peers does not look at the log
func (n *network) Note(name string) {
	n.mu.RLock()
	to, ok := n.peers[name]
	n.mu.RUnlock()
	if !ok {
		return
	}
	n.mu.Lock()
	n.log = append(n.log, to.name)
	n.mu.Unlock()
}

// ok: added whether it is there or not
func (n *network) Any(name string) {
	n.mu.RLock()
	to := n.peers[name]
	n.mu.RUnlock()
	n.mu.Lock()
	n.pipes = append(n.pipes, open(to))
	n.mu.Unlock()
}

type rooms struct {
	mu     sync.Mutex
	topics map[string]*peer
	guests []*peer
}

// ok: entries are removed on their own
func (r *rooms) Close(topic string) {
	r.mu.Lock()
	delete(r.topics, topic)
	r.mu.Unlock()
	r.mu.Lock()
	r.guests = nil
	r.mu.Unlock()
}

func (r *rooms) Enter(topic string) {
	r.mu.Lock()
	host, ok := r.topics[topic]
	r.mu.Unlock()
	if ok {
		r.mu.Lock()
		r.guests = append(r.guests, host)
		r.mu.Unlock()
	}
}
