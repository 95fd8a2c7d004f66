package main

import "os"

// ok: a program decides over its own environment.
func main() {
	os.Clearenv()
	os.Setenv("PATH", "/bin")
}
