package fixture

// A struct without a name in a generic type is written out again where it is made.
type ring[I, O any] struct {
	handle func(I) O
	slots  []*struct {
		value chan O
		ready chan O
	}
}

func newRing[I, O any](handle func(I) O, n int) *ring[I, O] {
	slots := make([]*struct {
		value chan O
		ready chan O
	}, n)
	for i := range slots {
		slots[i] = &struct {
			value chan O
			ready chan O
		}{
			value: make(chan O, 1),
		}
	}
	return &ring[I, O]{handle: handle, slots: slots}
}

// ok: the channels were made with the ring.
func (r *ring[In, Out]) push(i int, v In) {
	r.slots[i].value <- r.handle(v)
}

// ok: the channels were made with the ring.
func lengths(r *ring[string, int], i int) int {
	return <-r.slots[i].value
}

// Nobody makes these.
func (r *ring[In, Out]) wait(i int) Out {
	return <-r.slots[i].ready // want `r\.slots\[i\]\.ready is nil: the receive never ends`
}
