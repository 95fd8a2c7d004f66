// Two locks in one object: which of them is held matters.
package otherlock

import (
	"bytes"
	"sync"
)

type pipe struct {
	stateMu sync.Mutex
	state   int
	recvMu  sync.Mutex
	recv    *bytes.Buffer
	both    map[string]int
}

func (p *pipe) Fill(b []byte) {
	p.recvMu.Lock()
	defer p.recvMu.Unlock()
	if p.recv == nil {
		p.recv = new(bytes.Buffer)
	}
	p.recv.Write(b)
}

func (p *pipe) Read(b []byte) {
	p.recvMu.Lock()
	defer p.recvMu.Unlock()
	p.recv.Read(b)
}

func (p *pipe) Empty() bool {
	p.stateMu.Lock()
	defer p.stateMu.Unlock()
	return p.state == 0 && p.recv.Len() == 0 // want `p\.recv is used here without recvMu, which is held at \d+ of \d+ uses of it`
}

func (p *pipe) Put(key string, n int) {
	p.stateMu.Lock()
	p.recvMu.Lock()
	p.both[key] = n
	p.recvMu.Unlock()
	p.stateMu.Unlock()
}

func (p *pipe) Drop(key string) {
	p.stateMu.Lock()
	p.recvMu.Lock()
	delete(p.both, key)
	p.recvMu.Unlock()
	p.stateMu.Unlock()
}

func (p *pipe) Get(key string) int {
	p.recvMu.Lock()
	defer p.recvMu.Unlock()
	return p.both[key]
}

// ok: whoever changes the map holds this lock, too.
func (p *pipe) Has(key string) bool {
	p.stateMu.Lock()
	defer p.stateMu.Unlock()
	_, found := p.both[key]
	return found
}
