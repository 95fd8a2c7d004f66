package resources

import "time"

type alarms struct {
	calls   map[string]*time.Timer
	pings   map[string]*time.Timer
	entries map[string]*alarm
}

type alarm struct {
	timer *time.Timer
	quiet *time.Timer
}

func (a *alarms) later(id string, f func()) {
	a.calls[id] = time.AfterFunc(time.Second, f)
	a.pings[id] = time.NewTimer(time.Second)
	a.entries[id] = &alarm{timer: time.AfterFunc(time.Second, f), quiet: time.NewTimer(time.Second)}
}

func (a *alarms) stop(id string) {
	if timer, ok := a.calls[id]; ok {
		timer.Stop()
		delete(a.calls, id)
	}
}

func (a *alarms) stopPing(id string) {
	a.pings[id].Stop()
	delete(a.pings, id)
}

func (a *alarms) stopEntry(id string) {
	if entry, ok := a.entries[id]; ok {
		entry.timer.Stop()
		delete(a.entries, id)
	}
}

// What they call is called all the same.
func (a *alarms) reset() {
	clear(a.calls) // want `this drops the values of a.calls without timer.Stop\(\)`
}

func (a *alarms) resetEntries() {
	a.entries = make(map[string]*alarm) // want `this drops the values of a.entries without entry.timer.Stop\(\)`
}

// ok: a timer that nobody waits for is collected.
func (a *alarms) resetPings() {
	clear(a.pings)
}

// ok: each is stopped first.
func (a *alarms) stopAll() {
	for _, timer := range a.calls {
		timer.Stop()
	}
	clear(a.calls)
}
