declare function load(key: string): Promise<string>;

const entries = new Map<string, string>();

export function fetch(key: string): void {
  load(key).then((value) => {
    entries.set(key, value); // want `entries\[key\] is stored after an await, and settled\.ts:\d+ may have cleared`
  });
}

function timeout(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, 10, 'late'));
}

export function first(key: string): Promise<string> {
  const loaded = load(key).then((value) => {
    entries.set(key, value); // want `entries\[key\] is stored after an await, and settled\.ts:\d+ may have cleared`
    return value;
  });
  return Promise.race([loaded, timeout()]);
}

export function reset(): void {
  entries.clear();
}

const current = new Map<string, string>();
let epoch = 0;

// ok: what was asked for before the clear is dropped
export function fetchCurrent(key: string): void {
  const mine = epoch;
  load(key).then((value) => {
    if (mine === epoch) current.set(key, value);
  });
}

export function resetCurrent(): void {
  epoch++;
  current.clear();
}

const kept = new Map<string, string>();

// ok: nobody clears it
export function keep(key: string): void {
  load(key).then((value) => {
    kept.set(key, value);
  });
}

const times = new Map<string, number>();

// ok: what is stored does not come from what was asked for
export function note(key: string): void {
  load(key).then(() => {
    times.set(key, Date.now());
  });
}

export function forgetTimes(): void {
  times.clear();
}
