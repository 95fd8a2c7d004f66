// The server with the real analyzer, on Go code in memory.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { CodeAction, CompletionItem, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { plainCapabilities, rangeOf, type TestClient } from './client.ts';
import { actions, applied, goMod, session, uri } from './in-memory.ts';

const loops = `package w

func first(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}

func second(m map[string]int) {
	for k, _ := range m {
		delete(m, k)
	}
}
`;

function described(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${String(code)}@${range.start.line}`);
}

test('go: a delete loop is found, and its fix leaves no finding', () =>
  session(async (client) => {
    await client.open(uri, loops);
    const diagnostics = await client.diagnostics(uri);
    assert.deepEqual(described(diagnostics), ['delete-loop@3', 'delete-loop@9']);
    const [fix] = await actions(client, diagnostics[0]!.range, [diagnostics[0]!]);
    const after = applied(loops, fix!.edit);
    assert.ok(after.includes('func first(m map[string]int) {\n\tclear(m)\n}'), after);
    const [all] = await actions(client, rangeOf(loops, 'package'), [], ['source.fixAll']);
    const fixed = applied(loops, all!.edit);
    assert.ok(!fixed.includes('delete('), fixed);
    await client.change(uri, { text: fixed });
    assert.deepEqual(await client.diagnostics(uri), []);
  }));

test('go: a suppression with a reason silences the finding, on its line or in its file', () =>
  session(async (client) => {
    for (const scope of ['line', 'file'] as const) {
      await client.open(uri, loops);
      const [first] = await client.diagnostics(uri);
      const edit = await client.request<WorkspaceEdit>('mapwarden/ignoreEdits', { uri, rule: 'delete-loop', range: first!.range, scope, reason: 'measured: fine' });
      await client.change(uri, { text: applied(loops, edit) });
      const left = await client.diagnostics(uri);
      assert.equal(left.length, scope === 'line' ? 1 : 0, `${scope}: ${JSON.stringify(described(left))}\n${applied(loops, edit)}`);
      await client.close(uri);
    }
  }));

test('go: the Go version decides, and a saved or unsaved go.mod acts at once', () =>
  session(async (client) => {
    await client.open(uri, loops);
    const version = await client.request<{ version: string; reason: string }>('mapwarden/goVersion', { uri });
    assert.equal(version.version, '1.20');
    assert.ok(version.reason.includes('go.mod'), version.reason);
    const before = described(await client.diagnostics(uri));
    assert.deepEqual(before, ['delete-loop@9'], 'without clear only the slow form is worth a word');
    await client.open('file:///w/go.mod', 'module example.com/w\n\ngo 1.21\n', 'go.mod');
    await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
    assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@3', 'delete-loop@9']);
  }, goMod('1.20')));

test('go: unsaved buffers of other files are seen', () =>
  session(
    async (client) => {
      await client.open(uri, 'package w\n\nfunc reset() {\n\tfor k := range table {\n\t\tdelete(table, k)\n\t}\n}\n');
      assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@3']);
      await client.open('file:///w/b.go', 'package w\n\nvar table []string\n');
      assert.deepEqual(described(await client.diagnostics(uri)), []);
      await client.close('file:///w/b.go');
      assert.deepEqual(described(await client.diagnostics(uri)), ['delete-loop@3']);
    },
    { ...goMod('1.23'), '/w/b.go': 'package w\n\nvar table = map[string]int{}\n' },
  ));

test('go: CRLF, characters beyond the BMP and a byte order mark keep positions right', () =>
  session(async (client) => {
    const text = '\ufeff' + loops.replace('func first', '// 清空 😀\nfunc first').replace('{\n\tfor k := range m', '{\n\t/* 😀 */ for k := range m').replaceAll('\n', '\r\n');
    await client.open(uri, text);
    const diagnostics = await client.diagnostics(uri);
    assert.deepEqual(described(diagnostics), ['delete-loop@4', 'delete-loop@10']);
    assert.deepEqual(diagnostics[0]!.range.start, rangeOf(text, 'for k').start);
    const [fix] = await actions(client, diagnostics[1]!.range, [diagnostics[1]!]);
    const after = applied(text, fix!.edit);
    assert.ok(after.includes('second(m map[string]int) {\r\n\tclear(m)\r\n}'), JSON.stringify(after));
  }));

test('go: typing a file does not crash, and findings elsewhere in it stay', () =>
  session(async (client) => {
    const head = `${loops}\nfunc typed(m map[string][]int) {\n`;
    const typed = '\tfor key, values := range m {\n\t\tif len(values) == 0 {\n\t\t\tdelete(m, key) // "gone"\n\t\t}\n\t}\n\ts := `raw\n{`\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n\t_ = s\n}\n';
    const tail = '\nfunc after(m map[int]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n';
    await client.open(uri, head + tail);
    let text = head + tail;
    const problems: string[] = [];
    for (let i = 0; i < typed.length; i++) {
      const offset = head.length + i;
      const position = TextDocument.create(uri, 'go', 1, text).positionAt(offset);
      await client.change(uri, { range: { start: position, end: position }, text: typed[i]! });
      text = text.slice(0, offset) + typed[i] + text.slice(offset);
      const found = described(await client.diagnostics(uri));
      if (!found.includes('delete-loop@3') || !found.includes('delete-loop@9')) problems.push(`after ${JSON.stringify(typed.slice(0, i + 1))}: ${found.join(' ')}`);
    }
    assert.deepEqual(problems, []);
    const fresh = described(await client.diagnostics(uri));
    await client.close(uri);
    await client.open(uri, text);
    assert.deepEqual(described(await client.diagnostics(uri)), fresh);
    assert.equal(fresh.filter((name) => name.startsWith('delete-loop')).length, 4);
    assert.deepEqual(client.log.filter((line) => line.includes('failed')), []);
  }));

test('go: deleting a file char by char does not crash', () =>
  session(async (client) => {
    let text = loops;
    await client.open(uri, text);
    while (text.length > 0) {
      const document = TextDocument.create(uri, 'go', 1, text);
      const end = document.positionAt(text.length);
      const start = document.positionAt(text.length - 1);
      await client.change(uri, { range: { start, end }, text: '' });
      text = text.slice(0, -1);
      await client.diagnostics(uri);
    }
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.deepEqual(client.log.filter((line) => line.includes('failed')), []);
  }));

/** A small generator of pseudo-random numbers below a bound, the same for each seed. */
function randomly(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const pieces = [
  'clear(m)\n',
  'for k := range m {\n\tdelete(m, k)\n}\n',
  'for k := range table {\n\tdelete(table, k)\n}\n',
  'm = nil\n',
  'm = map[string]int{}\n',
  'if len(m) > 0 {\n',
  '}\n',
  '{',
  '/*',
  '*/',
  '`',
  '"',
  '\n',
  'x',
  'func g() {\n',
  'type table map[string]int\n',
  'var table = map[float64]bool{}\n',
  'import "maps"\n',
  '//mapwarden:ignore delete-loop measured\n',
  '//go:build go1.18\n',
];

for (const seed of [1, 2, 3, 4]) {
  test(`replay: after random edits a fresh server gives the same answers (seed ${seed})`, async () => {
    const random = randomly(seed);
    const other = 'file:///w/b.go';
    const texts: Record<string, string> = { [uri]: loops, [other]: 'package w\n\nvar table = map[string]int{}\n' };
    await session(async (client) => {
      for (const name of Object.keys(texts)) await client.open(name, texts[name]!);
      for (let round = 0; round < 12; round++) {
        for (let edit = 0; edit < 4; edit++) {
          const name = random(4) === 0 ? other : uri;
          const before = texts[name]!;
          const start = random(before.length + 1);
          const end = Math.min(before.length, start + (random(3) === 0 ? random(30) : 0));
          const text = pieces[random(pieces.length)]!;
          const document = TextDocument.create(name, 'go', 1, before);
          await client.change(name, { range: { start: document.positionAt(start), end: document.positionAt(end) }, text });
          texts[name] = before.slice(0, start) + text + before.slice(end);
          if (random(2) === 0) await client.diagnostics(name);
        }
        const lived = await answers(client, Object.keys(texts));
        await session(async (fresh) => {
          for (const name of Object.keys(texts)) await fresh.open(name, texts[name]!);
          assert.deepEqual(await answers(fresh, Object.keys(texts)), lived, `round ${round}\n${JSON.stringify(texts)}`);
        });
      }
      assert.deepEqual(client.log.filter((line) => line.includes('failed')), []);
    });
  });
}

/** What a server says of some open documents, without their versions. */
async function answers(client: TestClient, uris: readonly string[]): Promise<unknown> {
  const all: unknown[] = [];
  for (const name of uris) {
    const report = await client.pull(name);
    if (report.kind !== 'full') throw new Error('expected a full report');
    const diagnostics = report.items.map(({ data: _, ...shown }) => shown);
    const hovers = await Promise.all(diagnostics.map(({ range }) => client.request('textDocument/hover', { textDocument: { uri: name }, position: range.start })));
    const everything = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    const list = await client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: name }, range: everything, context: { diagnostics: [] } });
    const edits = list.map(({ title, edit }) => [title, JSON.stringify(edit, (key, value: unknown) => (key === 'version' ? undefined : value))]);
    all.push([name, report.resultId, diagnostics, hovers, edits]);
  }
  return all;
}

