import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { DiskFileSystem, fromPlatform } from './disk-file-system.ts';

const folder = fromPlatform(mkdtempSync(join(tmpdir(), 'mapwarden-disk-')));
after(() => rmSync(folder, { recursive: true, force: true }));
const disk = new DiskFileSystem();

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(`${folder}/${name}`, content);
  return `${folder}/${name}`;
}

function textOf(path: string): string {
  const read = disk.readFile(path);
  assert.equal(read.kind, 'text');
  return read.kind === 'text' ? read.text : '';
}

test('disk: a byte order mark is no part of the text, line ends are', () => {
  assert.equal(textOf(file('bom.go', '\ufeffpackage a\r\n')), 'package a\r\n');
  assert.equal(textOf(file('plain.go', 'package a // 你好\n')), 'package a // 你好\n');
});

test('disk: bytes that are no UTF-8 are replaced', () => {
  assert.equal(textOf(file('invalid.go', Buffer.from('a\xffb', 'latin1'))), 'a\ufffdb');
});

test('disk: binary files and UTF-16 are told apart from text', () => {
  assert.equal(disk.readFile(file('nul.go', 'a\0b')).kind, 'binary');
  assert.equal(disk.readFile(file('utf16.go', Buffer.from('\ufeffpackage a', 'utf16le'))).kind, 'binary');
});

test('disk: the version follows the content', () => {
  const version = (path: string): string => {
    const read = disk.readFile(path);
    return read.kind === 'text' ? read.version : '';
  };
  const first = version(file('v.go', 'one'));
  assert.equal(version(file('w.go', 'one')), first);
  assert.notEqual(version(file('v.go', 'two')), first);
});

test('disk: what is above the limit is not read', () => {
  const limited = new DiskFileSystem({ limitFor: (path) => (path.endsWith('.go') ? 4 : 100) });
  assert.deepEqual(limited.readFile(file('large.go', '12345')), { kind: 'too-large', detail: '5 bytes, the limit is 4' });
  assert.equal(limited.readFile(file('large.txt', '12345')).kind, 'text');
});

test('disk: what is no file is unreadable and never waited for', { skip: process.platform === 'win32' && 'no pipes' }, () => {
  execFileSync('mkfifo', [`${folder}/pipe.go`]);
  assert.equal(disk.readFile(`${folder}/pipe.go`).kind, 'unreadable');
  assert.equal(disk.kindOf(`${folder}/pipe.go`), undefined);
  assert.equal(disk.readFile(folder).kind, 'unreadable');
  assert.equal(disk.readFile(`${folder}/none.go`).kind, 'missing');
  assert.equal(disk.readFile(`${folder}/plain.go/x.go`).kind, 'missing');
});

test('disk: links are followed, loops are not', { skip: process.platform === 'win32' && 'needs a privilege' }, () => {
  mkdirSync(`${folder}/links/inner`, { recursive: true });
  symlinkSync('..', `${folder}/links/inner/up`);
  symlinkSync('self', `${folder}/links/self`);
  symlinkSync('nowhere', `${folder}/links/broken`);
  symlinkSync('../plain.go', `${folder}/links/plain.go`);
  file('plain.go', 'x');
  assert.deepEqual(disk.readDirectory(`${folder}/links`), [
    { name: 'broken', kind: 'other', symbolicLink: true },
    { name: 'inner', kind: 'directory', symbolicLink: false },
    { name: 'plain.go', kind: 'file', symbolicLink: true },
    { name: 'self', kind: 'other', symbolicLink: true },
  ]);
  assert.deepEqual(disk.readDirectory(`${folder}/links/inner`), [{ name: 'up', kind: 'directory', symbolicLink: true }]);
  assert.equal(disk.realPath(`${folder}/links/inner/up`), disk.realPath(`${folder}/links`));
  assert.equal(disk.realPath(`${folder}/links/self`), `${folder}/links/self`);
  assert.deepEqual(disk.readFile(`${folder}/links/self`), { kind: 'unreadable', detail: 'its symbolic links form a loop' });
  assert.deepEqual(disk.readDirectory(`${folder}/none`), []);
});
