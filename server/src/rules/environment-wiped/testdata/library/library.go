package library

import "os"

func reset() {
	os.Clearenv() // want `this deletes every environment variable of the process`
}

func deferred(f func()) {
	defer os.Clearenv() // want `this deletes every environment variable`
	f()
}

// ok: one variable.
func one() { os.Unsetenv("TOKEN") }

// ok: the child gets an environment of its own.
func child() *os.ProcAttr { return &os.ProcAttr{Env: []string{"PATH=/bin"}} }

type fake struct{}

func (fake) Clearenv() {}

// ok: another function of that name.
func other(os fake) { os.Clearenv() }
