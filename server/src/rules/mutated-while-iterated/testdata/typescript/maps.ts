export function readded(visits: Map<string, number>): void {
  for (const [page, count] of visits) {
    visits.delete(page);
    visits.set(page, count + 1); // want `every round adds to visits: the loop never ends`
  }
  visits.forEach((count, page) => {
    visits.delete(page);
    visits.set(page, count); // want `the loop never ends`
  });
}

export function sets(names: Set<string>): void {
  for (const name of names) {
    names.delete(name);
    names.add(name); // want `every round adds to names`
  }
  for (const name of names) names.add(`${name}!`); // want `every round adds to names`
  for (const name of names) names.add(name + '/'); // want `every round adds to names`
}

export function fresh(nodes: Set<object>, byName: Map<object | symbol, number>): void {
  for (const node of nodes) nodes.add({ node }); // want `every round adds to nodes`
  for (const key of byName.keys()) {
    console.log(key);
    byName.set(Symbol(), 1); // want `every round adds to byName`
  }
}

export function deletes(visits: Map<string, number>, names: Set<string>): void {
  for (const [page, count] of visits) {
    if (count === 0) visits.delete(page); // ok: deleting while iterating is well defined
  }
  for (const name of names) {
    names.delete(name.trim()); // ok: whichever is deleted
  }
  for (const page of visits.keys()) visits.set(page, 0); // ok: the entry is there
}

export function queue(names: Set<string>, next: (name: string) => string): void {
  for (const name of names) names.add(next(name)); // ok: perhaps it is there
}

export function conditions(visits: Map<string, number>): void {
  for (const [page, count] of visits) {
    if (count > 10) {
      visits.delete(page);
      visits.set(page, 0); // ok: not in every round
    }
  }
  for (const [page, count] of visits) {
    visits.delete(page);
    visits.set(page, count); // ok: leaves the loop
    break;
  }
  for (const [page, count] of [...visits]) {
    visits.delete(page);
    visits.set(page, count); // ok: iterates a copy
  }
}

export function moved(names: Set<string>): void {
  for (const name of names) {
    names.add(`${name}!`); // ok: and taken out again
    names.delete(`${name}!`);
  }
}
