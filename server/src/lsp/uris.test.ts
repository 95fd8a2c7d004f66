import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hasAnalysedScheme, pathOfUri, uriOfPath } from './uris.ts';

const pairs: readonly (readonly [string, string])[] = [
  ['file:///home/me/main.go', '/home/me/main.go'],
  ['file:///home/me/a%20b%23c/%E4%B8%AD%E6%96%87.go', '/home/me/a b#c/中文.go'],
  ['file:///c%3A/src/main.go', 'C:/src/main.go'],
  ['file://server/share/main.go', '//server/share/main.go'],
  ['file:///tmp/100%25/%28x%29%2B%40.go', '/tmp/100%/(x)+@.go'],
  ['vscode-vfs://github/owner/name/cmd/main.go', 'vscode-vfs://github/owner/name/cmd/main.go'],
  ['vscode-vfs://github%2B7b22/owner/a%20b/main.go', 'vscode-vfs://github%2B7b22/owner/a b/main.go'],
];

for (const [uri, path] of pairs) {
  test(`uris: ${uri} and its path lead to each other`, () => {
    assert.equal(pathOfUri(uri), path);
    assert.equal(uriOfPath(path), uri);
  });
}

test('uris: drive letters are one path however they are written', () => {
  for (const uri of ['file:///C:/src/main.go', 'file:///c:/src/main.go', 'file:///C%3A/src/main.go']) {
    assert.equal(pathOfUri(uri), 'C:/src/main.go');
  }
  assert.equal(pathOfUri('file:///c%3A/'), 'C:/');
  assert.equal(pathOfUri('file:///c%3A'), 'C:/');
});

test('uris: a slash at the end of a folder does not make another folder', () => {
  assert.equal(pathOfUri('file:///home/me/'), '/home/me');
  assert.equal(pathOfUri('file:///'), '/');
  assert.equal(pathOfUri('vscode-vfs://github/owner/name/'), 'vscode-vfs://github/owner/name');
});

test('uris: an untitled Go document is alone in its folder', () => {
  const path = pathOfUri('untitled:Untitled-1', 'go');
  assert.equal(path, 'untitled:Untitled-1/Untitled-1.go');
  assert.equal(uriOfPath(path), 'untitled:Untitled-1');
  assert.equal(pathOfUri('untitled:/home/me/new.go', 'go'), 'untitled:/home/me/new.go');
});

test('uris: broken escapes do not throw', () => {
  assert.equal(pathOfUri('file:///tmp/50%/%E4%B8%AD%FF.go'), '/tmp/50%/%E4%B8%AD%FF.go');
  assert.equal(typeof uriOfPath('/tmp/\ud800.go'), 'string');
});

test('uris: only files, untitled documents and virtual workspaces are analysed', () => {
  for (const uri of ['file:///a.go', 'FILE:///a.go', 'untitled:Untitled-1', 'vscode-vfs://github/o/n/a.go']) assert.ok(hasAnalysedScheme(uri), uri);
  for (const uri of ['git:/a.go?x', 'output:tasks', 'gitlens:///a.go', 'vscode-notebook-cell:/a', 'a.go', '']) assert.ok(!hasAnalysedScheme(uri), uri);
});
