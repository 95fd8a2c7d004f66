package processes

import (
	"os/exec"
	"time"
)

// Run sets the process while the other side looks for it.
func runWithin(limit time.Duration) error {
	cmd := exec.Command("true")
	done := make(chan error, 1)
	go func() {
		done <- cmd.Run() // want `cmd is written here while`
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		if cmd.Process != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
}

// ok: running it leaves the arguments alone.
func runAndTell(tell func(name string)) error {
	cmd := exec.Command("true")
	go func() {
		tell(cmd.Args[0])
	}()
	return cmd.Run()
}

// ok: the process is there before the goroutine starts, which only waits.
func startWithin(limit time.Duration) error {
	cmd := exec.Command("true")
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		done <- cmd.Wait()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return cmd.Process.Kill()
	}
}

// ok: it looks when the run is over.
func runToTheEnd() (int, error) {
	cmd := exec.Command("true")
	done := make(chan error, 1)
	go func() {
		done <- cmd.Run()
	}()
	err := <-done
	return cmd.Process.Pid, err
}
