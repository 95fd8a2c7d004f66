import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeKind } from '../../syntax/ast.ts';
import { formatGoVersion, newestGoVersion } from '../../packages/version.ts';
import { factsOrigin, hasStandardPackage, standardPackage, standardPackagePaths } from './standard-library.ts';
import { sinceOf } from './since.ts';

test('facts: describe the newest release', () => {
  assert.match(factsOrigin().release, new RegExp(`^go${formatGoVersion(newestGoVersion).replace('.', '\\.')}\\.\\d+$`));
});

test('facts: every package parses without errors and says its name', () => {
  const paths = standardPackagePaths();
  assert.ok(paths.length > 150, `${paths.length} packages`);
  for (const path of paths) {
    const found = standardPackage(path);
    assert.ok(found, path);
    const [file] = found.files;
    assert.deepEqual(file.syntax.errors, [], path);
    assert.equal(file.syntax.name.name, found.name);
  }
});

test('facts: imports of packages resolve within the facts', () => {
  for (const path of standardPackagePaths()) {
    const found = standardPackage(path);
    for (const declaration of found?.files[0].syntax.decls ?? []) {
      if (declaration.kind !== NodeKind.GenDecl) continue;
      for (const spec of declaration.specs) {
        if (spec.kind !== NodeKind.ImportSpec) continue;
        const imported = spec.path.value.slice(1, -1);
        assert.ok(imported === 'unsafe' || found?.resolveImport(imported), `${path} imports ${imported}`);
      }
    }
  }
});

test('packages: names that are none are unknown', () => {
  for (const path of ['', 'unsafe', 'nosuch', 'net/htt', 'syscall@windows', 'mapwarden go facts 1', 'example.com/m', 'C']) {
    assert.equal(standardPackage(path)?.path, undefined, path);
  }
  assert.equal(hasStandardPackage('net/http'), true);
  assert.equal(hasStandardPackage('http'), false);
});

test('packages: name and path may differ, platforms have their own', () => {
  assert.equal(standardPackage('math/rand/v2')?.name, 'rand');
  assert.ok(standardPackage('syscall', 'windows')?.files[0].text.includes('type Handle '));
  assert.ok(!standardPackage('syscall')?.files[0].text.includes('type Handle '));
  assert.equal(standardPackage('sync'), standardPackage('sync'));
});

test('since: functions, methods, fields, interface methods, constants', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['sync', 'Map.Clear', 23], ['sync', 'Map.Range', 9], ['sync', 'Map', 9], ['sync', 'WaitGroup.Go', 25], ['sync', 'Mutex', 0], ['sync', 'OnceFunc', 21], ['sync', 'Mutex.TryLock', 18],
    ['reflect', 'Value.Clear', 21], ['reflect', 'Value.SetZero', 20], ['reflect', 'Type.OverflowInt', 23], ['reflect', 'Type.Align', 0],
    ['maps', 'Clone', 21], ['maps', 'Keys', 23], ['slices', 'Sorted', 23], ['sync/atomic', 'Pointer', 19], ['sync/atomic', 'Pointer.Load', 19], ['sync/atomic', 'AddInt32', 0],
    ['go/version', 'Compare', 22], ['net/http', 'Server.Protocols', 24], ['net/http', 'MethodGet', 6], ['testing', 'T.Context', 24], ['testing', 'B.Loop', 24], ['testing', 'T.Cleanup', 14], ['testing', 'T.Log', 0],
    ['os', 'FileInfo', 0], ['os', 'ReadFile', 16], ['bufio', 'ReadWriter.Discard', 5], ['context', 'AfterFunc', 21], ['math/rand/v2', 'Rand.N', 27], ['uuid', 'New', 27],
  ];
  for (const [path, symbol, since] of cases) assert.equal(sinceOf(path, symbol), since, `${path}.${symbol}`);
});

test('since: symbols that do not exist are unknown', () => {
  for (const [path, symbol] of [['sync', 'Map.Len'], ['sync', 'NoSuch'], ['nosuch', 'X'], ['maps', 'Clone.X'], ['sync', ''], ['sync', '.Clear']] as const) {
    assert.equal(sinceOf(path, symbol), undefined, `${path}.${symbol}`);
  }
});
