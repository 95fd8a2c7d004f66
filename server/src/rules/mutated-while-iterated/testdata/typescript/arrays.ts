interface Job {
  done: boolean;
}

export function indices(jobs: Job[]): void {
  for (let i = 0; i < jobs.length; i++) {
    if (jobs[i]!.done) jobs.splice(i, 1); // want `the next element of jobs moves to this place and is passed over`
  }
}

export function behind(jobs: Job[]): void {
  for (let i = 0; i < jobs.length; i++) {
    if (!jobs[i]!.done) continue;
    jobs.splice(i, 1); // want `is passed over`
    console.log(i);
  }
}

export function elements(jobs: Job[]): void {
  for (const job of jobs) {
    if (job.done) jobs.splice(jobs.indexOf(job), 1); // want `is passed over`
  }
  jobs.forEach((job, i) => {
    if (job.done) jobs.splice(i, 1); // want `is passed over`
  });
  jobs.forEach((job) => {
    if (job.done) jobs.splice(jobs.indexOf(job), 1); // want `is passed over`
  });
  for (const [i, job] of jobs.entries()) {
    if (job.done) jobs.splice(i, 1); // want `is passed over`
  }
  for (const job of jobs) {
    console.log(job);
    jobs.shift(); // want `is passed over`
  }
}

export function endless(jobs: Job[]): void {
  for (const job of jobs) jobs.push({ ...job }); // want `every round adds to jobs: the loop never ends`
}

export function mended(jobs: Job[]): void {
  for (let i = 0; i < jobs.length; i++) {
    if (jobs[i]!.done) jobs.splice(i--, 1); // ok: steps back
  }
  for (let i = 0; i < jobs.length; i++) {
    if (jobs[i]!.done) {
      jobs.splice(i, 1); // ok: steps back
      i -= 1;
    }
  }
  for (let i = jobs.length - 1; i >= 0; i--) {
    if (jobs[i]!.done) jobs.splice(i, 1); // ok: from the end
  }
  for (let i = 0; i < jobs.length; ) {
    if (jobs[i]!.done) jobs.splice(i, 1); // ok: steps only over what stays
    else i++;
  }
}

export function first(jobs: Job[]): boolean {
  for (let i = 0; i < jobs.length; i++) {
    if (jobs[i]!.done) {
      jobs.splice(i, 1); // ok: leaves the loop
      break;
    }
  }
  for (const job of jobs) {
    if (job.done) {
      jobs.splice(jobs.indexOf(job), 1); // ok: leaves the function
      return true;
    }
  }
  return false;
}

export function others(jobs: Job[], old: Job[], job: Job): void {
  for (const each of [...jobs]) {
    if (each.done) jobs.splice(jobs.indexOf(each), 1); // ok: iterates a copy
  }
  for (const each of jobs) old.splice(old.indexOf(each), 1); // ok: another array
  for (let i = 0; i < jobs.length; i++) jobs.splice(i, 1, job); // ok: replaces
  for (const each of jobs) {
    if (each.done) jobs.push(job); // ok: under a condition
  }
  jobs.forEach((each) => jobs.push(each)); // ok: forEach visits what was there at its start
}

export function bounded(jobs: Job[]): void {
  for (const job of jobs) {
    jobs.push(job); // ok: leaves the loop
    if (jobs.length > 100) break;
  }
}

export function later(jobs: Job[]): void {
  for (const job of jobs) {
    setTimeout(() => jobs.splice(jobs.indexOf(job), 1)); // ok: after the loop
  }
}