/** Opens a file with `|` where somebody types, and asks for completion there. */
async function complete(client: TestClient, marked: string): Promise<{ readonly items: CompletionItem[]; readonly text: string }> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  await client.open(uri, text);
  const position = TextDocument.create(uri, 'go', 1, text).positionAt(offset);
  const items = await client.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri }, position });
  await client.close(uri);
  return { items, text };
}

function accepted(text: string, item: CompletionItem): string {
  return TextDocument.applyEdits(TextDocument.create(uri, 'go', 1, text), [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])]);
}

const inFunction = (statement: string): string => `package w

import "sync"

type box struct {
	m    map[string]int
	once sync.Map
}

func f(m map[string]int, k string, b *box, p *map[string]int, list []int, s string, all map[string]map[string]int) {
	${statement}
}

func g() {}
`;

const offers: readonly (readonly [version: string, typed: string, result: string | undefined])[] = [
  ['1.21', 'm.|', 'clear(m)'],
  ['1.21', 'm.cl|', 'clear(m)'],
  ['1.21', 'm.clear|', 'clear(m)'],
  ['1.21', 'b.m.|', 'clear(b.m)'],
  ['1.21', 'p.|', 'clear(*p)'],
  ['1.21', 'all[k].|', 'clear(all[k])'],
  ['1.21', 'm.|\n\tg()', 'clear(m)\n\tg()'],
  ['1.21', 'm.c|\n\tk = s', 'clear(m)\n\tk = s'],
  ['1.20', 'm.cl|', 'for k := range m {\n\t\tdelete(m, k)\n\t}'],
  ['1.20', 'all[k].|', 'for key := range all[k] {\n\t\tdelete(all[k], key)\n\t}'],
  ['1.23', 'b.once.|', 'b.once.Clear()'],
  ['1.22', 'b.once.|', 'b.once.Range(func(k, _ any) bool {\n\t\tb.once.Delete(k)\n\t\treturn true\n\t})'],
  ['1.21', 'clear := 1; _ = clear\n\tm.|', 'clear := 1; _ = clear\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}'],
  ['1.21', 'list.|', undefined],
  ['1.21', 's.|', undefined],
  ['1.21', 'sync.|', undefined],
  ['1.21', 'x := m.|', undefined],
  ['1.21', 'if m.| {', undefined],
  ['1.21', 'g(m.|)', undefined],
  ['1.21', '// m.|', undefined],
  ['1.21', '/* m.| */', undefined],
  ['1.21', '_ = "m.|"', undefined],
  ['1.21', '_ = `m.|`', undefined],
  ['1.21', 'm|', undefined],
  ['1.21', 'nothing.|', undefined],
  ['1.21', 'defer m.|', undefined],
];

