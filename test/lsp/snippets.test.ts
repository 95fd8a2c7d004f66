// Snippets offered by the server: where, in which form, and that each form compiles.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompletionItem, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import versions from '../../snippets/versions.json';
import { goSnippetsFor, scriptSnippetsFor } from '../../server/src/lsp/snippets.ts';
import { findGo } from '../harness/go.mjs';
import { typeFaults } from '../harness/type-faults.ts';
import { readSnippets } from '../snippets/expand.ts';
import { vscodeOptions, type TestClient } from './client.ts';
import { goMod, session, uri } from './in-memory.ts';

async function offered(client: TestClient, marked: string, of = uri, language = 'go'): Promise<{ readonly items: readonly CompletionItem[]; readonly text: string }> {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  await client.open(of, text, language);
  const items = await client.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri: of }, position: TextDocument.create(of, language, 1, text).positionAt(offset) });
  await client.close(of);
  return { items, text };
}

/** The text after an item was accepted, with every stop at its default. */
function accepted(text: string, item: CompletionItem): string {
  const edits = [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])];
  const applied = TextDocument.applyEdits(TextDocument.create(uri, 'go', 1, text), edits);
  return applied.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
}

const inFunction = (line: string): string => `package w\n\nfunc f(m map[string]int) {\n\t${line}\n}\n`;
const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

