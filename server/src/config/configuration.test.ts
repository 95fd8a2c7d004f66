import assert from 'node:assert/strict';
import test from 'node:test';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { ConfigurationStore } from './configuration.ts';

function store(files: Readonly<Record<string, string>>) {
  const fileSystem = new MemoryFileSystem(files);
  return { fileSystem, configurations: new ConfigurationStore({ fileSystem }) };
}

const turning = (severity: string): string => JSON.stringify({ rules: { 'delete-loop': severity } });

test('configuration store: the nearest file counts, and folders share it', () => {
  const { configurations } = store({ '/r/.git/HEAD': '', '/r/.mapwarden.json': turning('off'), '/r/a/b/.mapwarden.json': turning('hint') });
  assert.equal(configurations.settingsOf('/r/x.go').severityOf('delete-loop'), 'off');
  assert.equal(configurations.settingsOf('/r/a/x.go').severityOf('delete-loop'), 'off');
  assert.equal(configurations.settingsOf('/r/a/b/c/x.go').severityOf('delete-loop'), 'hint');
});

test('configuration store: nothing above the root of the repository counts', () => {
  const { configurations } = store({ '/.mapwarden.json': turning('off'), '/r/.git/HEAD': '', '/w/.git': 'gitdir: elsewhere', '/loose/x.go': '' });
  assert.equal(configurations.configurationFor('/r/x.go'), undefined);
  assert.equal(configurations.configurationFor('/w/a/x.go'), undefined);
  assert.equal(configurations.configurationFor('/loose/x.go')?.path, '/.mapwarden.json');
});

test('configuration store: documents that are not on disk have none around them', () => {
  const { configurations } = store({ '/.mapwarden.json': turning('off') });
  assert.equal(configurations.configurationFor('untitled:Untitled-1'), undefined);
});

test('configuration store: changes are seen once they are told', () => {
  const { fileSystem, configurations } = store({ '/r/.git/HEAD': '', '/r/.mapwarden.json': turning('off') });
  const severity = () => configurations.settingsOf('/r/a/x.go').severityOf('delete-loop');
  assert.equal(severity(), 'off');
  fileSystem.write('/r/.mapwarden.json', turning('error'));
  configurations.invalidate('/r/.mapwarden.json');
  assert.equal(severity(), 'error');
  fileSystem.write('/r/a/.mapwarden.json', turning('hint'));
  configurations.invalidate('/r/a/.mapwarden.json');
  assert.equal(severity(), 'hint');
  fileSystem.delete('/r/a/.mapwarden.json');
  configurations.invalidate('/r/a');
  assert.equal(severity(), 'error');
});

test('configuration store: a file that cannot be read is one notice for the whole file', () => {
  const files = new MemoryFileSystem({ '/r/.git/HEAD': '', '/r/.mapwarden.json': '' });
  const fileSystem = new Proxy(files, {
    get: (target, key) => (key === 'readFile' ? () => ({ kind: 'unreadable', detail: 'permission denied' }) : Reflect.get(target, key).bind(target)),
  });
  const configurations = new ConfigurationStore({ fileSystem });
  assert.deepEqual(configurations.noticesFor('/r/x.go').map(({ path, line, message }) => ({ path, line, message })), [
    { path: '/r/.mapwarden.json', line: 0, message: 'the configuration cannot be read: permission denied' },
  ]);
});

test('configuration store: a configuration that was named speaks for every file', () => {
  const fileSystem = new MemoryFileSystem({ '/r/.git/HEAD': '', '/r/.mapwarden.json': turning('off'), '/ci.json': turning('error') });
  const configurations = new ConfigurationStore({ fileSystem, configurationFile: '/ci.json' });
  assert.equal(configurations.settingsOf('/r/x.go').severityOf('delete-loop'), 'error');
});
