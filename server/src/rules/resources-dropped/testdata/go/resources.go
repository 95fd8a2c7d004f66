package resources

import (
	"context"
	"net"
)

type server struct {
	cancels map[string]context.CancelFunc
	conns   map[int]net.Conn
	jobs    map[int]*job
	names   map[int]string
	spare   map[int]net.Conn
	guests  map[int]net.Conn
	links   map[int]net.Conn
}

type job struct {
	cancel context.CancelFunc
	conn   net.Conn
}

func (s *server) cancel(id string) {
	if cancel, ok := s.cancels[id]; ok {
		cancel()
		delete(s.cancels, id)
	}
}

func (s *server) resetCancels() {
	clear(s.cancels) // want `this drops the values of s.cancels without cancel\(\), which the removal of a single one does first`
}

func (s *server) close(id int) {
	conn := s.conns[id]
	conn.Close()
	delete(s.conns, id)
}

func (s *server) dropAll() {
	s.conns = make(map[int]net.Conn) // want `this drops the values of s.conns without conn.Close\(\)`
}

func (s *server) dropOneByOne() {
	for id := range s.conns { // want `this drops the values of s.conns`
		delete(s.conns, id)
	}
}

// What is closed may be a part of the value.
func (s *server) finish(id int) {
	s.jobs[id].conn.Close()
	delete(s.jobs, id)
}

func (s *server) forget() {
	clear(s.jobs) // want `this drops the values of s.jobs without s.jobs\[id\].conn.Close\(\)`
}

// ok: each is closed first.
func (s *server) closeAll() {
	for _, conn := range s.conns {
		conn.Close()
	}
	clear(s.conns)
}

// ok: through the function that closes one.
func (s *server) closeEach() {
	for id := range s.conns {
		s.close(id)
	}
	s.conns = make(map[int]net.Conn)
}

// ok: whoever gets the old map closes them.
func (s *server) detach() map[int]net.Conn {
	old := s.conns
	s.conns = make(map[int]net.Conn)
	return old
}

// ok: names own nothing.
func (s *server) remove(id int) { delete(s.names, id) }

func (s *server) clearNames() { clear(s.names) }

// ok: nobody in the package closes these.
func (s *server) release(id int) { delete(s.spare, id) }

func (s *server) clearSpare() { clear(s.spare) }

// ok: the first map of an object.
func newServer() *server {
	s := &server{}
	s.conns = make(map[int]net.Conn)
	return s
}

// ok: the caller closes them before.
func (s *server) closeGuest(id int) {
	s.guests[id].Close()
	delete(s.guests, id)
}

func (s *server) clearGuests() { clear(s.guests) }

func (s *server) shutdown() {
	for _, conn := range s.guests {
		conn.Close()
	}
	s.clearGuests()
}

// ok: not emptied as a whole.
func (s *server) closeLink(id int) {
	s.links[id].Close()
	delete(s.links, id)
}

func (s *server) prune() {
	for id, link := range s.links {
		if link == nil {
			delete(s.links, id)
		}
	}
}

// What a method does says that it ends its receiver, whatever its name is.
type session struct {
	done chan struct{}
	name string
}

func (s *session) hangUp() { close(s.done) }

func (s *session) rename(name string) { s.name = name }

// A channel of the function's own is nothing that the session holds.
func (s *session) ping() {
	answered := make(chan struct{})
	close(answered)
	<-answered
}

type sessions struct {
	open    map[int]*session
	renamed map[int]*session
	pinged  map[int]*session
}

func (s *sessions) end(id int) {
	s.open[id].hangUp()
	delete(s.open, id)
}

func (s *sessions) dropSessions() {
	clear(s.open) // want `this drops the values of s.open without s.open\[id\].hangUp\(\)`
}

// ok: renaming ends nothing.
func (s *sessions) renameLast(id int) {
	s.renamed[id].rename("gone")
	delete(s.renamed, id)
}

func (s *sessions) dropRenamed() { clear(s.renamed) }

// ok: neither does a ping.
func (s *sessions) pingLast(id int) {
	s.pinged[id].ping()
	delete(s.pinged, id)
}

func (s *sessions) dropPinged() { clear(s.pinged) }