test('snippets: statements in functions, declarations outside, sorted after what other servers offer', () =>
  session(async (client) => {
    const { items, text } = await offered(client, inFunction('mwc|'));
    assert.deepEqual(labels(items), ['mwclear']);
    assert.ok(items[0]!.sortText! > 'zzzz');
    assert.equal(accepted(text, items[0]!), inFunction('clear(m)'));
    const outside = await offered(client, 'package w\n\nmwc|\n');
    assert.deepEqual(labels(outside.items), ['mwcache', 'mwcow']);
    assert.match(accepted(outside.text, outside.items[0]!), /^package w\n\nimport \(?\s*"maps"\s*"sync"|import "maps"[^]*import "sync"|"maps"[^]*"sync"/);
  }));

const places: readonly string[] = [
  'package w\n\nimport "mwc|"\n',
  'package w\n\nimport (\n\tmwc|\n)\n',
  'package w\n\n// mwc|\n',
  'package w\n\n/*\nmwc|\n*/\n',
  inFunction('s := "mwc|"'),
  inFunction('s := `\nmwc|\n`'),
  inFunction('x := mwc|'),
  inFunction('other.mwc|'),
  inFunction('_ = []any{\n\t\tmwc|\n\t}'),
  inFunction('if mwc| {\n\t}'),
  'package w\n\ntype t struct {\n\tmwc|\n}\n',
  'package w\n\nvar (\n\tmwc|\n)\n',
  'mwc|\n',
];

for (const place of places) {
  test(`snippets: none at ${JSON.stringify(place)}`, () => session(async (client) => assert.deepEqual(labels((await offered(client, place)).items), [])));
}

test('snippets: none in comments, strings, imports and classes of TypeScript', () =>
  session(async (client) => {
    const file = 'file:///w/a.ts';
    assert.ok(labels((await offered(client, 'mwcl|\n', file, 'typescript')).items).includes('mwclear'));
    assert.ok(labels((await offered(client, 'export function f() {\n  mwcl|\n}\n', file, 'typescript')).items).includes('mwclear'));
    for (const text of ['// mwcl|\n', '/*\nmwcl|\n*/\n', "const s = 'mwcl|';\n", 'const s = `\nmwcl|\n`;\n', "import 'mwcl|';\n", 'import {\n  mwcl|\n} from "x";\n', 'class A {\n  mwcl|\n}\n', 'const x = mwcl|\n', 'f(\n  mwcl|\n);\n', 'const o = {\n  mwcl|\n};\n']) {
      assert.deepEqual(labels((await offered(client, text, file, 'typescript')).items), [], text);
    }
  }, {}));

test('snippets: the form for the Go version of the file; a client that has the files itself is offered other forms only', () =>
  session(
    async (client) => {
      const { items, text } = await offered(client, inFunction('mwc|'));
      assert.deepEqual(items.map(({ label, labelDetails }) => [label, labelDetails?.description]), [['mwclear', 'Mapwarden · Go 1.20']]);
      assert.equal(accepted(text, items[0]!).replaceAll('\n\t', '\n'), inFunction('for k := range m {\n\tdelete(m, k)\n}').replaceAll('\n\t', '\n'));
      assert.deepEqual(labels((await offered(client, inFunction('mwpr|'))).items), []);
      const tagged = await offered(client, `//go:build go1.21\n\n${inFunction('mwc|')}`);
      assert.deepEqual(labels(tagged.items), [], 'the constraint raises the version of the file');
    },
    goMod('1.20'),
    { initializationOptions: { ...vscodeOptions, contributesSnippets: true } },
  ));

test('snippets: the form for the library of the TypeScript project', () =>
  session(
    async (client) => {
      const form = async (of: string): Promise<string | undefined> => (await offered(client, 'mwflight|\n', of, 'typescript')).items[0]?.textEdit?.newText;
      assert.match((await form('file:///w/new/a.ts'))!, /Promise\.try/);
      assert.doesNotMatch((await form('file:///w/old/a.ts'))!, /Promise\.try/);
      assert.deepEqual(labels((await offered(client, 'mwatomics|\n', 'file:///w/oldest/a.ts', 'typescript')).items), []);
    },
    {
      '/w/.git/HEAD': '',
      '/w/new/tsconfig.json': '{ "compilerOptions": { "target": "es2022", "lib": ["esnext"] } }',
      '/w/new/a.ts': '',
      '/w/old/tsconfig.json': '{ "compilerOptions": { "target": "es2022" } }',
      '/w/old/a.ts': '',
      '/w/oldest/tsconfig.json': '{ "compilerOptions": { "target": "es2015" } }',
      '/w/oldest/a.ts': '',
    },
  ));

test('snippets: switched off by the setting', () =>
  session(async (client) => assert.deepEqual((await offered(client, inFunction('mwc|'))).items, []), goMod('1.23'), { configuration: () => ({ completion: false }) }));

test('snippets: the table of versions names every snippet, and lines that are in it', () => {
  for (const language of ['go', 'typescript'] as const) {
    const table = versions[language] as Readonly<Record<string, { readonly older?: object; readonly newer?: object }>>;
    assert.deepEqual(Object.keys(table).sort(), readSnippets(language).map(({ prefix }) => prefix).sort());
    for (const { prefix, body } of readSnippets(language)) {
      for (const line of Object.keys(table[prefix]!.older ?? table[prefix]!.newer ?? {})) assert.ok(body.includes(line), `${prefix}: ${line}`);
    }
  }
});

/** What stands around a statement: variables of the names and types that its stops have. */
const around: Readonly<Record<string, string>> = {
  mwswap: 'm := map[string]int{}\n_\n_ = taken',
  mwmake: '_\n_ = m',
  mwdrain: 'm := map[string]io.Closer{}\n_',
  mwsyncmap: 'var m sync.Map\n_',
  mwloadorstore: 'var m sync.Map\nkey, value := "", 1\n_\n_, _ = actual, loaded',
  mwreflect: 'var v any\n_',
};

const go = findGo();

test('snippets: every form compiles with the release that it is for', { skip: go ? false : 'no Go installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-forms-'));
  try {
    for (const minor of [18, 19, 20, 21, 22, 23, 26]) {
      const module = join(folder, String(minor));
      mkdirSync(module);
      writeFileSync(join(module, 'go.mod'), `module example.com/forms\n\ngo 1.${minor}\n`);
      for (const place of ['statement', 'declaration'] as const) {
        for (const { prefix, body, imports } of goSnippetsFor(minor, place)) {
          const text = body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
          const code = place === 'declaration' ? text : `func f() {\n${(around[prefix] ?? 'm := map[string]int{}\n_').replace('_', () => text)}\n}`;
          const needed = [...imports, ...(prefix === 'mwdrain' ? ['io'] : []), ...(prefix === 'mwsyncmap' || prefix === 'mwloadorstore' ? ['sync'] : [])];
          const surroundings = prefix === 'mwreset' || prefix === 'mwsnapshot' ? '\ntype Cache struct {\n\tmu sync.RWMutex\n\tentries map[string]int\n}\n' : '';
          const all = surroundings === '' ? needed : [...needed, 'sync'];
          mkdirSync(join(module, prefix));
          writeFileSync(join(module, prefix, 'code.go'), `package form\n\n${all.map((path) => `import "${path}"\n`).join('')}${surroundings}\n${code}\n`);
        }
      }
      const vet = spawnSync(go!, ['vet', './...'], { cwd: module, encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off' } });
      assert.equal(vet.status, 0, `go 1.${minor}\n${vet.stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('snippets: the forms for a newer library type-check, and other years have none', () => {
  const newest = scriptSnippetsFor('typescript', 2025).filter(({ isVariant }) => isVariant);
  assert.deepEqual(newest.map(({ prefix }) => prefix), ['mwflight']);
  assert.deepEqual(scriptSnippetsFor('typescript', 2024).filter(({ isVariant }) => isVariant), []);
  const text = `export {};\n${newest[0]!.body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '')}\n`;
  assert.deepEqual(typeFaults(new Map([['/form.ts', text]]), { lib: ['lib.esnext.d.ts'] }), []);
  assert.match(text, /Promise\.try\(load, key\)/);
});
