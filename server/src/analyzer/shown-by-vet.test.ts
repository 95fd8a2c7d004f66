import assert from 'node:assert/strict';
import test from 'node:test';
import { Analyzer } from '../analyzer.ts';
import type { Settings } from '../config/settings.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';

const text = `package p

import "sync"

type cache struct {
	mu      sync.Mutex
	entries map[string]int
}

func copied(c *cache) cache {
	d := *c
	//mapwarden:ignore copied-lock nobody locks it
	return d
}

func sent(out chan<- cache, c *cache) {
	out <- *c
}
`;

function foundWith(settings: Settings, configuration?: string): readonly string[] {
  const fileSystem = new MemoryFileSystem({
    '/m/go.mod': 'module example.com/m\n\ngo 1.26\n',
    '/m/p.go': text,
    ...(configuration !== undefined && { '/m/.mapwarden.json': configuration }),
  });
  const analyzer = new Analyzer({ fileSystem, environment: { goos: 'linux', goarch: 'amd64' }, settingsFor: () => settings });
  return analyzer.analyze('/m/p.go').findings.map(({ rule, message }) => `${rule} ${message.id}`);
}

test('shown by vet: reported unless a setting says otherwise', () => {
  assert.deepEqual(foundWith({}), ['copied-lock value', 'copied-lock sent']);
});

test('shown by vet: what only Mapwarden says stays, and a directive that speaks of the rest is not idle', () => {
  assert.deepEqual(foundWith({ shownByVet: false }), ['copied-lock sent']);
});

test('shown by vet: the configuration wins over the editor', () => {
  assert.deepEqual(foundWith({ shownByVet: false }, '{ "go": { "shownByVet": true } }'), ['copied-lock value', 'copied-lock sent']);
  assert.deepEqual(foundWith({}, '{ "go": { "shownByVet": false } }'), ['copied-lock sent']);
});
