interface State {
  items: string[];
  byName: Map<string, number>;
  tags: Set<string>;
  count: number;
}

export function spread(state: State, item: string): [number, State] {
  const next = { ...state, count: state.count + 1 };
  next.items.push(item); // want `next is a shallow copy: this changes state\.items too, which is the same array`
  return [state.items.length, next];
}

export function maps(state: State): [number, State] {
  const next = { ...state };
  next.byName.clear(); // want `this changes state\.byName too, which is the same Map`
  return [state.byName.size, next];
}

export function assigned(state: State): [number, State] {
  const next = Object.assign({}, state);
  next.tags.add('a'); // want `this changes state\.tags too, which is the same Set`
  return [state.tags.size, next];
}

class Store {
  private state: State = { items: [], byName: new Map(), tags: new Set(), count: 0 };

  draft(name: string): State {
    const draft = { ...this.state };
    draft.byName.set(name, 1); // want `draft is a shallow copy: this changes this\.state\.byName too`
    return draft;
  }

  size(): number {
    return this.state.byName.size;
  }

  update(name: string): void {
    const next = { ...this.state };
    next.byName.set(name, 1); // ok: the copy takes the place of the original
    this.state = next;
  }
}

export function renewed(state: State, item: string): [number, State] {
  const next = { ...state, items: [...state.items] };
  next.items.push(item); // ok: copied as well
  const other = { ...state };
  other.items = [];
  other.items.push(item); // ok: another array
  return [state.items.length, next];
}

export function oneSide(state: State, item: string): State {
  const next = { ...state };
  next.items.push(item); // ok: nothing here looks at the original afterwards
  return next;
}

export function numbers(state: State): [number, State] {
  const next = { ...state };
  next.count++; // ok: a number is copied
  return [state.count, next];
}

export function deep(state: State): [number, State] {
  const next = structuredClone(state);
  next.items.push('a'); // ok: a deep copy
  return [state.items.length, next];
}

export const store = new Store();
