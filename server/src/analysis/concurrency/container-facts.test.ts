import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzerOver } from '../../../../test/harness/fixtures.ts';
import type { ContainerFacts } from './container-facts.ts';

const store = `package w

import "sync"

type Store struct {
	mu    sync.RWMutex
	rows  map[string]int
	view  *View
	other map[string]int
}

type View struct{ rows map[string]int }

var registry map[string]int
var registryMu sync.Mutex

func NewStore(given map[string]int) *Store {
	return &Store{rows: given}
}

func (s *Store) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = v
}

func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[k]
}

func (s *Store) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.rows)
}

func (s *Store) Share() { s.view.rows = s.rows }

func (s *Store) Rows() map[string]int { return s.rows }

func (s *Store) Send(to chan map[string]int) { to <- s.rows }

func (s *Store) Watch() { go watch(s.rows) }

func watch(m map[string]int) { _ = len(m) }

func count(m map[string]int) int { return len(m) }

func (s *Store) Count() int { return count(s.rows) }

func (s *Store) ResetLocked() {
	s.mu.Lock()
	clear(s.rows) // in Store, locked
	s.mu.Unlock()
}

func (s *Store) ResetFree() {
	clear(s.rows) // in Store, free
}

func (s *Store) ResetOther() {
	clear(s.other)
}

func Set(k string) {
	registryMu.Lock()
	registry[k] = 1
	registryMu.Unlock()
}

func Get(k string) int {
	registryMu.Lock()
	defer registryMu.Unlock()
	return registry[k]
}

func Reset() {
	registryMu.Lock()
	clear(registry)
	registryMu.Unlock()
}

func empty(m map[string]int) {
	clear(m)
}

func local() map[string]int {
	m := map[string]int{}
	go func() { m["a"] = 1 }()
	clear(m) // in local
	return m
}

func own() int {
	m := map[string]int{"a": 1}
	n := count(m)
	clear(m) // in own
	return n
}

func borrowed(s *Store) {
	m := s.other
	clear(m) // in borrowed
}
`;

function factsAt(text: string): ContainerFacts {
  const analyzer = analyzerOver(new Map([['go.mod', 'module example.com/w\n\ngo 1.23\n'], ['store.go', store]]));
  const offset = store.indexOf(text);
  assert.ok(offset >= 0, text);
  const facts = analyzer.mapFactsAt('/fixture/store.go', offset + 1) as ContainerFacts | undefined;
  assert.ok(facts, text);
  return facts;
}

const holders = (text: string): string[] => factsAt(text).holders.map(({ kind, name }) => `${kind} ${name}`).sort();

test('container facts: the lock that most uses of a map hold, and whether it is held at the place', () => {
  const locked = factsAt('clear(s.rows) // in Store, locked');
  assert.equal(locked.guard?.lock, 'mu');
  assert.equal(locked.guard.held, 4);
  assert.equal(locked.here, 'exclusive');
  assert.equal(factsAt('clear(s.rows) // in Store, free').here, 'free');
  const global = factsAt('clear(registry)');
  assert.deepEqual(global.guard, { lock: 'registryMu', held: 3, uses: 3, proven: true });
  assert.equal(global.here, 'exclusive');
});

test('container facts: nothing is said of the lock of a map that no use holds one for', () => {
  const other = factsAt('clear(s.other)');
  assert.equal(other.guard, undefined);
  assert.equal(other.here, 'free');
  assert.deepEqual(other.holders, []);
});

test('container facts: who else has the map of a field', () => {
  assert.deepEqual(holders('clear(s.rows) // in Store, locked'), ['caller NewStore', 'place s.view.rows', 'returned Rows', 'sent Send', 'task Watch']);
});

test('container facts: who else has the map of a variable; nobody is named for one that is only looked at', () => {
  assert.deepEqual(holders('clear(m)\n'), ['caller empty']);
  assert.deepEqual(holders('clear(m) // in local'), ['returned local', 'task local']);
  assert.deepEqual(holders('clear(m) // in own'), []);
  assert.deepEqual(holders('clear(m) // in borrowed'), ['place s.other']);
});

test('container facts: what a lock guards', () => {
  assert.deepEqual(factsAt('mu.Lock()\n\tclear(s.rows)').guards, []);
  assert.deepEqual(factsAt('registryMu.Lock()\n\tclear').guards, ['registry']);
});
