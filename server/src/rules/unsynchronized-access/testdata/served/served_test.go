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
