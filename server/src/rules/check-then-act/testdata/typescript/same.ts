declare function bundle(path: string): Promise<object>;
declare function save(project: Project): Promise<void>;

interface Project {
  readonly path: string;
  readonly parts: readonly string[];
}

const bundled: { path: string; rules?: object } = { path: '' };

export async function rulesOf(path: string): Promise<object | undefined> {
  if (bundled.path === path) return bundled.rules;
  const rules = await bundle(path);
  bundled.path = path; // want `bundled\.path is compared before the await with what it is set to after it`
  bundled.rules = rules;
  return rules;
}

let last: Project | undefined;

export async function autoSave(project: Project): Promise<void> {
  if (last && last.path === project.path) return;
  await save(project);
  last = project; // want `last is compared before the await with what it is set to after it`
}

declare function areEqual(a: readonly string[], b: readonly string[]): boolean;
let saved: Project | undefined;

export async function saveChanged(project: Project): Promise<void> {
  if (saved && saved.path === project.path && areEqual(saved.parts, project.parts)) return;
  await save(project);
  saved = project; // want `saved is compared before the await with what it is set to after it`
}

let count = 0;
let phase = 'new';

// What it is compared with is not what is written.
export async function begin(limit: number, project: Project): Promise<void> {
  if (count === limit) return;
  await save(project);
  count = project.parts.length; // want `count was tested before the await`
}

export async function start(project: Project): Promise<void> {
  if (phase === 'started') return;
  await save(project);
  phase = 'started'; // want `phase was tested before the await`
}
