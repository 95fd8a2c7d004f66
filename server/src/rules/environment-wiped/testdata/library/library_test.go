package library

import (
	"os"
	"testing"
)

// ok: a test sets its own variables.
func TestReset(t *testing.T) {
	os.Clearenv()
	reset()
}
