import byDefault, { answers, kept, Registry, renamed } from './store';
import { fetchText, textOrNothing } from './source';

export function answer(key: string): Promise<string> {
  const known = answers.get(key);
  if (known) return known;
  const promise = fetchText(key);
  answers.set(key, promise); // want `the promise stored in answers\[key\] stays there if it rejects`
  return promise;
}

const safe = new Map<string, Promise<string>>();

// ok: the function, in another file, catches what it fails with
export function answerOrNothing(key: string): Promise<string> {
  const known = safe.get(key);
  if (known) return known;
  const promise = textOrNothing(key);
  safe.set(key, promise);
  return promise;
}

// ok: another file removes entries
export function keep(key: string): Promise<string> {
  const known = kept.get(key);
  if (known) return known;
  const promise = fetchText(key);
  kept.set(key, promise);
  return promise;
}

// ok: another file removes entries, by the name that it imported the default under
export function keepByDefault(key: string): Promise<string> {
  const known = byDefault.get(key);
  if (known) return known;
  const promise = fetchText(key);
  byDefault.set(key, promise);
  return promise;
}

// ok: another file removes entries, by the name that a third one exports
export function keepRenamed(key: string): Promise<string> {
  const known = renamed.get(key);
  if (known) return known;
  const promise = fetchText(key);
  renamed.set(key, promise);
  return promise;
}

export class Loader extends Registry {
  // ok: another file removes entries
  load(key: string): Promise<string> {
    const known = this.loading.get(key);
    if (known) return known;
    const promise = fetchText(key);
    this.loading.set(key, promise);
    return promise;
  }

  last(key: string): Promise<string> {
    const known = this.lasting.get(key);
    if (known) return known;
    const promise = fetchText(key);
    this.lasting.set(key, promise); // want `this\.lasting\[key\]`
    return promise;
  }
}
