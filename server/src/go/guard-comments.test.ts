import assert from 'node:assert/strict';
import test from 'node:test';
import { guardNamedBy, guardedNamedBy, isForOneTask, requirementsIn } from './guard-comments.ts';

const guard = (...comments: string[]): string | undefined => guardNamedBy(comments)?.join('.');

test('guard comments: a field names its lock', () => {
  for (const text of ['// guarded by mu', '// Guarded by mu.', '// protected by `mu`', '/* guarded by: mu */', '// entries is guarded by mu', '// the keys; guarded by mu', '// guarded by the mu mutex', '// +checklocks:mu', '// set by Start (guarded by mu)']) {
    assert.equal(guard(text), 'mu', text);
  }
  assert.equal(guard('// guarded by c.mu'), 'c.mu');
  assert.equal(guard('// sorted by time', '// guarded by mu'), 'mu');
});

test('guard comments: what is not said of a field', () => {
  for (const text of ['// mu', '// not guarded by mu', '// guarded by mu or other', '// guarded by mu for writes', '// guarded by mu, or atomics', '// no longer guarded by mu', '// guard by mu', '// guarded', '// guarded by', '// +checklocksignore']) {
    assert.equal(guard(text), undefined, text);
  }
});

test('guard comments: a lock names what it guards', () => {
  assert.deepEqual(guardedNamedBy(['// guards entries']), { kind: 'names', names: [['entries']] });
  assert.deepEqual(guardedNamedBy(['// mu protects entries, order and done.']), { kind: 'names', names: [['entries'], ['order'], ['done']] });
  assert.deepEqual(guardedNamedBy(['// protects following fields']), { kind: 'following' });
  assert.deepEqual(guardedNamedBy(['// guards the fields below']), { kind: 'following' });
  assert.equal(guardedNamedBy(['// never guards entries']), undefined);
  assert.equal(guardedNamedBy(['// taken before other']), undefined);
});

const required = (text: string): readonly string[] => requirementsIn([text], (name) => name.join('.') === 'c.mu' || name.join('.') === 'mu').map(({ lock, mode }) => `${lock?.join('.') ?? '?'} ${mode}`);

test('guard comments: a function names the lock that its callers hold', () => {
  for (const text of ['// Callers must hold c.mu.', '// c.mu must be held.', '// The caller must hold c.mu', '// evict requires c.mu to be held.', '// Must be called with c.mu held.', '// It assumes c.mu is held.', '// +checklocks:c.mu', '// mu.Lock() does it. c.mu must be held']) {
    assert.deepEqual(required(text).filter((each) => !each.startsWith('?')), ['c.mu exclusive'], text);
  }
  assert.deepEqual(required('// Callers must hold c.mu for reading.'), ['c.mu shared']);
  assert.deepEqual(required('// +checklocksread:c.mu'), ['c.mu shared']);
});

test('guard comments: a requirement without a name', () => {
  for (const text of ['// Callers must hold the lock.', '// called with the lock held', '// c.mu must not be held.', '// Callers must hold c.mu or mu.', '// not safe for concurrent use', '// +checklocksignore', '// This is not goroutine-safe.']) {
    const found = required(text);
    assert.deepEqual(found, ['? exclusive'], text);
  }
});

test('guard comments: no two calls at the same time', () => {
  const isAlone = (text: string): boolean => requirementsIn([text], () => false).some((each) => each.isAlone);
  for (const text of ['// not safe for concurrent use', '// Must not be called concurrently with other methods.', "// It isn't goroutine-safe.", '// Callers must hold the lock.', '// It requires for the caller to hold c.L during the call.', '// The map is shared: callers must not modify it and must synchronize access to it.']) assert.ok(isAlone(text), text);
  for (const text of ['// Callers must not hold the lock.', '// Callers need not synchronize.', '// Callers that hold the lock may call it.', '// It is safe for concurrent use.', '// called with the lock held', '// Run starts a goroutine.']) assert.ok(!isAlone(text), text);
});

test('guard comments: nothing about locks', () => {
  for (const text of ['// Trim drops what is old.', '// It holds the entries.', '// must be called once', "// This one is the machine's own.", '// returns the locker of the day', '// +build linux']) {
    assert.deepEqual(required(text), [], text);
  }
});

test('guard comments: a type for one task at a time', () => {
  for (const text of ['// Conn is a connection. It is not safe for concurrent usage. Use a pool.', '// NOTE: Not goroutine-safe.', '// The builder is not thread-safe and must not to be used in multiple goroutines.']) assert.ok(isForOneTask([text]), text);
  for (const text of ['// It is safe for concurrent use.', '// Methods for tests are not safe for concurrent use.', '// It must not be used concurrently after Close.', '// It is not fast. Goroutines share it.']) assert.ok(!isForOneTask([text]), text);
});
