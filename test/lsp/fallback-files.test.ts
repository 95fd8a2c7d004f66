// The two files for newer and older Go: when they are offered, and that both compile.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreateFile, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import type { FallbackFilesAnswer } from '../../server/src/lsp/protocol.ts';
import { findGo } from '../harness/go.mjs';
import { actions, applied, goMod, placeOf, session, uri } from './in-memory.ts';

const cases: Readonly<Record<string, { readonly version: string; readonly text: string; readonly at: string }>> = {
  'a delete loop': { version: '1.20', at: 'for k', text: 'package w\n\nfunc Reset(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n' },
  'a clear that is too new': { version: '1.20', at: 'clear(m)', text: 'package w\n\ntype Table map[string]int\n\nfunc Reset(m Table) {\n\tclear(m)\n}\n' },
  'before type parameters': { version: '1.16', at: 'for k', text: 'package w\n\ntype T struct{ m map[string][]int }\n\nfunc (t *T) Reset() {\n\tfor k := range t.m {\n\t\tdelete(t.m, k)\n\t}\n}\n' },
  'names that are taken': { version: '1.20', at: 'for k', text: 'package w\n\nfunc clearMap() {}\n\nfunc Reset(m map[string]int) {\n\tclearMap()\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n' },
  'a sync.Map': { version: '1.22', at: 'Range', text: 'package w\n\nimport "sync"\n\nvar m sync.Map\n\nfunc Reset() {\n\tm.Range(func(k, _ interface{}) bool {\n\t\tm.Delete(k)\n\t\treturn true\n\t})\n}\n' },
};

interface Written {
  readonly files: ReadonlyMap<string, string>;
  readonly text: string;
}

async function written(version: string, text: string, at: string): Promise<Written | string> {
  let result: Written | string = '';
  await session(async (client) => {
    await client.open(uri, text);
    const answer = await client.request<FallbackFilesAnswer>('mapwarden/fallbackFiles', { uri, position: placeOf(text, at) });
    if (!answer.edit) {
      result = answer.reason;
      return;
    }
    const changes = answer.edit.documentChanges ?? [];
    const created = changes.filter((change): change is CreateFile => 'kind' in change && change.kind === 'create').map((change) => change.uri);
    assert.deepEqual(created, answer.created);
    const files = new Map(
      changes
        .filter((change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri !== uri)
        .map(({ textDocument, edits }) => [textDocument.uri.slice('file:///w/'.length), (edits[0] as TextEdit).newText]),
    );
    result = { files, text: applied(text, answer.edit) };
  }, goMod(version));
  return result;
}

test('fallback files: complementary constraints, a name of their own, the call in place of the statement', async () => {
  const result = await written(cases['a delete loop']!.version, cases['a delete loop']!.text, 'for k');
  assert.ok(typeof result !== 'string');
  assert.deepEqual([...result.files.keys()], ['clear_go121.go', 'clear_old.go']);
  const [newer, older] = [...result.files.values()];
  assert.ok(newer!.startsWith('//go:build go1.21\n\npackage w\n'));
  assert.ok(older!.startsWith('//go:build !go1.21\n\npackage w\n'));
  assert.ok(result.text.includes('\tclearMap(m)\n}'), result.text);
});

test('fallback files: not where every Go has clear, and only the files where nothing is emptied', async () => {
  assert.match((await written('1.21', cases['a delete loop']!.text, 'for k')) as string, /No fallback is needed/);
  const alone = await written('1.20', 'package w\n\nfunc F() {}\n', 'func F');
  assert.ok(typeof alone !== 'string');
  assert.equal(alone.files.size, 2);
  assert.equal(alone.text, 'package w\n\nfunc F() {}\n');
  assert.match((await written('1.16', 'package w\n\nfunc F() {}\n', 'func F')) as string, /No fallback can be written/);
});

test('fallback files: offered as an action where something is emptied', () =>
  session(async (client) => {
    const { text, at } = cases['a delete loop']!;
    await client.open(uri, text);
    const titles = async (place: ReturnType<typeof placeOf>): Promise<string[]> => (await actions(client, { start: place, end: place }, [], ['refactor'])).map(({ title }) => title);
    assert.deepEqual(await titles(placeOf(text, at)), ['Create fallback files for Go before 1.21']);
    assert.deepEqual(await titles({ line: 0, character: 0 }), []);
  }, goMod('1.20')));

const go = findGo();
const full = process.env['MAPWARDEN_FULL'] === '1';

test('fallback files: both compile, the newer beside the place and the older without its constraint', { skip: go ? false : 'no Go installed' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-fallback-'));
  const vet = (at: string, toolchain: string): void => {
    const run = spawnSync(go!, ['vet', './...'], { cwd: at, encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: toolchain, GOFLAGS: '-mod=mod', GOWORK: 'off' } });
    assert.equal(run.status, 0, `${at} ${toolchain}\n${run.stderr}`);
  };
  try {
    for (const [name, { version, text, at }] of Object.entries(cases)) {
      const result = await written(version, text, at);
      assert.ok(typeof result !== 'string', name);
      const own = join(folder, name.replaceAll(' ', '-'));
      const old = join(own, 'old');
      mkdirSync(old, { recursive: true });
      writeFileSync(join(own, 'go.mod'), `module example.com/w\n\ngo ${version}\n`);
      writeFileSync(join(own, 'a.go'), result.text);
      writeFileSync(join(old, 'a.go'), result.text);
      for (const [file, content] of result.files) {
        writeFileSync(join(own, file), content);
        if (file.endsWith('_old.go')) writeFileSync(join(old, file), content.split('\n').filter((line) => !line.startsWith('//go:build') && !line.startsWith('// +build')).join('\n'));
      }
      vet(own, 'local');
      if (full && version === '1.20') vet(own, 'go1.20.14');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
