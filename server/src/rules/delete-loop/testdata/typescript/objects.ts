const counts: Record<string, number> = {};

export function wipe(): void {
  for (const name in counts) delete counts[name]; // want `this loop deletes every key of counts; a Map is emptied by one call`
  for (const name in counts) { // want `this loop deletes every key of counts`
    if (Object.hasOwn(counts, name)) delete counts[name];
  }
  for (const name of Object.keys(counts)) { // want `this loop deletes every key of counts`
    delete counts[name];
  }
  Object.keys(counts).forEach((name) => delete counts[name]); // want `this call deletes every key of counts`
  Object.keys(counts).forEach((name) => { // want `this call deletes every key of counts`
    delete counts[name];
  });
}

export function some(prefix: string): void {
  for (const name in counts) { // ok: a condition
    if (name.startsWith(prefix)) delete counts[name];
  }
  for (const name of Object.keys(counts).filter((each) => each !== prefix)) delete counts[name]; // ok: some of the keys
}

export function others(other: Record<string, number>): void {
  for (const name in other) delete counts[name]; // ok: the keys of one object are deleted from another
}

class Headers2 {
  [name: string]: unknown;
}

export function instance(headers: Headers2): void {
  for (const name in headers) delete headers[name]; // ok: an instance of a class is no dictionary
}

export function anything(value: any): void {
  for (const name in value) delete value[name]; // ok: nothing is known of the value
}
