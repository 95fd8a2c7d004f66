package undefineddata

type op struct {
	key   string
	value int
	resp  chan int
}

func serve(ops chan op) {
	for o := range ops {
		data[o.key] = o.value
		o.resp <- data[o.key]
	}
}
