package fixture

import "sync"

type jobs struct {
	mu     sync.Mutex
	cond   *sync.Cond
	list   []func()
	n      int
	closed bool
}

func newJobs() *jobs {
	j := &jobs{}
	j.cond = sync.NewCond(&j.mu)
	return j
}

func (j *jobs) Add(job func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.list = append(j.list, job)
	j.n++
	j.cond.Signal()
}

func (j *jobs) Take() (func(), bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.n == 0 {
		return nil, false
	}
	job := j.list[0]
	j.list = j.list[1:]
	j.n--
	return job, true
}

// ok: Take looks again whether there is a job.
func (j *jobs) Wait() (func(), bool) {
	j.mu.Lock()
	if j.closed {
		j.mu.Unlock()
		return nil, false
	}
	if j.n != 0 {
		j.mu.Unlock()
		return j.Take()
	}
	j.cond.Wait()
	j.mu.Unlock()
	return j.Take()
}

// Whoever calls it takes the job to be there.
func (j *jobs) Ready() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.n == 0 {
		j.cond.Wait() // want `j\.cond\.Wait is not in a loop`
	}
	return true
}

// It goes on without a look when somebody is in a hurry.
func (j *jobs) First(hurry bool) (func(), bool) {
	j.mu.Lock()
	if j.n == 0 {
		j.cond.Wait() // want `j\.cond\.Wait is not in a loop`
	}
	if hurry {
		defer j.mu.Unlock()
		return j.list[0], true
	}
	j.mu.Unlock()
	return j.Take()
}

func (j *jobs) Count() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n
}

// What it calls gives the number, and decides nothing by it.
func (j *jobs) Next() int {
	j.mu.Lock()
	if j.n == 0 {
		j.cond.Wait() // want `j\.cond\.Wait is not in a loop`
	}
	j.mu.Unlock()
	return j.Count()
}
