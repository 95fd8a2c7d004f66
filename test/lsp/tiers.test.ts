// The two tiers of the bundled server: what a file tells at once, what its project or package tells when typing rests, on a
// real disk.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serverScript } from './bundles.ts';
import { plainCapabilities, startProcess, vscodeOptions, type TestClient } from './client.ts';

let script = '';
let folder = '';

before(async () => {
  script = await serverScript('node');
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mapwarden-lsp-ts-')));
});

after(() => rmSync(folder, { recursive: true, force: true }));

function workspace(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return pathToFileURL(join(folder, name)).href;
}

async function session(root: string, body: (client: TestClient) => Promise<void>, capabilities?: typeof plainCapabilities): Promise<void> {
  const client = await startProcess(script, { folders: [root], initializationOptions: vscodeOptions, ...(capabilities && { capabilities }) });
  try {
    await body(client);
  } finally {
    await client.stop();
  }
}

function described(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${String(code)}@${range.start.line}`);
}

async function eventually(client: TestClient, uri: string, expected: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (described(await client.diagnostics(uri)).join() === expected.join()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(described(await client.diagnostics(uri)), expected, client.log.join('\n'));
}

const local = 'const m = new Map<string, number>();\nexport function reset(): void {\n  for (const k of m.keys()) m.delete(k);\n}\n';
const importing = "import { shared } from './shared.ts';\n\nexport function reset(): void {\n  for (const k of shared.keys()) shared.delete(k);\n}\n";
const shared = 'export const shared = new Map<string, number>();\n';

test('typescript: what the file tells is said at once, in every language id', () =>
  session(workspace('local', { 'tsconfig.json': '{}', 'empty.ts': '' }), async (client) => {
    for (const [name, languageId] of [['a.ts', 'typescript'], ['a.tsx', 'typescriptreact']] as const) {
      const uri = `${pathToFileURL(join(folder, 'local')).href}/${name}`;
      await client.open(uri, local, languageId);
      assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@2']);
    }
    for (const [name, languageId] of [['a.js', 'javascript'], ['a.jsx', 'javascriptreact'], ['a.mjs', 'javascript'], ['a.cjs', 'javascript']] as const) {
      const uri = `${pathToFileURL(join(folder, 'local')).href}/${name}`;
      await client.open(uri, local.replaceAll('<string, number>', '').replaceAll(': void', ''), languageId);
      assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@2']);
    }
  }));

test('typescript: what takes other files comes when typing rests, and stays in its place while somebody types', () => {
  const root = workspace('project', { 'tsconfig.json': '{"compilerOptions":{"allowImportingTsExtensions":true}}', 'main.ts': importing, 'shared.ts': shared });
  return session(root, async (client) => {
    const uri = `${root}/main.ts`;
    await client.open(uri, importing, 'typescript');
    assert.deepEqual(described(await client.diagnostics(uri)), []);
    await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined), 20_000);
    assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@3']);
    await client.change(uri, { text: `// A line above.\n${importing}` });
    assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@4']);
    // The other file is open, too, and changes without being saved.
    await client.open(`${root}/shared.ts`, 'export const shared: any = new Map();\n', 'typescript');
    await eventually(client, uri, []);
    await client.change(`${root}/shared.ts`, { text: shared });
    await eventually(client, uri, ['delete-loop@4']);
  });
});

test('typescript: a card names who has a container in other files once the project is known', () => {
  const cache = 'export const cache = new Map<string, number>();\n\nexport function reset(): void {\n  cache.clear();\n}\n';
  const root = workspace('holders', {
    'tsconfig.json': '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}',
    'cache.ts': cache,
    'view.ts': "import { cache } from './cache.ts';\n\nexport const view = { rows: cache };\n\nexport function all(): Map<string, number> {\n  return cache;\n}\n",
    'own.ts': 'const cache = new Map<string, number>();\nexport const other = { cache };\n',
  });
  return session(root, async (client) => {
    const uri = `${root}/cache.ts`;
    const hover = async (): Promise<string> => {
      const found = await client.request<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 9 } });
      return found?.contents.value ?? '';
    };
    await client.open(uri, cache, 'typescript');
    assert.match(await hover(), /Map\.clear/);
    let settled = '';
    for (let tries = 0; tries < 200 && !settled.includes('also held by'); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      settled = await hover();
    }
    assert.match(settled, /also held by `rows` in view\.ts, whoever calls `all` in view\.ts {2}\n/);
    assert.ok(settled.split('\n').length <= 6, settled);
  });
});

