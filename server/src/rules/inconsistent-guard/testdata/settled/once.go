package settled

import "sync"

type network struct {
	once, sized, noted, named sync.Once

	mu    sync.Mutex
	ports map[int]*port
	names map[int]string
	sizes map[int]int
	seen  map[int]bool
}

type port struct {
	network *network
	number  int
}

// ok: nothing else assigns ports, and who uses them has been here.
func (n *network) prepare() {
	n.once.Do(func() {
		n.ports = map[int]*port{}
	})
}

// Size has not been here: it may look while this is set.
func (n *network) measure() {
	n.sized.Do(func() {
		n.sizes = map[int]int{} // want `n\.sizes is used here without mu`
	})
}

// Forget assigns it, too.
func (n *network) watch() {
	n.noted.Do(func() {
		n.seen = map[int]bool{} // want `n\.seen is used here without mu`
	})
}

func (n *network) Open(number int) *port {
	n.prepare()
	n.measure()
	n.watch()
	n.mu.Lock()
	defer n.mu.Unlock()
	p := &port{n, number}
	n.ports[number] = p
	n.sizes[number]++
	n.seen[number] = true
	return p
}

func (n *network) Find(number int) *port {
	n.prepare()
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.ports[number]
}

// ok: it has the network from Open.
func (p *port) Close() {
	p.network.mu.Lock()
	defer p.network.mu.Unlock()
	delete(p.network.ports, p.number)
	delete(p.network.seen, p.number)
	p.network.sizes[p.number] = 0
}

func (n *network) Size(number int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.sizes[number]
}

func (n *network) Forget() {
	n.watch()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seen = map[int]bool{}
}

func (n *network) Name(number int) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.names[number]
}

func (n *network) Rename(number int, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.names == nil {
		n.names = map[int]string{}
	}
	n.names[number] = name
}

func (n *network) Unname(number int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.names, number)
}

// What a Once does to elements is no set-up.
func (n *network) NameFirst() {
	n.named.Do(func() {
		delete(n.names, 1) // want `n\.names is used here without mu`
	})
}
