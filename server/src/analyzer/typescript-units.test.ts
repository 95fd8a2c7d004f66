// Whoever types in a file gets what a first look at the same text finds: every fixture is edited again and again, and looked
// at by an analyzer that saw the edits and by one that did not.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { analyzerOver, readFixtures } from '../../../test/harness/fixtures.ts';
import { randomFrom } from '../../../test/harness/random.ts';
import { typeScriptForTests } from '../../../test/harness/typescript.ts';
import { Analyzer } from '../analyzer.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { OverlayFileSystem } from '../workspace/overlay.ts';

interface Typing {
  readonly files: OverlayFileSystem;
  readonly analyzer: Analyzer;
  reused: number;
}

function typing(path: string): Typing {
  const files = new OverlayFileSystem(new MemoryFileSystem({ [path]: '' }));
  const session: Typing = { files, analyzer: analyzerIn(files, (reused) => (session.reused = reused)), reused: 0 };
  return session;
}

function analyzerIn(fileSystem: OverlayFileSystem, looked: (reused: number) => void): Analyzer {
  return new Analyzer({
    fileSystem,
    environment: { goos: 'linux', goarch: 'amd64' },
    typescript: typeScriptForTests,
    tier: 'syntax',
    settingsFor: () => ({ rules: { '*': 'information' } }),
    log: (event) => {
      if (event.kind === 'rule-failed') throw event.error;
      looked(event.reused);
    },
  });
}

function typed(session: Typing, path: string, text: string): string {
  session.files.set(path, text);
  session.analyzer.changed(path);
  return JSON.stringify(session.analyzer.analyze(path).findings, undefined, 1);
}

function atOnce(path: string, text: string): string {
  return typed(typing(path), path, text);
}

const pieces = ['const typed = 1;', 'x', ' ', '\n', 'return;', '{', '}', '`', '/*', '"', 'this.entries = new Map();', 'm.clear();', '// mapwarden:ignore', 'if (a) b.delete(c);', 'for (const k of m.keys()) m.delete(k);', '(', 'export const z = 1;'];

/** Another text, mostly by what is typed behind a brace or a semicolon. */
function edited(text: string, random: (below: number) => number): string {
  const places = [...text].flatMap((letter, i) => (letter === '{' || letter === ';' || letter === '(' ? [i + 1] : []));
  const at = places[random(places.length)] ?? 0;
  if (random(4) === 0) return text.slice(0, at) + text.slice(Math.min(text.length, at + 1 + random(12)));
  return text.slice(0, at) + pieces[random(pieces.length)]! + text.slice(at);
}

const fixtures = readFixtures(join(process.cwd(), 'server', 'src', 'rules'));
const sources = fixtures.flatMap(({ files }) => [...files].filter(([name]) => /\.(ts|tsx|js)$/.test(name)).map(([name, text]) => ({ path: `/w/${name.replaceAll('/', '-')}`, text })));

test('units: typing finds what a first look finds', () => {
  let reused = 0;
  for (const [index, { path, text }] of sources.entries()) {
    const random = randomFrom(index + 1);
    const session = typing(path);
    typed(session, path, text);
    let now = text;
    for (let i = 0; i < 6; i++) {
      // Half of the edits are taken back, so that most states parse.
      const next = edited(now, random);
      assert.equal(typed(session, path, next), atOnce(path, next), `${path}, edit ${i}:\n${next}`);
      reused += session.reused;
      if (random(2) === 0) now = next;
      else typed(session, path, now);
    }
  }
  assert.ok(reused > 0);
});

const twoMethods = `export class Store {
  private entries = new Map<string, number>();
  private readonly names: string[] = [];
  add(key: string) { this.entries.set(key, 1); }
  reset(): void { for (const k of this.entries.keys()) this.entries.delete(k); }
  size() { return this.names.length; }
}
`;

test('units: an edit between braces leaves what was found elsewhere, moved along', () => {
  const session = typing('/w/a.ts');
  typed(session, '/w/a.ts', twoMethods);
  const after = twoMethods.replace('this.entries.set(key, 1);', 'const n = 1; this.entries.set(key, n);');
  assert.equal(typed(session, '/w/a.ts', after), atOnce('/w/a.ts', after));
  assert.equal(session.reused, 2);
});

test('units: a change that others may see is looked at as a whole', () => {
  for (const [from, to] of [
    ['return this.names.length;', 'return String(this.names.length);'],
    ['new Map<string, number>()', 'new Set<string>()'],
    ['return this.names.length; }', 'return this.names.length; } more(): void { this.entries.clear(); }'],
    ['return this.names.length;', 'return this.names.length; `'],
  ] as const) {
    const session = typing('/w/a.ts');
    typed(session, '/w/a.ts', twoMethods);
    const after = twoMethods.replace(from, to);
    assert.equal(typed(session, '/w/a.ts', after), atOnce('/w/a.ts', after), to);
    assert.equal(session.reused, 0, to);
  }
});

test('units: what looked for a symbol is looked at again when another function names it', () => {
  const before = `export class View {
  private entries: Map<string, number> | null = new Map<string, number>();
  close() { this.entries = null; }
  other(): void { }
}
`;
  const session = typing('/w/a.ts');
  assert.equal(JSON.parse(typed(session, '/w/a.ts', before)).length, 0);
  const after = before.replace('other(): void { ', "other(): void { this.entries.set('a', 1); ");
  const found = typed(session, '/w/a.ts', after);
  assert.equal(found, atOnce('/w/a.ts', after));
  assert.equal(JSON.parse(found).length, 1);
  assert.equal(JSON.parse(typed(session, '/w/a.ts', before)).length, 0);
});

test('units: in test files each test is a unit', () => {
  const tests = Array.from({ length: 100 }, (_, i) => `  it('test ${i}', () => { m.set('${i}', ${i}); for (const k of m.keys()) m.delete(k); });\n`).join('');
  const before = `describe('store', () => {\n  const m = new Map<string, number>();\n${tests}});
declare function describe(name: string, body: () => void): void;
declare function it(name: string, body: () => void): void;
`;
  const session = typing('/w/a.ts');
  typed(session, '/w/a.ts', before);
  const after = before.replace("m.set('50', 50);", 'm.size;');
  assert.equal(typed(session, '/w/a.ts', after), atOnce('/w/a.ts', after));
  assert.ok(session.reused > 100, String(session.reused));
});

test('units: JavaScript that declares in passing is looked at as a whole', () => {
  const before = 'export class A {\n  a() { this.m = new Map(); }\n  b() { for (const k of this.m.keys()) this.m.delete(k); }\n}\n';
  const session = typing('/w/a.js');
  typed(session, '/w/a.js', before);
  const after = before.replace('new Map()', 'new Set()');
  assert.equal(typed(session, '/w/a.js', after), atOnce('/w/a.js', after));
});

test('units: fixtures are there', () => {
  assert.ok(sources.length > 30);
  assert.ok(analyzerOver(fixtures[0]!.files) instanceof Analyzer);
});
