package old

type entry struct{ key string }

type worker struct {
	entries []entry
	wanted  chan *entry
	keys    chan string
}

func newWorker(wanted chan *entry, keys chan string) *worker {
	return &worker{wanted: wanted, keys: keys}
}

// The next round assigns what the receiver has.
func (w *worker) rebroadcast() {
	for _, e := range w.entries { // want `e is written here after line 18 sent it`
		w.wanted <- &e
	}
}

// ok: each round has a variable of its own.
func (w *worker) rebroadcastCopies() {
	for _, e := range w.entries {
		e := e
		w.wanted <- &e
	}
}

// ok: the key is copied.
func (w *worker) tellKeys() {
	for _, e := range w.entries {
		w.keys <- e.key
	}
}

// ok: the round ends with the send.
func (w *worker) first() {
	for _, e := range w.entries {
		w.wanted <- &e
		return
	}
}

// The variable is assigned once more.
func (w *worker) twice() {
	e := entry{"first"}
	w.wanted <- &e
	e.key = "second" // want `e is written here after line 48 sent it`
}
