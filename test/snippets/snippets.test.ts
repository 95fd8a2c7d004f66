// Every snippet, expanded as it stands after pressing Tab to the end, compiles, has no race, and nothing is found in it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import ts from 'typescript';
import { analyzerOver } from '../harness/fixtures.ts';
import { findGo } from '../harness/go.mjs';
import { typeFaults } from '../harness/type-faults.ts';
import { defaultsOf, readSnippets } from './expand.ts';
import type { Snippet } from './expand.ts';

const goSnippets = readSnippets('go');
const typescriptSnippets = readSnippets('typescript');

/** What stands around a snippet that is a statement, by prefix; `_` is where it goes. Others are declarations. */
const goSurroundings: Readonly<Record<string, string>> = {
  mwclear: 'func f(m map[string]int) {\n_\n}',
  mwloop: 'func f(m map[string]int) {\n_\n}',
  mwswap: 'type owner struct{ m map[string]int }\n\nfunc (o *owner) f() map[string]int {\nm := o.m\n_\no.m = m\nreturn taken\n}',
  mwmake: 'func f() map[string]int {\n_\nreturn m\n}',
  mwprune: 'func f(m map[string]int) {\n_\n}',
  mwdrain: 'func f(m map[string]io.Closer) {\n_\n}',
  mwreset: 'type Cache struct {\nmu sync.RWMutex\nentries map[string]int\n}\n\n_',
  mwsnapshot: 'type Cache struct {\nmu sync.RWMutex\nentries map[string]int\n}\n\n_',
  mwsyncmap: 'func f(m *sync.Map) {\n_\n}',
  mwloadorstore: 'func f(m *sync.Map, key string, value int) (any, bool) {\n_\nreturn actual, loaded\n}',
  mwreflect: 'func f(v any) {\n_\n}',
  mwlazy: 'type owner struct{ m map[string]int }\n\nfunc (o *owner) add(name string) {\nm := o.m\n_\nm[name]++\no.m = m\n}',
};

const typescriptSurroundings: Readonly<Record<string, string>> = {
  mwclear: 'export function f(map: Map<string, { dispose(): void }>): void {\n_\n}',
  mwlength: 'export function f(items: string[]): void {\n_\n}',
  mwswap: 'let pending = new Map<string, string>();\nexport function put(key: string, value: string): void { pending.set(key, value); }\nexport async function f(send: (batch: Map<string, string>) => Promise<void>): Promise<void> {\n_\n}',
  mwsnapshot: 'export async function f(items: Set<string>, visit: (item: string) => Promise<void>): Promise<void> {\n_\n}',
  mwclaim: 'const claimed = new Set<string>();\nexport async function f(key: string, work: (key: string) => Promise<void>): Promise<void> {\n_\n}',
  mwdelete: 'const running = new Map<string, Promise<void>>();\nexport async function f(key: string, work: (key: string) => Promise<void>): Promise<void> {\n_\n}',
  mwatomics: 'export function f(buffer: SharedArrayBuffer): number {\n_\nreturn taken;\n}',
};

test('snippets: there are enough, with prefixes of their own', () => {
  assert.ok(goSnippets.length >= 16);
  assert.ok(typescriptSnippets.length >= 10);
  for (const snippets of [goSnippets, typescriptSnippets]) {
    const prefixes = snippets.map(({ prefix }) => prefix);
    assert.deepEqual([...new Set(prefixes)], prefixes);
    for (const { prefix, description } of snippets) {
      assert.match(prefix, /^mw[a-z]+$/);
      assert.ok(description.length > 20, prefix);
    }
  }
});

test('snippets: those for JavaScript are those for TypeScript without types', () => {
  const javascript = readSnippets('javascript');
  assert.deepEqual(javascript.map(({ prefix }) => prefix), typescriptSnippets.map(({ prefix }) => prefix));
  for (const snippet of javascript) {
    const source = ts.transpileModule(`async () => {\n${defaultsOf(snippet)}\n}`, { reportDiagnostics: true, fileName: 'x.js', compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext } });
    assert.deepEqual(source.diagnostics?.map(({ messageText }) => messageText), [], snippet.prefix);
    assert.doesNotMatch(defaultsOf(snippet), /: (string|void|Promise)/, snippet.prefix);
  }
});

