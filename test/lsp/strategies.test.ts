// Strategy cards, and the choice of a strategy: what they say, and that every choice compiles.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StrategyChoice } from '../../server/src/lsp/protocol.ts';
import { findGo } from '../harness/go.mjs';
import { typeFaults } from '../harness/type-faults.ts';
import { vscodeOptions, type TestClient } from './client.ts';
import { actions, applied, goMod, hoverAt, placeOf, session, uri } from './in-memory.ts';

const commands = { initializationOptions: { ...vscodeOptions, commands: [...vscodeOptions.commands, 'mapwarden.chooseStrategy'] } };

const operations = `package w

import "sync"

type store struct {
	mu      sync.RWMutex
	entries map[string]int
	floats  map[float64]int
	synced  sync.Map
}

func (s *store) work(name string) int {
	s.mu.Lock()
	clear(s.entries)
	for k := range s.floats { delete(s.floats, k) }
	s.entries = make(map[string]int)
	s.entries = nil
	s.synced.Store(name, 1)
	s.mu.Unlock()
	return s.entries[name]
}

type shared struct {
	mu     sync.Mutex
	lines  map[string]int
	plain  map[string]int
	viewed *view
}

type view struct{ lines map[string]int }

func (s *shared) Add(line string)       { s.mu.Lock(); defer s.mu.Unlock(); s.lines[line]++ }
func (s *shared) Count(line string) int { s.mu.Lock(); defer s.mu.Unlock(); return s.lines[line] }
func (s *shared) Drop(line string)      { s.mu.Lock(); defer s.mu.Unlock(); delete(s.lines, line) }
func (s *shared) Show()                 { s.mu.Lock(); s.viewed.lines = s.lines; s.mu.Unlock() }

func (s *shared) Reset() {
	s.mu.Lock()
	clear(s.lines)
	s.mu.Unlock()
}

func (s *shared) Given() map[string]int { return s.plain }

func start(s *shared) {
	s.plain = map[string]int{}
}
`;

