const list: string[] = [];

export function loops(): void {
  for (let i = 0; i < list.length; i++) delete list[i]; // want `delete leaves a hole in list, whose length stays`
  for (let i = 0; list.length > i; i += 1) { // ok: the finding is in the next line
    delete list[i]; // want `delete leaves a hole in list`
  }
  for (const i in list) delete list[i]; // want `delete leaves a hole in list`
  Object.keys(list).forEach((i) => delete list[i as unknown as number]); // want `delete leaves a hole in list`
}

export function right(index: number): void {
  list.length = 0; // ok: empties it
  list.splice(0); // ok: empties it
  delete list[index]; // ok: one element, perhaps on purpose
  for (let i = 1; i < list.length; i++) delete list[i]; // ok: keeps the first
  for (let i = 0; i < list.length; i += 2) delete list[i]; // ok: every other one
  for (let i = 0; i < index; i++) delete list[i]; // ok: up to another bound
}

export function condition(): void {
  for (let i = 0; i < list.length; i++) { // ok: some of them
    if (list[i] === '') delete list[i];
  }
}

export function other(entries: Record<string, number>, anything: any): void {
  for (const key in entries) delete entries[key]; // ok: an object has no length
  for (const key in anything) delete anything[key]; // ok: nothing is known of it
}
