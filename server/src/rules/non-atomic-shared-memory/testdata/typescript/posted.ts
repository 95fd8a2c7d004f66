declare const worker: Worker;
declare function next(): Promise<string>;

const progress = new Map<string, number>();
worker.postMessage({ kind: 'start', progress: progress });

export function note(key: string): void {
  progress.set(key, 1); // want `progress was copied when it was posted, and is only written here: nobody sees this change`
}

export function start(): void {
  const seen = new Set<string>();
  worker.postMessage(seen);
  seen.add('a'); // want `seen was copied when it was posted`
}

export async function collect(): Promise<void> {
  const lines: string[] = [];
  worker.postMessage(lines);
  for (;;) lines.push(await next()); // want `lines was copied when it was posted`
}

export function options(): void {
  const given: Record<string, string> = {};
  worker.postMessage(given);
  given['late'] = 'yes'; // want `given was copied when it was posted`
}

// ok: it is read here, too
export function read(): number {
  const seen = new Set<string>();
  worker.postMessage(seen);
  seen.add('a');
  return seen.size;
}

// ok: filled before it is posted
export function filled(): void {
  const seen = new Set<string>();
  seen.add('a');
  worker.postMessage(seen);
}

// ok: it is sent again with each turn
export async function sentAgain(): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    worker.postMessage(seen);
    seen.add(await next());
  }
}

// ok: what is sent is a copy, and the list begins anew
export function flushed(): void {
  const lines = ['a'];
  worker.postMessage(lines);
  lines.length = 0;
}

const pending: string[] = [];

// ok: each call sends what is there by then
export function send(line: string): void {
  pending.push(line);
  worker.postMessage(pending);
  pending.length = 0;
}

const known = new Set<string>();
fill();
worker.postMessage(known);

// ok: called before it was posted
function fill(): void {
  known.add('a');
}

// ok: nobody knows what another object does with it
export function given(target: { postMessage(message: unknown): void }): void {
  const seen = new Set<string>();
  target.postMessage(seen);
  seen.add('a');
}
