let seen = new WeakSet();
const byNode = new WeakMap();

class Registry {
  #owners = new WeakMap();

  constructor() {
    this.names = new WeakMap();
  }

  reset() {
    this.#owners.clear(); // want `WeakMap has no clear\(\): this call throws a TypeError`
    this.names.clear(); // want `replace this\.names by a new WeakMap`
  }
}

export function reset() {
  seen.clear(); // want `WeakSet has no clear\(\)`
  byNode.clear(); // want `WeakMap has no clear\(\)`
}

export function where() {
  if (seen.clear) seen.clear(); // ok: only where an engine has it
  seen.clear?.(); // ok: only where an engine has it
}

class Clearable extends WeakMap {
  clear() {
    seen = new WeakSet();
  }
}

const own = new Clearable();

export function others(map, strong = new Map()) {
  own.clear(); // ok: the class has a clear of its own
  strong.clear(); // ok: a Map
  map.clear(); // ok: nothing is known of it
  seen = new WeakSet(); // ok: what the fix writes
  return new Registry();
}
