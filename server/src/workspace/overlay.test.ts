import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MemoryFileSystem } from './file-system.ts';
import { OverlayFileSystem } from './overlay.ts';

function names(system: OverlayFileSystem, folder: string): string[] {
  return system.readDirectory(folder).map((entry) => `${entry.name}:${entry.kind}`);
}

test('overlay: an open document hides the file below until it is closed', () => {
  const system = new OverlayFileSystem(new MemoryFileSystem({ '/m/a.go': 'disk' }));
  system.set('/m/a.go', 'open');
  assert.deepEqual(pick(system.readFile('/m/a.go')), 'open');
  assert.deepEqual(names(system, '/m'), ['a.go:file']);
  system.delete('/m/a.go');
  assert.deepEqual(pick(system.readFile('/m/a.go')), 'disk');
});

test('overlay: every text has another version, also after closing and opening', () => {
  const system = new OverlayFileSystem(new MemoryFileSystem());
  const seen = new Set<string>();
  for (const text of ['a', 'b', 'a']) {
    system.set('/a.go', text);
    const read = system.readFile('/a.go');
    assert.ok(read.kind === 'text' && !seen.has(read.version));
    seen.add(read.version);
    system.delete('/a.go');
  }
});

test('overlay: a document that is not on disk is listed, with the folders it needs', () => {
  const system = new OverlayFileSystem(new MemoryFileSystem({ '/m/a.go': '', '/m/z/z.go': '' }));
  system.set('/m/b/c/new.go', 'package c');
  system.set('/m/m.go', 'package m');
  assert.deepEqual(names(system, '/m'), ['a.go:file', 'b:directory', 'm.go:file', 'z:directory']);
  assert.deepEqual(names(system, '/m/b'), ['c:directory']);
  assert.deepEqual(names(system, '/m/b/c'), ['new.go:file']);
  assert.equal(system.kindOf('/m/b'), 'directory');
  assert.equal(system.kindOf('/m/b/c/new.go'), 'file');
  assert.equal(system.kindOf('/m/c'), undefined);
  assert.deepEqual(names(system, '/'), ['m:directory']);
});

test('overlay: untitled documents do not see each other', () => {
  const system = new OverlayFileSystem(new MemoryFileSystem());
  system.set('untitled:Untitled-1/Untitled-1.go', 'package a');
  system.set('untitled:Untitled-2/Untitled-2.go', 'package b');
  assert.deepEqual(names(system, 'untitled:Untitled-1'), ['Untitled-1.go:file']);
});

function pick(read: ReturnType<OverlayFileSystem['readFile']>): string {
  return read.kind === 'text' ? read.text : read.kind;
}