test('typescript: fixes, comments that silence, and what is left of the findings after them', () => {
  const root = workspace('fixes', { 'tsconfig.json': '{}' });
  return session(root, async (client) => {
    const uri = `${root}/a.ts`;
    await client.open(uri, local, 'typescript');
    const [diagnostic] = await client.diagnostics(uri);
    const [fix] = await client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: diagnostic!.range, context: { diagnostics: [diagnostic] } });
    assert.equal(applied(local, fix!.edit, uri), 'const m = new Map<string, number>();\nexport function reset(): void {\n  m.clear();\n}\n');
    const edit = await client.request<WorkspaceEdit>('mapwarden/ignoreEdits', { uri, rule: 'delete-loop', range: diagnostic!.range, scope: 'line', reason: 'the order is logged' });
    const silenced = applied(local, edit, uri);
    assert.ok(silenced.includes('  //mapwarden:ignore delete-loop the order is logged\n  for'), silenced);
    await client.change(uri, { text: silenced });
    await eventually(client, uri, []);
    await client.change(uri, { text: local });
    await eventually(client, uri, ['delete-loop@2']);
    const whole = await client.request<WorkspaceEdit>('mapwarden/ignoreEdits', { uri, rule: 'delete-loop', range: diagnostic!.range, scope: 'file', reason: 'the order is logged' });
    const without = applied(local, whole, uri);
    await client.change(uri, { text: without });
    await eventually(client, uri, []);
    assert.ok(without.startsWith('//mapwarden:ignore-file delete-loop the order is logged\n'), without);
  });
});

test('typescript: a client that does not pull is told, declaration files and packages are not', () => {
  const root = workspace('pushed', { 'tsconfig.json': '{}' });
  return session(
    root,
    async (client) => {
      await client.open(`${root}/a.ts`, local, 'typescript');
      const told = await client.until('diagnostics', () => client.lastPublished(`${root}/a.ts`), 20_000);
      assert.deepEqual(described(told.diagnostics), ['delete-loop@2']);
      await client.open(`${root}/a.d.ts`, 'declare const m: Map<string, number>;\n', 'typescript');
      assert.equal(client.lastPublished(`${root}/a.d.ts`), undefined);
    },
    plainCapabilities,
  );
});

test('typescript: Go files alone do not load the compiler', async () => {
  // Where the compiler is not, loading it would fail.
  const alone = join(folder, 'alone.js');
  copyFileSync(script, alone);
  const root = workspace('go', { 'go.mod': 'module example.com/p\n\ngo 1.26\n', 'a.go': 'package p\n' });
  const client = await startProcess(alone, { folders: [root], initializationOptions: vscodeOptions });
  try {
    await client.open(`${root}/a.go`, 'package p\n\nfunc f(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n');
    assert.deepEqual(described(await client.diagnostics(`${root}/a.go`)), ['delete-loop@3']);
  } finally {
    await client.stop();
  }
});

function applied(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const inDocuments = (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : []));
  return TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, text), [...(edit?.changes?.[uri] ?? []), ...(inDocuments as { readonly range: never; readonly newText: string }[])] as never);
}

const racing = 'package p\n\nfunc count(names []string) int {\n\tn := 0\n\tfor range names {\n\t\tgo func() { n++ }()\n\t}\n\treturn n\n}\n';

test('go: what only the package tells comes when typing rests, and moves along until then', () =>
  session(workspace('go', { 'go.mod': 'module example.com/p\n\ngo 1.26\n', 'p.go': racing }), async (client) => {
    const uri = pathToFileURL(join(folder, 'go', 'p.go')).href;
    await client.open(uri, racing);
    await eventually(client, uri, ['unsynchronized-access@5']);
    const moved = racing.replace('package p\n', 'package p\n\n// A comment.\n');
    await client.change(uri, { text: moved });
    assert.deepEqual(described(await client.diagnostics(uri)), ['unsynchronized-access@7']);
    await client.change(uri, { text: moved.replace('go func() { n++ }()', 'n++') });
    await eventually(client, uri, []);
  }));
