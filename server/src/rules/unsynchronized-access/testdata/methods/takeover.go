package methods

import "sync"

type taken struct {
	mu    sync.Mutex
	conns []int
	names map[string]int
	spare []int
}

func (p *taken) Put(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.conns {
		p.conns[i] = n
	}
	p.names["last"] = n
	for i := range p.spare {
		p.spare[i] = n
	}
}

// ok: who comes later finds another list.
func (p *taken) Close() int {
	p.mu.Lock()
	conns := p.conns
	p.conns = nil
	p.mu.Unlock()
	sum := 0
	for _, n := range conns {
		sum += n
	}
	return sum
}

// ok: and another map.
func (p *taken) Names() int {
	p.mu.Lock()
	names := p.names
	p.names = map[string]int{}
	p.mu.Unlock()
	return names["last"]
}

// The list stays where it is on one way.
func (p *taken) Drain(all bool) int {
	p.mu.Lock()
	spare := p.spare
	if all {
		p.spare = nil
	}
	p.mu.Unlock()
	sum := 0
	for _, n := range spare { // want `spare is used here without p\.mu`
		sum += n
	}
	return sum
}

type shelf struct {
	mu    sync.Mutex
	books []int
}

func (s *shelf) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.books {
		s.books[i] = n
	}
}

// ok: who came between the two sections was done before the second one.
func (s *shelf) Close() int {
	s.mu.Lock()
	books := s.books
	s.mu.Unlock()
	s.mu.Lock()
	s.books = nil
	s.mu.Unlock()
	sum := 0
	for _, n := range books {
		sum += n
	}
	return sum
}

type stack struct {
	mu    sync.Mutex
	books []int
	other []int
}

func (s *stack) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.books {
		s.books[i] = n
	}
	for i := range s.other {
		s.other[i] = n
	}
}

// Others find the list until it is taken away.
func (s *stack) CloseLate() int {
	s.mu.Lock()
	books := s.books
	s.mu.Unlock()
	sum := 0
	for _, n := range books { // want `books is used here without s\.mu`
		sum += n
	}
	s.mu.Lock()
	s.books = nil
	s.mu.Unlock()
	return sum
}

// Another list is taken away.
func (s *stack) CloseOther() int {
	s.mu.Lock()
	other := s.other
	s.books = nil
	s.mu.Unlock()
	sum := 0
	for _, n := range other { // want `other is used here without s\.mu`
		sum += n
	}
	return sum
}

type buffers struct {
	mu      sync.Mutex
	filling []int
	spare   []int
	cut     []int
}

func (b *buffers) Put(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.filling {
		b.filling[i] = n
	}
	for i := range b.cut {
		b.cut[i] = n
	}
	b.filling = b.spare
}

// The list is put where others find it again.
func (b *buffers) Swap() int {
	b.mu.Lock()
	filling := b.filling
	b.filling = nil
	b.spare = filling
	b.mu.Unlock()
	sum := 0
	for _, n := range filling { // want `filling is used here without b\.mu`
		sum += n
	}
	return sum
}

// What stays has the same elements.
func (b *buffers) Cut() int {
	b.mu.Lock()
	cut := b.cut
	b.cut = b.cut[:1]
	b.mu.Unlock()
	sum := 0
	for _, n := range cut { // want `cut is used here without b\.mu`
		sum += n
	}
	return sum
}
