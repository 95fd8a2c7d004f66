package fixture

import "sync"

type hooks struct {
	mu   sync.Mutex
	late []func()
}

func (h *hooks) Add(hook func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.late = append(h.late, hook)
}

func (h *hooks) Clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.late = h.late[:0]
}

func (h *hooks) Size() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.late)
}

// ok: nobody else finds what the goroutine has.
func (h *hooks) Run() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if late := h.late; len(late) > 0 {
		h.late = nil
		go func() {
			for _, hook := range late {
				hook()
			}
		}()
	}
}

type orders struct {
	mu   sync.Mutex
	open []int
}

func (o *orders) Add(order int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open = append(o.open, order)
}

func (o *orders) Raise(i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open[i]++
}

func (o *orders) Size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.open)
}

// What is put there has the elements that the goroutine goes through.
func (o *orders) Send(send func(int)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	open := o.open
	o.open = o.open[:0]
	go func() {
		for _, order := range open { // want `o\.mu is held by the function that starts this goroutine`
			send(order)
		}
	}()
}
