import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MemoryFileSystem } from './file-system.ts';
import { ignoreFilesAround, isIgnored, withIgnoreFile } from './ignored.ts';

test('ignored: the innermost .gitignore decides, and may take something back', () => {
  const files = new MemoryFileSystem({ '/r/.git/HEAD': '', '/r/.gitignore': '*.gen.go\n/out/\n', '/r/a/.gitignore': '!kept.gen.go\n' });
  const ignores = withIgnoreFile(files, '/r/a', withIgnoreFile(files, '/r', []));
  assert.ok(isIgnored(ignores, '/r/a/x.gen.go', ''));
  assert.ok(!isIgnored(ignores, '/r/a/kept.gen.go', ''));
  assert.ok(isIgnored(ignores, '/r/out', '/'));
  assert.ok(!isIgnored(ignores, '/r/a/out', '/'));
  assert.ok(!isIgnored(ignores, '/elsewhere/x.gen.go', ''));
});

test('ignored: files around a folder count up to the root of the repository, and outside of one none does', () => {
  const files = new MemoryFileSystem({ '/.gitignore': '*', '/r/.git/HEAD': '', '/r/.gitignore': 'b', '/r/a/.gitignore': 'c', '/s/.gitignore': 'd' });
  assert.deepEqual(ignoreFilesAround(files, '/r/a/b').map(({ folder }) => folder), ['/r', '/r/a']);
  assert.deepEqual(ignoreFilesAround(files, '/r').map(({ folder }) => folder), []);
  assert.deepEqual(ignoreFilesAround(files, '/s/t').map(({ folder }) => folder), []);
});
