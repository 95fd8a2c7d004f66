package methods

import (
	"crypto/tls"
	"os"
	"time"
)

// Two functions make one, each with its own loop: these never have the same object.
type reloader struct {
	last string
	quit chan struct{}
	path string
}

func newReloader(path string) (*reloader, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &reloader{last: string(text), quit: make(chan struct{}), path: path}
	go r.loop(time.Second)
	return r, nil
}

func (r *reloader) loop(interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			r.reload()
		case <-r.quit:
			return
		}
	}
}

func (r *reloader) reload() {
	text, err := os.ReadFile(r.path)
	if err != nil || string(text) == r.last {
		return
	}
	r.last = string(text) // ok: the one loop of the object
}

func (r *reloader) Certificate(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	return nil, nil
}

func (r *reloader) Close() { close(r.quit) }

type fetcher struct {
	config   *tls.Config
	reloader *reloader
}

func newFetcher(path string, config *tls.Config) *fetcher {
	var r *reloader
	if path != "" {
		var err error
		r, err = newReloader(path)
		if err != nil {
			return nil
		}
		config.GetClientCertificate = r.Certificate
	}
	return &fetcher{config: config, reloader: r}
}

// Each of the two loops that come with one object uses it.
type counter2 struct {
	seen int
	quit chan struct{}
}

func newCounter2() *counter2 {
	c := &counter2{quit: make(chan struct{})}
	go c.count()
	go c.count()
	return c
}

func (c *counter2) count() {
	for range c.quit {
		c.seen++ // want `c\.seen is written here`
	}
}

func (c *counter2) Close() { close(c.quit) }
