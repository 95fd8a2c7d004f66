import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DiskResultStore } from '../../server/src/node/result-store.ts';
import { goMod, hint, warning, workspace, Workspace, type JsonFinding } from './harness.ts';

// a calls b through an interface that b's type implements; nothing imports b but main.
const a = `package a

type Filler interface{ Fill(m map[string]int) }

func Start(filler Filler) map[string]int {
	m := map[string]int{}
	go func() { filler.Fill(m) }()
	m["a"] = 1
	return m
}
`;
const filling = 'package b\n\ntype B struct{}\n\nfunc (B) Fill(m map[string]int) { m["b"] = 2 }\n';
const idle = 'package b\n\ntype B struct{}\n\nfunc (B) Fill(m map[string]int) { _ = len("b") }\n';
const main = 'package main\n\nimport (\n\t"example.com/m/a"\n\t"example.com/m/b"\n)\n\nfunc main() { a.Start(b.B{}) }\n';

class Cached extends Workspace {
  readonly cache = mkdtempSync(join(tmpdir(), 'mapwarden-cache-'));

  constructor(folder: string) {
    super(folder);
    after(() => rmSync(this.cache, { recursive: true, force: true }));
  }

  /** What is found, and how many files an earlier run has analysed: the same must be found without any cache. */
  look(...commandArguments: readonly string[]): { readonly findings: readonly JsonFinding[]; readonly known: number } {
    const { findings } = this.check('--cache-dir', this.cache, ...commandArguments).report;
    assert.deepEqual(findings, this.check('--no-cache', ...commandArguments).report.findings);
    return { findings, known: this.knownTo(...commandArguments) };
  }

  /** How many files a run does not analyse. */
  knownTo(...commandArguments: readonly string[]): number {
    const { stderr } = this.run(['check', '--stats', '--cache-dir', this.cache, ...commandArguments]);
    return Number(/(\d+) of \d+ files? known from earlier runs/.exec(stderr)?.[1] ?? 0);
  }

  entries(): readonly string[] {
    return readdirSync(this.cache).flatMap((folder) => readdirSync(join(this.cache, folder)).map((name) => join(this.cache, folder, name)));
  }
}

function cached(files: Readonly<Record<string, string>>): Cached {
  return new Cached(workspace({ 'go.mod': goMod, ...files }).folder);
}

test('cache: what did not change is not analysed again, and the report is the same', () => {
  const space = cached({ 'a/a.go': hint(), 'b/b.go': warning(), 't/t.ts': 'export const t = 1;\n' });
  assert.equal(space.knownTo(), 0);
  const first = space.run(['check', '--cache-dir', space.cache]);
  const second = space.run(['check', '--cache-dir', space.cache]);
  assert.deepEqual(second, first);
  assert.equal(space.knownTo(), 3);
  space.write('a/a.go', warning());
  assert.equal(space.knownTo(), 2, 'only the changed folder is looked at');
  assert.equal(space.knownTo(), 3);
});

test('cache: results do not depend on it, whatever is edited', () => {
  const space = cached({ 'a/a.go': a, 'b/b.go': idle, 'main.go': main });
  const rules = (): readonly string[] => space.look().findings.map(({ rule, location }) => `${location.file} ${rule}`);
  assert.deepEqual(rules(), []);
  // Only b changes, which a does not import: what a's interface leads to is another function now.
  space.write('b/b.go', filling);
  assert.deepEqual(rules(), ['a/a.go unsynchronized-access']);
  space.write('b/b.go', idle);
  assert.deepEqual(rules(), []);
  // A package that nobody imports implements the interface, too.
  space.write('c/c.go', filling.replaceAll('package b', 'package c'));
  assert.deepEqual(rules(), ['a/a.go unsynchronized-access']);
  space.write('c/c.go', filling.replaceAll('package b', 'package c').replace('Fill(', 'Pour('));
  assert.deepEqual(rules(), []);
  space.write('go.mod', goMod.replace('1.26', '1.18'));
  space.write('a/a.go', hint());
  assert.deepEqual(rules(), []);
  space.write('go.mod', goMod);
  assert.deepEqual(rules(), ['a/a.go delete-loop']);
  space.write('.mapwarden.json', '{ "rules": { "delete-loop": "off" } }');
  assert.deepEqual(rules(), []);
});

test('cache: a folder is known as long as what it calls through its imports and interfaces is', () => {
  const space = cached({ 'a/a.go': a, 'b/b.go': idle, 'main.go': main, 'd/d.go': hint() });
  space.look();
  assert.equal(space.knownTo(), 4);
  space.write('b/b.go', `${idle}\n// A comment.\n`);
  // b itself, main, which imports it, and a, whose interface leads to it.
  assert.equal(space.knownTo(), 1);
  space.write('d/d.go', `${hint()}\nfunc other() {}\n`);
  // Another function may be an implementer's: who asked for implementers looks again.
  assert.equal(space.knownTo('d'), 0);
  assert.equal(space.knownTo('b'), 1);
});

