// Package sent has an owner run functions that it is sent.
package sent

func owner(commands chan func(map[string]int)) {
	m := make(map[string]int)
	for command := range commands {
		command(m)
	}
}

// Who sent the function waits until it has run.
func get(key string) (value int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	done := make(chan struct{})
	commands <- func(m map[string]int) {
		value = m[key]
		close(done)
	}
	<-done
	return value // ok: the function runs once, and closes done behind it
}

// The same through a function that both of them call.
func do(commands chan func(map[string]int), command func(map[string]int)) {
	done := make(chan struct{})
	commands <- func(m map[string]int) {
		defer close(done)
		command(m)
	}
	<-done
}

func count() (n int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	do(commands, func(m map[string]int) { n = len(m) }) // ok: do waits
	return n
}

// Where the function is not sent it does not run.
func unlessStopped(key string, stopped chan struct{}) (value int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	done := make(chan struct{})
	select {
	case commands <- func(m map[string]int) {
		value = m[key]
		close(done)
	}:
		<-done
	case <-stopped:
	}
	return value // ok: sent and awaited, or not sent
}

// Sent, and then not awaited.
func unlessLate(key string, late chan struct{}) (value int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	done := make(chan struct{})
	commands <- func(m map[string]int) {
		value = m[key] // want `value is written here while sent\.go:\d+ may read it`
		close(done)
	}
	select {
	case <-done:
	case <-late:
	}
	return value
}

// Nobody waits.
func forgotten(key string) (value int) {
	commands := make(chan func(map[string]int), 1)
	go owner(commands)
	commands <- func(m map[string]int) {
		value = m[key] // want `value is written here while sent\.go:\d+ may read it`
	}
	return value
}

// Done too early.
func early(key string) (value int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	done := make(chan struct{})
	commands <- func(m map[string]int) {
		close(done)
		value = m[key] // want `value is written here while sent\.go:\d+ may read it`
	}
	<-done
	return value
}

// The second run writes while the first is over.
func twice(key string) (value int) {
	commands := make(chan func(map[string]int))
	go owner(commands)
	done := make(chan struct{}, 2)
	read := func(m map[string]int) {
		value = m[key] // want `value is written here while sent\.go:\d+ may read it`
		done <- struct{}{}
	}
	commands <- read
	commands <- read
	<-done
	return value
}

var _ = []any{get, count, unlessStopped, unlessLate, forgotten, early, twice}
