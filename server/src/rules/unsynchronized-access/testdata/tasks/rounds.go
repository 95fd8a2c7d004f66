package tasks

var banner string

func bannerText() string {
	if banner == "" {
		banner = "x" // want `banner is written here`
	}
	return banner
}

type broker struct {
	text string
}

func (b *broker) open() {
	go func() { b.text = bannerText() }()
}

// Each of them starts a goroutine.
func openAll(brokers []*broker) {
	for _, b := range brokers {
		b.open()
	}
}

var motto string

func mottoText() string {
	if motto == "" {
		motto = "x"
	}
	return motto
}

type single struct{ text string }

// ok: one object, whose goroutine ends before it is opened again.
func (s *single) open() {
	go func() { s.text = mottoText() }()
}

func reopen(s *single, again func() bool) {
	for again() {
		s.open()
	}
}
