export class Store {
  constructor() {
    this.entries = new Map();
    this.names = [];
    this.checked = new Set();
    this.again = new Map();
    this.guarded = new Map();
    this.open = true;
  }

  reset() {
    this.entries = null; // want `this\.entries becomes null here and is never given a Map again`
    this.names = undefined; // want `this\.names becomes undefined here`
    this.checked = null; // ok: every use looks first
    this.again = null; // ok: open gives it another
    this.guarded = null; // ok: the use leaves early when the store is closed
  }

  add(key, value) {
    this.entries.set(key, value);
    this.names.push(key);
    this.checked?.add(key);
  }

  has(key) {
    return this.checked !== null && this.checked.has(key);
  }

  reopen() {
    this.again = new Map();
    return this.again.size;
  }

  size() {
    if (!this.open) return 0;
    return this.guarded.size;
  }
}

export class Connection {
  #waiting = new Map();

  send(id, message) {
    this.#waiting.set(id, message);
  }

  close() {
    this.#waiting = null; // want `a use that comes afterwards throws a TypeError`
  }
}

export class Swarm {
  constructor() {
    this.peers = new Map();
  }

  _destroy() {
    this.peers = null; // want `this.peers becomes null here, and a use that comes afterwards`
  }

  peer(id) {
    return this.peers.get(id);
  }
}
