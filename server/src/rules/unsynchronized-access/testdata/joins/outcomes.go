package joins

import "errors"

type piston struct {
	path string
	size int
}

// It starts the goroutine only where it returns nil.
func (f *piston) start() error {
	if f.path == "" {
		return errors.New("no path")
	}
	go f.run()
	return nil
}

func (f *piston) run() { println(f.path) }

// ok: after an error there is no goroutine.
func movePiston(path string) *piston {
	f := &piston{path: path}
	if err := f.start(); err != nil {
		f.path = "none"
	}
	return f
}

// Without an error there is one.
func movePistonAnyway(path string) *piston {
	f := &piston{path: path}
	if err := f.start(); err == nil {
		f.path = "none" // want `f\.path is written here while`
	}
	return f
}

// After the test both ways go on.
func movePistonAfterwards(path string) *piston {
	f := &piston{path: path}
	if err := f.start(); err != nil {
		println(err.Error())
	}
	f.path = "none" // want `f\.path is written here while`
	return f
}

// An earlier round may have started one.
func movePistonAgain(path string) *piston {
	f := &piston{path: path}
	for range 3 {
		if err := f.start(); err != nil {
			f.path = "none" // want `f\.path is written here while`
		}
	}
	return f
}

// It starts the goroutine where it fails, too.
func (f *piston) startEarly() error {
	go f.grow()
	if f.path == "" {
		return errors.New("no path")
	}
	return nil
}

func (f *piston) grow() { println(f.size) }

func movePistonEarly(path string) *piston {
	f := &piston{path: path}
	if err := f.startEarly(); err != nil {
		f.size = 1 // want `f\.size is written here while`
	}
	return f
}

// ok: true says that it runs, and false that it does not.
func movePistonOrNot(path string) *piston {
	f := &piston{path: path}
	if !f.tryStart() {
		f.size = 1
	}
	return f
}

func (f *piston) tryStart() bool {
	if f.path == "" {
		return false
	}
	go f.grow()
	return true
}
