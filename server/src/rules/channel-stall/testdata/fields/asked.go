package fixture

// What is closed only where it is there is never closed where nobody makes it.
type registrar struct {
	quit  chan struct{}
	ended chan struct{}
}

func (r *registrar) Deregister() {
	if r.quit != nil {
		close(r.quit) // ok: it never comes here
		r.quit = nil
	}
}

func (r *registrar) Early() {
	if r.quit == nil {
		return
	}
	<-r.quit // ok: it never comes here
}

func (r *registrar) Wait() {
	if r.quit == nil {
		<-r.quit // want `r\.quit is nil`
	}
	if r.quit != nil {
		<-r.ended // want `r\.ended is nil`
	}
}
