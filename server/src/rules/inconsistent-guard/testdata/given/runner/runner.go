package runner

import "errors"

type Client struct{ address string }

var kept []func()

// With runs a function with a client.
func With(address string, do func(*Client) error) error {
	if address == "" {
		return errors.New("no address")
	}
	return do(&Client{address})
}

// Keep runs a function later.
func Keep(do func()) { kept = append(kept, do) }
