package joins

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
)

// ok: the end of what is read comes after all that was written.
func pipeReadToTheEnd(src io.Reader) (int64, error) {
	r, w := io.Pipe()
	var n int64
	go func() {
		var err error
		n, err = io.Copy(w, src)
		w.CloseWithError(err)
	}()
	if _, err := io.ReadAll(r); err != nil {
		return 0, err
	}
	return n, nil
}

// ok: decoding ends when the other side has closed, or has written what is decoded.
func pipeDecoded(values []int) ([]int, error) {
	r, w := io.Pipe()
	go func() {
		defer w.Close()
		err := json.NewEncoder(w).Encode(values)
		if err != nil {
			w.CloseWithError(err)
		}
	}()
	var got []int
	if err := json.NewDecoder(bufio.NewReader(r)).Decode(&got); err != nil {
		return nil, err
	}
	values = nil
	return got, nil
}

// ok: who reads one thing comes after it was written.
func pipeReadOnce() (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		n = 1
		w.Write([]byte{1})
	}()
	_, err := r.Read(make([]byte, 1))
	return n, err
}

// ok: who writes comes after what was done before it was read.
func pipeReadBy(done chan<- int) {
	r, w := io.Pipe()
	n := 0
	go func() {
		n = 1
		r.Read(make([]byte, 1))
	}()
	w.Write([]byte{1})
	done <- n
}

// ok: the loop reads to the end.
func pipeReadInLoop(parts [][]byte) (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		for _, part := range parts {
			n++
			w.Write(part)
		}
		w.Close()
	}()
	buf := make([]byte, 64)
	for {
		if _, err := r.Read(buf); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return 0, err
		}
	}
	return n, nil
}

// Only one of the writes was waited for.
func pipeReadTooFew(parts [][]byte) (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		for _, part := range parts {
			n++ // want `n is written here while`
			w.Write(part)
		}
		w.Close()
	}()
	_, err := r.Read(make([]byte, 64))
	return n, err
}

// What comes after the close is not waited for.
func pipeClosedTooEarly() (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		w.Write([]byte{1})
		w.Close()
		n = 1 // want `n is written here while`
	}()
	_, err := io.ReadAll(r)
	return n, err
}

// Another pipe is read.
func pipeOfOthers() (int, error) {
	r, w := io.Pipe()
	_, other := io.Pipe()
	n := 0
	go func() {
		n = 1 // want `n is written here while`
		other.Close()
	}()
	go w.Close()
	_, err := io.ReadAll(r)
	return n, err
}

// Nothing is read before the access.
func pipeReadTooLate() (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		n = 1 // want `n is written here while`
		w.Close()
	}()
	got := n
	_, err := io.ReadAll(r)
	return got, err
}

// ok: a pipe of the system orders the two sides in the same way.
func pipeOfFiles() (int, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	n := 0
	go func() {
		n = 1
		w.Close()
	}()
	_, err = io.ReadAll(r)
	return n, err
}

// ok: and so does one that goes both ways.
func pipeOfConnections() (int, error) {
	a, b := net.Pipe()
	n := 0
	go func() {
		n = 1
		a.Close()
	}()
	_, err := io.ReadAll(b)
	return n, err
}

// The goroutine is not done when it has given its end away.
func pipeOfConnectionsTooEarly() (int, error) {
	a, b := net.Pipe()
	n := 0
	go func() {
		a.Close()
		n = 1 // want `n is written here while`
	}()
	_, err := io.ReadAll(b)
	return n, err
}

// ok: who writes is told that nobody reads any more.
func pipeStopped(data []byte) (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		n = 1
		r.CloseWithError(io.ErrUnexpectedEOF)
	}()
	_, err := w.Write(data)
	return n, err
}

// It is told before.
func pipeStoppedTooEarly(data []byte) (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		r.Close()
		n = 1 // want `n is written here while`
	}()
	_, err := w.Write(data)
	return n, err
}

// What is read ends the writing, too.
func pipeReadBeforeStopped(data []byte) (int, error) {
	r, w := io.Pipe()
	n := 0
	go func() {
		r.Read(make([]byte, 10))
		n = 1 // want `n is written here while`
		r.Close()
	}()
	_, err := w.Write(data)
	return n, err
}
