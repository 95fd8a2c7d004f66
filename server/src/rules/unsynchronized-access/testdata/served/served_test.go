// Tests that ask the servers they start.
package served

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// ok: the answer comes when the handler is done.
func TestAgent(t *testing.T) {
	var agent string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent = r.Header.Get("User-Agent")
	}))
	defer backend.Close()
	proxy := newProxy(backend.URL)
	defer proxy.Close()
	res, err := proxy.Client().Get(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if agent != "go" {
		t.Error(agent)
	}
}

func newProxy(target string) *httptest.Server {
	return httptest.NewServer(http.RedirectHandler(target, http.StatusFound))
}

// ok: one request after the other.
func TestStatuses(t *testing.T) {
	statuses := []int{503, 200}
	seen := 0
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if seen == len(statuses) {
			seen = 0
		}
		w.WriteHeader(statuses[seen])
		seen++
	}))
	defer backend.Close()
	for range statuses {
		if res, err := http.Get(backend.URL); err == nil {
			res.Body.Close()
		}
	}
}

type pusher struct {
	client *http.Client
	url    string
	ready  func() error
}

func (p *pusher) push() error {
	if err := p.ready(); err != nil {
		return err
	}
	res, err := p.client.Get(p.url)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// ok: without a request there is no handler.
func TestPush(t *testing.T) {
	var header string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Get("Authorization")
	}))
	defer backend.Close()
	p := &pusher{client: backend.Client(), url: backend.URL, ready: func() error { return nil }}
	if err := p.push(); err != nil {
		t.Error(err)
	}
	if header == "" {
		t.Error("no header")
	}
}

// ok: sent and closed for the one request that the test makes.
func TestPanics(t *testing.T) {
	panicked := make(chan bool, 1)
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(panicked)
		defer func() {
			if recover() != nil {
				panicked <- true
			}
		}()
		w.WriteHeader(0)
	}))
	defer backend.Close()
	if res, err := http.Get(backend.URL); err == nil {
		res.Body.Close()
	}
	if !<-panicked {
		t.Error("no panic")
	}
}

func TestOwnGoroutine(t *testing.T) {
	var agent string
	backend := httptest.NewServer(http.NotFoundHandler())
	defer backend.Close()
	go func() {
		res, err := http.Get(backend.URL)
		if err == nil {
			agent = res.Status // want `agent is written here while served_test.go:\d+ may read it`
		}
	}()
	if agent != "" {
		t.Error(agent)
	}
}
