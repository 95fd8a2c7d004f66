package joins

import "time"

// ok: whichever way it takes, each goroutine sends once, and as often is received.
func sentOnceEach(open, accept func() (int, error)) int {
	errs := make(chan error, 2)
	n := 0
	go func() {
		var err error
		n, err = open()
		errs <- err
	}()
	go func() {
		_, err := accept()
		if err != nil {
			errs <- err
			return
		}
		errs <- nil
	}()
	for range 2 {
		<-errs
	}
	return n
}

// One way sends twice: the second value may be the other goroutine's.
func sentTwiceByOne(open, accept func() (int, error)) int {
	errs := make(chan error, 3)
	n := 0
	go func() {
		var err error
		n, err = open() // want `n is written here while`
		errs <- err
	}()
	go func() {
		_, err := accept()
		if err != nil {
			errs <- err
		}
		errs <- nil
	}()
	for range 2 {
		<-errs
	}
	return n
}

// takeAll waits for so many values, or gives up with a panic.
func takeAll(errs chan error, count int) {
	late := time.After(time.Second)
	for found := 0; found < count; {
		select {
		case <-late:
			panic("late")
		case err := <-errs:
			if err != nil {
				panic(err)
			}
			found++
		}
	}
}

// takeSome gives up without one.
func takeSome(errs chan error, count int) {
	late := time.After(time.Second)
	for found := 0; found < count; found++ {
		select {
		case <-late:
			println("late")
		case err := <-errs:
			println(err)
		}
	}
}

// ok: the helper is told how many values there are.
func takenByHelper(open func() (int, error)) int {
	errs := make(chan error, 2)
	n := 0
	m := 0
	go func() {
		var err error
		n, err = open()
		errs <- err
	}()
	go func() {
		var err error
		m, err = open()
		errs <- err
	}()
	takeAll(errs, 2)
	return n + m
}

// It is told to take one of two.
func takenInPart(open func() (int, error)) int {
	errs := make(chan error, 2)
	n := 0
	go func() {
		var err error
		n, err = open() // want `n is written here while`
		errs <- err
	}()
	go func() {
		_, err := open()
		errs <- err
	}()
	takeAll(errs, 1)
	return n
}

// What comes too late is not waited for.
func takenIfInTime(open func() (int, error)) int {
	errs := make(chan error, 2)
	n := 0
	go func() {
		var err error
		n, err = open() // want `n is written here while`
		errs <- err
	}()
	go func() {
		_, err := open()
		errs <- err
	}()
	takeSome(errs, 2)
	return n
}
