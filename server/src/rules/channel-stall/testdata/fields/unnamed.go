package fixture

import "sync"

// A struct without a name is the same type wherever it is written out.
type asker struct {
	mu     sync.Mutex
	asking *struct {
		done chan struct{}
		err  error
	}
	ask func() error
}

// ok: the channel is made with the struct.
func (a *asker) Once() error {
	a.mu.Lock()
	wait := a.asking
	if wait == nil {
		wait = &struct {
			done chan struct{}
			err  error
		}{done: make(chan struct{})}
		a.asking = wait
		go func() {
			defer func() {
				a.mu.Lock()
				defer a.mu.Unlock()
				a.asking = nil
				close(wait.done)
			}()
			wait.err = a.ask()
		}()
	}
	a.mu.Unlock()
	<-wait.done
	return wait.err
}

// Nobody makes the channel of a struct of this kind.
func (a *asker) Never() error {
	wait := &struct {
		ended chan struct{}
		err   error
	}{err: a.ask()}
	go func() {
		close(wait.ended) // want `wait\.ended is nil`
	}()
	<-wait.ended // want `wait\.ended is nil`
	return wait.err
}