test('cards: on what clears, replaces or guards a map, in at most six lines, and on nothing else', () =>
  session(async (client) => {
    await client.open(uri, operations);
    const cardAt = (line: string, word: string): Promise<string | undefined> => hoverAt(client, uri, placeOf(operations, line, word));
    const cards = [
      [await cardAt('clear(s.entries)', 'clear'), /clear.*largest size.*\n.*everybody[^]*`s\.entries` is beside the lock `mu`[^]*`make`/],
      [await cardAt('= make(', 's.entries'), /new map.*\n.*keeps its entries[^]*`clear`/],
      [await cardAt('entries = nil', 'nil'), /nil map[^]*next write panics/],
      [await cardAt('s.synced.Store', 'Store'), /sync\.Map[^]*map and RWMutex/],
      [await cardAt('s.mu.Lock()', 'Lock'), /lock[^]*RLock admits/],
      [await cardAt('entries map[', 'entries'), /map beside a lock[^]*hand out copies/],
    ] as const;
    for (const [card, pattern] of cards) {
      assert.match(card ?? 'nothing', pattern);
      assert.ok(card!.split('\n').length <= 6, card);
      assert.match(card!.split('\n').at(-1)!, /^\[More\]\(command:mapwarden\.explainRule/);
    }
    assert.match((await cardAt('for k := range s.floats', 'for'))!, /stays a loop: key may be NaN; nothing escapes; entries under a NaN key stay/);
    assert.equal(await cardAt('return s.entries', 'entries'), undefined);
    assert.equal(await cardAt('type store', 'store'), undefined);
    }));

test('cards: which lock guards the map, and who else has it', () =>
  session(async (client) => {
    await client.open(uri, operations);
    const cardAt = (line: string, word: string): Promise<string | undefined> => hoverAt(client, uri, placeOf(operations, line, word));
    const reset = (await cardAt('clear(s.lines)', 'clear')) ?? '';
    assert.match(reset, /`mu` guards it, held here; also held by `s\.viewed\.lines`/);
    assert.ok(reset.split('\n').length <= 6, reset);
    assert.match((await cardAt('lines  map[', 'lines'))!, /`mu` guards it; also held by/);
    assert.match((await cardAt('func (s *shared) Add', 'Lock()'))!, /guards `lines`/);
    assert.match((await cardAt('s.plain = ', 's.plain'))!, /also held by whoever calls `Given`/);
  }));

test('cards: switched off by the setting', () =>
  session(
    async (client) => {
      await client.open(uri, operations);
      assert.equal(await hoverAt(client, uri, placeOf(operations, 'clear(s.entries)', 'clear')), undefined);
    },
    goMod('1.23'),
    { configuration: () => ({ hover: 'findings' }) },
  ));

test('strategies: what fits here, ranked, with edits that leave the map empty', () =>
  session(async (client) => {
    await client.open(uri, operations);
    const place = placeOf(operations, 'clear(s.entries)', 'clear');
    const choices = await client.request<readonly StrategyChoice[]>('mapwarden/strategies', { uri, position: place });
    const fitting = choices.flatMap(({ strategy, edit }) => (edit && isInPlace(strategy) ? [{ strategy, edit }] : []));
    assert.deepEqual(fitting.map(({ strategy }) => strategy), ['make-sized', 'make', 'loop', 'nil']);
    const texts = fitting.map(({ edit }) => applied(operations, edit).split('\n')[place.line]!.trim());
    assert.deepEqual(texts, ['s.entries = make(map[string]int, len(s.entries))', 's.entries = make(map[string]int)', 'for k := range s.entries {', 's.entries = nil']);
    const forFloats = await client.request<readonly StrategyChoice[]>('mapwarden/strategies', { uri, position: placeOf(operations, 'for k := range s.floats', 'for') });
    assert.equal(forFloats[0]!.strategy, 'clear');
    assert.deepEqual(await client.request('mapwarden/strategies', { uri, position: { line: 0, character: 0 } }), []);
    const given = await client.request<readonly StrategyChoice[]>('mapwarden/strategies', { uri, position: placeOf(operations, 's.plain = ', 's.plain') });
    assert.equal(given[0]!.known, 'keeps the old entries: whoever calls Given');
    const offered = await actions(client, { start: place, end: place }, [], ['refactor']);
    assert.deepEqual(offered.map(({ title }) => title), ['Choose a clearing strategy for s.entries…']);
  }, goMod('1.23'), commands));

test('hovers: a finding with why, the interleaving, the safety of its fix, the verdict, and links', () =>
  session(async (client) => {
    const of = 'file:///w/c.ts';
    const text = "const prices = new Map<string, number>();\n\nexport async function price(article: string, load: (article: string) => Promise<number>): Promise<number | undefined> {\n  if (!prices.has(article)) {\n    const loaded = await load(article);\n    prices.set(article, loaded);\n  }\n  return prices.get(article);\n}\n";
    await client.open(of, text, 'typescript');
    const hover = (await hoverAt(client, of, placeOf(text, 'prices.set', 'prices.set')))!;
    assert.match(hover, /^\*\*check-then-act\*\*: /);
    assert.match(hover, /\n\n1\. line 4: .*\n2\. line 5: .*\n3\. line 6: /);
    assert.match(hover, /\n\nThe quick fix asks for a look: calls at the same time get the same result, and the same error\n\n\[Explain check-then-act\]\(command:.*\) · \[the document\]\(command:.*contents.*\) · section \[2\.1\]/);
    assert.match(hover, /\n\nSection 2\.1 describes[^\n]*$/);
    const twice = 'file:///w/twice.go';
    const locks = 'package w\n\nimport "sync"\n\ntype T struct{ mu sync.Mutex }\n\nfunc (t *T) F() {\n\tt.mu.Lock()\n\tt.mu.Lock() // again\n\tt.mu.Unlock()\n}\n';
    await client.open(twice, locks);
    assert.match((await hoverAt(client, twice, placeOf(locks, 't.mu.Lock() // again', 't.mu.Lock')))!, /\n\nThere is no automatic fix\.\n\n\[Explain double-lock\]/);
  }, {}));

/** Those that leave the map a map; the others have tests of their own. */
function isInPlace(strategy: string): boolean {
  return strategy !== 'copy-on-write' && strategy !== 'sync-map' && strategy !== 'owner';
}

/** Statements marked `// here` are where strategies are chosen; each choice is applied alone. */
const goCases: Readonly<Record<string, { readonly version: string; readonly text: string; readonly expected: readonly string[] }>> = {
  'a local map': { version: '1.23', expected: ['make-sized', 'make', 'loop', 'nil'], text: 'package w\n\nfunc f() int {\n\tm := map[string]int{"a": 1}\n\tclear(m) // here\n\treturn len(m)\n}\n' },
  'a parameter': { version: '1.23', expected: ['clear'], text: 'package w\n\nfunc f(m map[string]int) {\n\tfor k := range m { // here\n\t\tdelete(m, k)\n\t}\n}\n' },
  'a pointer to a map': { version: '1.23', expected: ['loop'], text: 'package w\n\nfunc f(p *map[string]int) {\n\tclear(*p) // here\n}\n' },
  'before clear': { version: '1.20', expected: ['make-sized', 'make', 'loop', 'nil'], text: 'package w\n\nvar m = map[string]int{}\n\nfunc F() {\n\tfor k, _ := range m { // here\n\t\tdelete(m, k)\n\t}\n}\n' },
  'keys that may be NaN': { version: '1.23', expected: ['clear', 'make-sized', 'make', 'nil'], text: 'package w\n\nvar m = map[float64]int{}\n\nfunc F() {\n\tfor k := range m { // here\n\t\tdelete(m, k)\n\t}\n}\n' },
  'a type of another package': { version: '1.23', expected: ['clear', 'loop', 'nil'], text: 'package w\n\nimport "net/http"\n\ntype t struct{ h http.Header }\n\nfunc f(x *t) {\n\tx.h = http.Header{} // here\n}\n' },
  'a generic map': { version: '1.23', expected: ['loop'], text: 'package w\n\nfunc f[M ~map[K]V, K comparable, V any](m M) {\n\tclear(m) // here\n}\n' },
  'a guarded map without the lock': {
    version: '1.23',
    expected: ['locked', 'swap', 'make-sized', 'make', 'loop', 'nil'],
    text: 'package w\n\nimport "sync"\n\ntype T struct {\n\tmu sync.Mutex\n\tm  map[string]int\n}\n\nfunc (t *T) Set(k string) { t.mu.Lock(); defer t.mu.Unlock(); t.m[k] = 1 }\n\nfunc (t *T) Get(k string) int { t.mu.Lock(); defer t.mu.Unlock(); return t.m[k] }\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n',
  },
  'a guarded map, emptied from outside': {
    version: '1.20',
    expected: ['locked', 'swap', 'method', 'make-sized', 'make', 'nil'],
    text: 'package w\n\nimport "sync"\n\ntype T[K comparable] struct {\n\tmu sync.RWMutex\n\tm  map[K]int\n}\n\nfunc (t *T[K]) Set(k K) { t.mu.Lock(); defer t.mu.Unlock(); t.m[k] = 1 }\n\nfunc (t *T[K]) Get(k K) int { t.mu.RLock(); defer t.mu.RUnlock(); return t.m[k] }\n\nfunc Empty(t *T[string]) {\n\tfor k := range t.m { // here\n\t\tdelete(t.m, k)\n\t}\n}\n',
  },
  'a field without a lock': {
    version: '1.23',
    expected: ['make-sized', 'make', 'loop', 'locked', 'method', 'nil'],
    text: 'package w\n\nimport "fmt"\n\ntype T struct {\n\tname    string\n\tentries map[string]int\n}\n\nfunc (t *T) Set(k string) { t.entries[k] = 1 }\n\nfunc New(name string) *T { return &T{name: name, entries: map[string]int{}} }\n\nfunc Empty(t *T) {\n\tfmt.Println(t.name)\n\tclear(t.entries) // here\n}\n',
  },
  'a struct that is copied gets no lock': {
    version: '1.23',
    expected: ['make-sized', 'make', 'loop', 'nil'],
    text: 'package w\n\ntype T struct {\n\tentries map[string]int\n}\n\nfunc (t T) Get(k string) int { return t.entries[k] }\n\nfunc Empty(t *T) {\n\tclear(t.entries) // here\n}\n',
  },
  'a struct in literals without field names gets no lock': {
    version: '1.23',
    expected: ['make-sized', 'make', 'loop', 'nil'],
    text: 'package w\n\ntype T struct {\n\tentries map[string]int\n}\n\nfunc New() *T { return &T{map[string]int{}} }\n\nfunc Empty(t *T) {\n\tclear(t.entries) // here\n}\n',
  },
  'a held lock is not taken again': {
    version: '1.23',
    expected: ['make-sized', 'make', 'loop', 'nil'],
    text: 'package w\n\nimport "sync"\n\ntype T struct {\n\tmu sync.Mutex\n\tm  map[string]int\n}\n\nfunc (t *T) Reset() {\n\tt.mu.Lock()\n\tdefer t.mu.Unlock()\n\tt.reset()\n}\n\nfunc (t *T) reset() {\n\tclear(t.m) // here\n}\n',
  },
  'a sync.Map': { version: '1.23', expected: ['sync-clear'], text: 'package w\n\nimport "sync"\n\nvar m sync.Map\n\nfunc F() {\n\tm.Range(func(k, _ any) bool { // here\n\t\tm.Delete(k)\n\t\treturn true\n\t})\n}\n' },
  'a sync.Map before Clear': { version: '1.22', expected: [], text: 'package w\n\nimport "sync"\n\nvar m sync.Map\n\nfunc F() {\n\tm.Range(func(k, _ any) bool { // here\n\t\tm.Delete(k)\n\t\treturn true\n\t})\n}\n' },
  'given away, and nobody shares it': {
    version: '1.23',
    expected: ['make', 'make-sized', 'loop', 'nil'],
    text: 'package w\n\ntype T struct{ m map[string]int }\n\nfunc (t T) Send(to chan map[string]int) { to <- t.m }\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n',
  },
};

/** Applies every choice for the statement marked `here`; the choices by name, with the texts they give. */
async function choicesIn(client: TestClient, text: string, of: string, language: string): Promise<readonly { readonly strategy: string; readonly text: string }[]> {
  await client.open(of, text, language);
  const row = text.split('\n').findIndex((line) => line.includes('// here'));
  const line = text.split('\n')[row]!;
  const position = { line: row, character: Math.max(line.search(/\S/), line.indexOf('.Range') + 1) };
  const choices = await client.request<readonly StrategyChoice[]>('mapwarden/strategies', { uri: of, position });
  await client.close(of);
  return choices.flatMap(({ strategy, edit }) => (edit ? [{ strategy, text: applied(text, edit, of) }] : []));
}

const go = findGo();

test('strategies: every choice for Go passes go vet, is as gofmt writes it, and is among those that are expected', { skip: go ? false : 'no Go installed' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-strategies-'));
  try {
    let number = 0;
    for (const [name, { version, text, expected }] of Object.entries(goCases)) {
      await session(async (client) => {
        const choices = await choicesIn(client, text, uri, 'go');
        assert.deepEqual(choices.map(({ strategy }) => strategy).filter(isInPlace), expected, name);
        for (const { strategy, text: after } of choices) {
          const file = join(folder, version, `p${++number}`, 'a.go');
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, `// ${name}: ${strategy}\n${after}`);
        }
      }, goMod(version));
    }
    for (const version of new Set(Object.values(goCases).flatMap(({ version: own, expected }) => (expected.length > 0 ? [own] : [])))) {
      writeFileSync(join(folder, version, 'go.mod'), `module example.com/w\n\ngo ${version}\n`);
      const vet = spawnSync(go!, ['vet', './...'], { cwd: join(folder, version), encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '-mod=mod' } });
      assert.equal(vet.status, 0, vet.stderr);
    }
    const formatted = spawnSync(join(dirname(go!), process.platform === 'win32' ? 'gofmt.exe' : 'gofmt'), ['-d', '.'], { cwd: folder, encoding: 'utf8' });
    assert.equal(formatted.stdout, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const typescriptCases: Readonly<Record<string, { readonly text: string; readonly expected: readonly string[] }>> = {
  'a field that may be replaced': { expected: ['remake', 'swap-taken'], text: 'export class A {\n  #m = new Map<string, number>();\n\n  add(k: string): void {\n    this.#m.set(k, 1);\n  }\n\n  reset(): void {\n    this.#m.clear(); // here\n  }\n}\n' },
  'a field that may not': { expected: ['clear-all'], text: 'export class A {\n  readonly #m = new Set<string>();\n\n  reset(): void {\n    for (const k of this.#m) { // here\n      this.#m.delete(k);\n    }\n  }\n}\n' },
  'one at a time, without semicolons': { expected: ['clear-all', 'remake', 'swap-taken'], text: 'let seen = new Set<string>()\n\nexport function reset() {\n  while (seen.size > 0) seen.delete([...seen][0]!) // here\n  seen.add("a")\n}\n' },
  'a new Map': { expected: ['clear-all', 'swap-taken'], text: 'let m: Map<string, number> = new Map();\n\nexport const size = (): number => m.size;\n\nexport function reset(): void {\n  m = new Map(); // here\n}\n' },
  'an array': { expected: ['remake', 'swap-taken'], text: 'let list: string[] = [];\n\nexport const add = (s: string): number => list.push(s);\n\nexport function reset(taken: number): number {\n  list.length = 0; // here\n  return taken;\n}\n' },
  'an array by splice': { expected: ['length-zero', 'remake', 'swap-taken'], text: 'let list: string[] = [];\n\nexport const add = (s: string): number => list.push(s);\n\nexport function reset(): void {\n  list.splice(0); // here\n}\n' },
  'a readonly array': { expected: [], text: 'let list: readonly string[] = [];\n\nexport const all = (): number => list.length;\n\nexport function reset(): void {\n  list = []; // here\n}\n' },
  'a dictionary': { expected: ['swap-taken', 'delete-keys'], text: 'let counts: Record<string, number> = {};\n\nexport const add = (s: string): number => (counts[s] = 1);\n\nexport function reset(key: string): string {\n  counts = {}; // here\n  return key;\n}\n' },
  'a dictionary by for-in': { expected: ['remake', 'swap-taken', 'delete-keys'], text: 'let counts: Record<string, number> = {};\n\nexport const add = (s: string): number => (counts[s] = 1);\n\nexport function reset(): void {\n  for (const k in counts) delete counts[k]; // here\n}\n' },
  'under an if': { expected: ['remake', 'swap-taken'], text: 'let m = new Map<string, number>();\n\nexport const size = (): number => m.size;\n\nexport function reset(all: boolean): void {\n  if (all) m.clear(); // here\n}\n' },
  'handed out': { expected: ['remake', 'swap-taken'], text: 'let m = new Map<string, number>();\n\nexport function current(): Map<string, number> {\n  return m;\n}\n\nexport function reset(): void {\n  m.clear(); // here\n}\n' },
};

test('strategies: every choice for TypeScript type-checks, and is among those that are expected', async () => {
  const files = new Map<string, string>();
  await session(async (client) => {
    for (const [name, { text, expected }] of Object.entries(typescriptCases)) {
      const of = 'file:///w/a.ts';
      const choices = await choicesIn(client, name === 'under an if' ? text.replace('m.clear(); // here', '\n    m.clear(); // here') : text, of, 'typescript');
      assert.deepEqual(choices.map(({ strategy }) => strategy), expected, name);
      for (const choice of choices) files.set(`/${name.replaceAll(' ', '-')}.${choice.strategy}.ts`, choice.text);
    }
  }, {});
  assert.deepEqual(typeFaults(files, { noUnusedLocals: true }), []);
});

test('cards: on what empties or replaces a container in TypeScript, and not on plain reads', () =>
  session(async (client) => {
    const of = 'file:///w/b.ts';
    const text = `let m = new Map<string, number>();
export const view = { rows: m };

export function all(): Map<string, number> {
  return m;
}

export function reset(): number {
  m.clear();
  m = new Map();
  m.set('a', 1);
  return m.size;
}

export function empty(list: string[], o: Record<string, number>): void {
  list.length = 0;
  for (const k of Object.keys(o)) delete o[k];
}

let options: Record<string, number> = {};
export const option = (k: string): number | undefined => options[k];
export function forget(): void {
  options = {};
}
`;
    await client.open(of, text, 'typescript');
    const cardAt = (line: string, word: string): Promise<string | undefined> => hoverAt(client, of, placeOf(text, line, word));
    const clear = (await cardAt('m.clear()', 'clear'))!;
    assert.match(clear, /Map\.clear\*\*: .*\n.*everybody[^]*also held by `rows`, whoever calls `all`[^]*`new Map\(\)` in its place/);
    assert.ok(clear.split('\n').length <= 6, clear);
    assert.match((await cardAt('list.length', 'length'))!, /Array: emptied in place[^]*the caller of `empty`/);
    assert.match((await cardAt('  options = {}', 'options'))!, /new Object[^]*delete every key/);
    assert.equal(await cardAt('m.set(', 'set'), undefined);
    assert.equal(await cardAt('return m.size', 'size'), undefined);
    const place = placeOf(text, 'm.clear()', 'clear');
    const offered = await actions(client, { start: place, end: place }, [], ['refactor'], of);
    assert.deepEqual(offered.map(({ title }) => title), ['Choose a clearing strategy for m…']);
  }, {}, commands));

test('cards: who has a container in other files of the project', () =>
  session(
    async (client) => {
      const of = 'file:///w/cache.ts';
      const text = 'export const cache = new Map<string, number>();\nexport class Store {\n  lines = new Set<string>();\n  #own = new Set<string>();\n\n  reset(): void {\n    this.lines.clear();\n    this.#own.clear();\n  }\n}\n\nexport function reset(): void {\n  cache.clear();\n}\n';
      await client.open(of, text, 'typescript');
      const cardAt = (line: string): Promise<string | undefined> => hoverAt(client, of, placeOf(text, line, 'clear'));
      assert.match((await cardAt('  cache.clear'))!, /also held by `rows` in view\.ts, whoever calls `all` in view\.ts {2}\n/);
      assert.match((await cardAt('this.lines.clear'))!, /also held by `seen` in view\.ts/);
      assert.doesNotMatch((await cardAt('this.#own.clear'))!, /also held by/);
    },
    {
      '/w/tsconfig.json': '{}',
      '/w/view.ts': "import { cache, Store } from './cache';\n\nexport const view = { rows: cache };\nexport const all = (): Map<string, number> => cache;\nexport const seen = new Store().lines;\n",
      '/w/other.ts': 'const cache = new Map<string, number>();\nexport const other = { cache };\n',
    },
  ));

test('reports: in English whatever the settings say, with the declaration around, in TypeScript too', () =>
  session(
    async (client) => {
      const of = 'file:///w/r.ts';
      const text = 'const seen = new Set<string>();\n\nexport function reset(): void {\n  for (const k of seen) seen.delete(k);\n}\n\nexport const size = (): number => seen.size;\n';
      await client.open(of, text, 'typescript');
      const [finding] = await client.diagnostics(of);
      assert.match(String(finding!.message), /\p{Script=Han}/u);
      const report = await client.request<{ message: string; languageId: string; declaration: string }>('mapwarden/reportData', { uri: of, rule: 'delete-loop', range: finding!.range });
      assert.match(report.message, /^this loop deletes/);
      assert.equal(report.languageId, 'ts');
      assert.equal(report.declaration, 'export function reset(): void {\n  for (const k of seen) seen.delete(k);\n}');
    },
    {},
    { configuration: () => ({ language: 'zh-cn' }) },
  ));