test('cache: TypeScript is known as long as the disk answers the same', () => {
  const list = 'import { shared } from "./shared";\nexport async function reset(load: () => Promise<number>) {\n  for (const key of [...shared.keys()]) shared.delete(key);\n  return load();\n}\n';
  const space = cached({ 'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2022" } }', 'src/list.ts': list, 'src/shared.ts': 'export const shared = new Map<string, number>();\n' });
  const rules = (): readonly string[] => space.look().findings.map(({ rule }) => rule);
  assert.deepEqual(rules(), ['delete-loop']);
  assert.equal(space.knownTo(), 2);
  // What is imported is another type.
  space.write('src/shared.ts', 'class Shared {\n  keys(): string[] { return []; }\n  delete(key: string): void { void key; }\n}\nexport const shared = new Shared();\n');
  assert.deepEqual(rules(), []);
  // A file that was not there is found first.
  space.write('src/shared.ts', 'export const shared = new Map<string, number>();\n');
  assert.deepEqual(rules(), ['delete-loop']);
  space.write('tsconfig.json', '{ "compilerOptions": { "strict": true, "target": "es2022", "moduleSuffixes": [".own", ""] } }');
  assert.deepEqual(rules(), ['delete-loop']);
  space.write('src/shared.own.ts', 'export const shared: any = {};\n');
  assert.deepEqual(rules(), []);
});

test('cache: it serves the same tree in another place', { skip: process.platform === 'win32' && 'links need a privilege' }, () => {
  const space = cached({ 'a/a.go': a, 'b/b.go': filling, 'main.go': main, 't/t.ts': 'import { x } from "x";\nexport const t = x;\n', 'packages/x/index.d.ts': 'export const x: number;\n', 'node_modules/.keep': '' });
  // Where a link leads is told from where it stands.
  symlinkSync('../packages/x', join(space.folder, 'node_modules/x'), 'dir');
  const { findings } = space.look();
  const copy = workspace({});
  cpSync(space.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
  const { stderr } = copy.run(['check', '--stats', '--cache-dir', space.cache]);
  assert.match(stderr, /^mapwarden: 4 of 4 files known from earlier runs\n$/);
  assert.deepEqual(copy.check('--cache-dir', space.cache).report.findings, findings);
});

test('cache: what asks for something else is not answered from it', () => {
  const space = cached({ 'a/a.go': hint(), 'b/b.go': warning() });
  space.look();
  assert.equal(space.knownTo(), 2);
  assert.equal(space.knownTo('--rules', 'delete-loop'), 0);
  assert.equal(space.knownTo('--lang', 'zh-cn'), 0);
  assert.equal(space.run(['check', '--fix', '--stats', '--cache-dir', space.cache]).stderr, '');
});

test('cache: entries that are broken, and folders that cannot be written to, do no harm', { skip: process.platform === 'win32' && 'permissions are others' }, () => {
  const space = cached({ 'a/a.go': hint(), 'b/b.go': warning() });
  const { findings } = space.look();
  for (const [index, path] of space.entries().entries()) writeFileSync(path, ['', '{', 'null', '{"seen":'][index % 4]!);
  assert.equal(space.knownTo(), 0);
  assert.deepEqual(space.look().findings, findings);
  const file = join(space.folder, 'a/a.go');
  const { status, stderr } = space.run(['check', '--cache-dir', file]);
  assert.equal(status, 1);
  assert.match(stderr, /^mapwarden: results cannot be kept for the next run: .*\n$/);
});

test('cache: without it nothing is written', () => {
  const space = cached({ 'a/a.go': hint() });
  space.run(['check', '--no-cache'], { env: { MAPWARDEN_CACHE_DIR: space.cache } });
  assert.deepEqual(space.entries(), []);
  space.run(['check'], { env: { MAPWARDEN_CACHE_DIR: space.cache } });
  assert.equal(space.entries().length, 1);
  assert.equal(existsSync(join(space.folder, '.mapwarden')), false);
});

test('cache: the store drops what was not used for longest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-store-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const store = new DiskResultStore(folder, () => assert.fail(), 1000);
  for (let i = 0; i < 20; i++) store.write(`0${i.toString(16)}abcdef`, 'x'.repeat(100));
  const remains = (): number => readdirSync(folder).reduce((sum, name) => sum + readdirSync(join(folder, name)).length, 0);
  assert.equal(remains(), 20);
  store.trim();
  assert.ok(remains() <= 8, `${remains()} remain`);
  assert.ok(remains() > 0);
});