test('snippets: the manifest offers them to every language', () => {
  const { contributes, files } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { snippets: readonly { language: string; path: string }[] }; files: readonly string[] };
  assert.deepEqual(contributes.snippets.map(({ language }) => language).sort(), ['go', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact']);
  assert.ok(files.includes('snippets/*.json'));
});

for (const snippet of goSnippets) {
  test(`snippets: nothing is found in ${snippet.prefix}`, () => {
    const analyzer = analyzerOver(new Map([['go.mod', goMod(snippet)], ['code.go', goFile(snippet)]]));

    assert.deepEqual(analyzer.analyze('/fixture/code.go').findings.map(({ rule }) => rule), []);
  });
}

const go = findGo();

test('snippets: Go compiles under its version, and what is concurrent has no race', { skip: go ? false : 'no Go installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-snippets-'));
  const environment = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' };
  try {
    for (const version of ['1.20', '1.26']) {
      const module = join(folder, version);
      mkdirSync(module);
      writeFileSync(join(module, 'go.mod'), `module example.com/snippets\n\ngo ${version}\n`);
      for (const snippet of goSnippets.filter((own) => versionOf(own) === version)) {
        mkdirSync(join(module, snippet.prefix));
        writeFileSync(join(module, snippet.prefix, 'code.go'), goFile(snippet));
        const raced = raceTests[snippet.prefix];
        if (raced !== undefined) writeFileSync(join(module, snippet.prefix, 'code_test.go'), raced);
      }
      const vet = spawnSync(go!, ['vet', './...'], { cwd: module, encoding: 'utf8', env: environment });
      assert.equal(vet.status, 0, vet.stderr);
    }
    const race = (process.env['MAPWARDEN_CAPABILITIES'] ?? 'race').split(',').includes('race');
    const run = spawnSync(go!, ['test', ...(race ? ['-race'] : []), './...'], { cwd: join(folder, '1.26'), encoding: 'utf8', env: environment });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('snippets: TypeScript compiles', () => {
  const files = new Map(typescriptSnippets.map((snippet) => [`/${snippet.prefix}.ts`, `${(typescriptSurroundings[snippet.prefix] ?? 'export {};\n_').replace('_', () => defaultsOf(snippet))}\n`]));
  assert.deepEqual(typeFaults(files), []);
});

function versionOf({ prefix }: Snippet): '1.20' | '1.26' {
  return prefix === 'mwloop' ? '1.20' : '1.26';
}

function goMod(snippet: Snippet): string {
  return `module example.com/snippets\n\ngo ${versionOf(snippet)}\n`;
}

const importPaths: Readonly<Record<string, string>> = { atomic: 'sync/atomic', io: 'io', maps: 'maps', reflect: 'reflect', sync: 'sync' };

/** The snippet where it belongs, with the imports that an editor would add. */
function goFile(snippet: Snippet): string {
  const body = (goSurroundings[snippet.prefix] ?? '_').replace('_', () => defaultsOf(snippet));
  const imports = Object.keys(importPaths).filter((name) => new RegExp(`\\b${name}\\.[A-Z]`).test(body));
  return `package snippet\n\n${imports.map((name) => `import "${importPaths[name]}"\n`).join('')}\n${body}\n`;
}

const inGoroutines = (work: string): string => `	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := range 100 {
				${work}
			}
		}()
	}
	wg.Wait()
`;

const raceTest = (work: string, imports: readonly string[], before: string, after = ''): string =>
  `package snippet\n\nimport (\n${['sync', 'testing', ...imports].map((name) => `\t"${name}"\n`).join('')})\n\nfunc TestConcurrentUse(t *testing.T) {\n\t${before}\n${inGoroutines(work)}${after}}\n`;

const raceTests: Readonly<Record<string, string>> = {
  mwcache: raceTest('c.Set("a", i); c.Get("a"); c.Snapshot(); c.Delete("b"); if k%10 == 0 { c.Reset() }', [], 'var c Cache'),
  mwowner: raceTest('s.Set("a", i+k); s.Get("a"); s.Delete("b"); s.Clear()', [], 's := NewStore()', '\ts.Stop()\n\ts.Stop()\n\tif _, ok := s.Get("a"); ok || s.Set("a", 1) {\n\t\tt.Error("a stopped store answers")\n\t}\n'),
  mwcow: raceTest('w.Set("a", i+k); w.Get("a"); if k%10 == 0 { w.Clear() }', [], 'var w Table'),
  mwgeneration: raceTest('r.Put(r.Begin(), "a", i+k); if k%10 == 0 { r.Clear() }', [], 'var r Results', '\tbefore := r.Begin()\n\tr.Clear()\n\tif r.Put(before, "late", 1) {\n\t\tt.Error("a late result is kept")\n\t}\n'),
  mwpool: raceTest('if Unique([]string{"a", "b", "a"}) != 2+0*(i+k) { t.Error("entries of another user") }', [], ''),
};
