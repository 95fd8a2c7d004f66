package tasks

type state int

const (
	open state = iota
	closed
)

// line is read from and written to; what fails first shuts it.
type line struct {
	state    state
	isShut   bool
	goodbyes int
	farewell int
	tries    int
}

// shut says goodbye once: who finds the line open closes it first.
func (l *line) shut() {
	if l.state == closed {
		return
	}
	l.state = closed
	go func() {
		l.goodbyes++ // ok: nobody starts it a second time
	}()
}

func (l *line) shutByFlag() {
	if l.isShut {
		return
	}
	l.isShut = true
	go func() {
		l.farewell++ // ok: the same with a flag
	}()
}

// retry asks for the state and leaves it as it is.
func (l *line) retry() {
	if l.state == closed {
		return
	}
	go func() {
		l.tries++ // want `by every goroutine`
	}()
}

func serve(failed func() bool) {
	l := &line{}
	if failed() {
		l.shut()
		l.shutByFlag()
		l.retry()
	}
	l.shut()
	l.shutByFlag()
	l.retry()
	select {}
}

