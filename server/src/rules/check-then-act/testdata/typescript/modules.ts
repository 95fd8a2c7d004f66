declare function register(module: unknown): void;
declare function load(key: string): Promise<string>;

interface Bundled {
  glob(pattern: string): Record<string, () => Promise<unknown>>;
}

declare global {
  interface ImportMeta extends Bundled {}
}

declare const meta: Bundled;

let loaded = false;

// ok: a module is loaded once however often it is asked for
export async function loadOne(path: string): Promise<void> {
  if (loaded) return;
  await import(path);
  loaded = true;
}

let loadedAll = false;

// ok: so are several
export async function loadAll(paths: readonly string[]): Promise<void> {
  if (loadedAll) return;
  await Promise.all(paths.map((path) => import(path)));
  loadedAll = true;
}

let registered = false;

export async function registerOne(path: string): Promise<void> {
  if (registered) return;
  register(await import(path));
  registered = true; // want `registered was tested before the await, and is set after it`
}

let loadedText = false;

export async function loadText(path: string): Promise<void> {
  if (loadedText) return;
  await import(path);
  await load(path);
  loadedText = true; // want `loadedText was tested before the await, and is set after it`
}

let loadedByTable = false;

export async function loadByTable(): Promise<void> {
  if (loadedByTable) return;
  const table = meta.glob('./*.ts');
  await Promise.all(Object.keys(table).map((path) => table[path]!()));
  loadedByTable = true; // want `loadedByTable was tested before the await, and is set after it`
}

let loadedBundled = false;

// ok: the bundler's table has functions that load modules
export async function loadBundled(): Promise<void> {
  if (loadedBundled) return;
  const table = import.meta.glob('./*.ts');
  await Promise.all(Object.keys(table).map((path) => table[path]!()));
  loadedBundled = true;
}