for (const [version, typed, result] of offers) {
  test(`completion: ${JSON.stringify(typed)} with Go ${version} becomes ${JSON.stringify(result)}`, () =>
    session(async (client) => {
      const { items: all, text } = await complete(client, inFunction(typed));
      // Snippets are offered where a statement begins; they are tested apart.
      const items = all.filter(({ label }) => label === 'clear');
      assert.equal(items.length, result === undefined ? 0 : 1, JSON.stringify(items));
      if (result === undefined) return;
      const [item] = items;
      assert.equal(accepted(text, item!), inFunction(result));
      assert.equal(item!.filterText, 'clear');
      assert.ok(item!.sortText! > '99999');
    }, goMod(version)));
}

test('completion: not in imports, and with the line ends of the file', () =>
  session(async (client) => {
    assert.deepEqual((await complete(client, 'package w\n\nimport "m.|"\n')).items, []);
    const { items, text } = await complete(client, inFunction('m.|').replaceAll('\n', '\r\n'));
    assert.equal(accepted(text, items[0]!), inFunction('for k := range m {\n\t\tdelete(m, k)\n\t}').replaceAll('\n', '\r\n'));
  }, goMod('1.19')));

test('go: a plain client is pushed the same findings', () =>
  session(
    async (client) => {
      await client.open(uri, loops);
      await client.until('diagnostics', () => client.lastPublished(uri));
      assert.deepEqual(described(client.lastPublished(uri)!.diagnostics), ['delete-loop@3', 'delete-loop@9']);
      const list = await actions(client, rangeOf(loops, 'for k'), [client.lastPublished(uri)!.diagnostics[0]!]);
      assert.ok(applied(loops, list[0]!.edit).includes('clear(m)'));
    },
    goMod('1.23'),
    { capabilities: plainCapabilities, initializationOptions: undefined },
  ));

test('go: faults of go.mod and .mapwarden.json stand at their lines', () =>
  session(
    async (client) => {
      await client.open(uri, loops);
      await client.diagnostics(uri);
      const configuration = await client.until('the configuration', () => client.lastPublished('file:///w/.mapwarden.json'));
      assert.deepEqual(configuration.diagnostics.map(({ range }) => range.start.line), [2]);
      const module = await client.until('go.mod', () => client.lastPublished('file:///w/go.mod'));
      assert.deepEqual(module.diagnostics.map(({ range }) => range.start.line), [2]);
    },
    { '/w/go.mod': 'module example.com/w\n\ngo one\n', '/w/.mapwarden.json': '{\n  "rules": {\n    "no-such-rule": "error"\n  }\n}\n' },
  ));
