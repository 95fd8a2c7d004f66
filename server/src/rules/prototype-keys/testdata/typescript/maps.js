const counts = new Map();
const names = new Set();

export function store(key, value) {
  counts[key] = value; // want `counts\[…\] = … sets a property of the Map object`
  counts['total'] = value; // want `sets a property of the Map object`
  names[value] = true; // want `sets a property of the Set object`
}

export function right(key, value) {
  counts.set(key, value); // ok: an entry
  const plain = {};
  plain[key] = value; // ok: an object
  counts[Symbol.iterator] = value; // ok: a method's name
  return plain;
}

export function patched(names) {
  for (const name of names) counts[name] = () => 0; // ok: a method is put in
}

export function unknown(given, key) {
  given[key] = 1; // ok: nothing is known of it
}
