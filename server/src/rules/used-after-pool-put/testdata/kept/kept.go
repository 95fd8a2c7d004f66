// Fields that nobody assigns once their object was made.
package kept

import "sync"

type group struct {
	cache   sync.Pool
	running sync.WaitGroup
	log     func(string)
}

type worker struct {
	group *group
	tasks chan func()
	last  int
}

func newGroup(log func(string)) *group {
	g := &group{log: log}
	g.cache.New = func() any { return &worker{group: g, tasks: make(chan func(), 1)} }
	return g
}

// ok: whoever has the worker by now finds the same group in it.
func (w *worker) leave() {
	w.group.cache.Put(w)
	w.group.log("left")
}

// ok: the same in what is deferred.
func (w *worker) run() {
	w.group.running.Add(1)
	go func() {
		defer func() {
			w.group.cache.Put(w)
			if p := recover(); p != nil {
				w.group.log("panic")
			}
			w.group.running.Done()
		}()
		for task := range w.tasks {
			task()
		}
	}()
}

func (w *worker) stamp(at int) {
	w.last = at
}

// Others stamp it.
func (w *worker) stamped() int {
	w.group.cache.Put(w)
	return w.last // want `this uses what line \d+ gave back`
}

// What a method does with it is not said by one field.
func (w *worker) late() {
	w.group.cache.Put(w)
	w.stamp(1) // want `this uses what line \d+ gave back`
}

// It is assigned here: the next who has it may do so as well.
type guest struct {
	host *group
	name string
}

var guests sync.Pool

func enter(g *group, name string) *guest {
	guest, _ := guests.Get().(*guest)
	if guest == nil {
		return nil
	}
	guest.host, guest.name = g, name
	return guest
}

func (g *guest) leave() {
	guests.Put(g)
	g.host.log("left") // want `this uses what line \d+ gave back`
}

// What is overwritten here is of another type.
func (o *options) set(other options) {
	*o = other
}

type options struct {
	size int
}
