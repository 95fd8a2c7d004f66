import assert from 'node:assert/strict';
import test from 'node:test';
import { globSet, matchesAny } from './globs.ts';

const matches = (glob: string, path: string, folder: string | undefined = '/repo') => matchesAny(globSet(folder, [glob]), path);

test('globs: relative to their folder', () => {
  assert.equal(matches('gen/*.go', '/repo/gen/x.go'), true);
  assert.equal(matches('gen/*.go', '/repo/a/gen/x.go'), false);
  assert.equal(matches('*.pb.go', '/repo/a/x.pb.go'), false);
  assert.equal(matches('**/*.pb.go', '/repo/a/x.pb.go'), true);
  assert.equal(matches('**/*.pb.go', '/repo/x.pb.go'), true);
});

test('globs: a folder speaks for everything in it', () => {
  for (const glob of ['internal/old', 'internal/old/', './internal/old', '/internal/old', 'internal/old/**', '**/old']) {
    assert.equal(matches(glob, '/repo/internal/old/a/b.go'), true, glob);
    assert.equal(matches(glob, '/repo/internal/older/b.go'), false, glob);
  }
});

test('globs: alternatives, classes and hidden files', () => {
  assert.equal(matches('{a,b}/*.go', '/repo/b/x.go'), true);
  assert.equal(matches('[!a]*.go', '/repo/ab.go'), false);
  assert.equal(matches('**', '/repo/.hidden/x.go'), true);
});

test('globs: outside their folder only those that begin with ** match', () => {
  assert.equal(matches('**/*.pb.go', '/other/x.pb.go'), true);
  assert.equal(matches('*.pb.go', '/x.pb.go'), false);
  assert.equal(matches('*.pb.go', '/x.pb.go', undefined), false);
  assert.equal(matches('**/gen', '/other/gen/x.go', undefined), true);
});
