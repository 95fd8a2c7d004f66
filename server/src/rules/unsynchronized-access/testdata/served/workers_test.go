package served

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// fetch asks with several goroutines, and waits for them.
func fetch(urls []string) error {
	if len(urls) == 0 {
		return nil
	}
	var group sync.WaitGroup
	for _, url := range urls {
		group.Add(1)
		go func() {
			defer group.Done()
			if res, err := http.Get(url); err == nil {
				res.Body.Close()
			}
		}()
	}
	group.Wait()
	return nil
}

// ok: all who ask start after the address is known, and have their answers before it is looked at what was asked.
func TestWorkers(t *testing.T) {
	var address, agent string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent = r.Header.Get("User-Agent")
		http.Redirect(w, r, address, http.StatusFound)
	}))
	defer backend.Close()
	address = backend.URL
	if err := fetch([]string{backend.URL}); err != nil {
		t.Fatal(err)
	}
	if agent == "" {
		t.Error("nobody asked")
	}
}

// Nobody waits for who asks.
func TestForgottenWorker(t *testing.T) {
	var address, agent string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent = r.Header.Get("User-Agent") // want `agent is written here while workers_test.go:\d+ may read it`
		http.Redirect(w, r, address, http.StatusFound)
	}))
	defer backend.Close()
	go func() {
		if res, err := http.Get(backend.URL); err == nil {
			res.Body.Close()
		}
	}()
	address = backend.URL // want `address is written here while workers_test.go:\d+ may read it`
	if agent == "" {
		t.Error("nobody asked")
	}
}
