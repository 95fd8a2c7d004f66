// Which files make up which package, and what a change leaves as it was.

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFile } from '../syntax/parser.ts';
import { MemoryFileSystem } from '../../workspace/file-system.ts';
import type { ReadResult } from '../../workspace/file-system.ts';
import { basename } from '../../workspace/paths.ts';
import { PackageGraph } from './graph.ts';
import type { GoPackage } from './package.ts';

const environment = { goos: 'linux', goarch: 'amd64' };
const goMod = { '/w/go.mod': 'module example.com/m\n\ngo 1.22\n' };

function setUp(files: Readonly<Record<string, string>>): { readonly disk: MemoryFileSystem; readonly graph: PackageGraph } {
  const disk = new MemoryFileSystem(files);
  return { disk, graph: new PackageGraph({ fileSystem: disk, environment }) };
}

/** `kind name: files | own files`, with the target where it is another one. */
function summary(package_: GoPackage): string {
  const names = (files: GoPackage['files']) => files.map((file) => basename(file.path).replace('.go', '')).join(' ');
  const own = names(package_.ownFiles);
  const all = names(package_.files);
  return `${package_.kind} ${package_.name}: ${all}${own === all ? '' : ` | ${own}`}`;
}

const tested = {
  ...goMod,
  '/w/a/a.go': 'package a\n',
  '/w/a/b.go': 'package a\n',
  '/w/a/in_test.go': 'package a\n',
  '/w/a/out_test.go': 'package a_test\n\nimport "example.com/m/a"\n',
  '/w/a/readme.md': '',
};

test('packages: library, tests in it and tests outside of it', () => {
  const { graph } = setUp(tested);
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a b', 'test a: a b in_test | in_test', 'external-test a_test: out_test']);
  const [library, inside, outside] = graph.packagesIn('/w/a');
  assert.equal(inside?.library, library);
  assert.equal(outside?.library, library);
  assert.deepEqual([inside?.path, outside?.path], ['example.com/m/a', 'example.com/m/a_test']);
  assert.equal(inside?.files[0], library?.files[0], 'files are shared');
});

test('packages: an external test imports the package with its tests, others the library', () => {
  const { graph } = setUp({ ...tested, '/w/b/b.go': 'package b\n', '/w/b/b_test.go': 'package b_test\n' });
  const [library, inside, outside] = graph.packagesIn('/w/a');
  assert.equal(outside?.resolveImport('example.com/m/a'), inside);
  const [other, otherOutside] = graph.packagesIn('/w/b');
  assert.equal(other?.resolveImport('example.com/m/a'), library);
  assert.equal(otherOutside?.resolveImport('example.com/m/b'), other, 'without tests in the package it is the library');
});

test('packages: a folder of tests only', () => {
  const { graph } = setUp({ ...goMod, '/w/t/a_test.go': 'package t\n', '/w/t/b_test.go': 'package t_test\n' });
  assert.deepEqual(graph.packagesIn('/w/t').map(summary), ['test t: a_test', 'external-test t_test: b_test']);
  assert.equal(graph.packageOf('/w/t/a_test.go')?.library, undefined);
});

test('packages: each file is reported from exactly one', () => {
  const { graph } = setUp({
    ...tested,
    '/w/a/c_windows.go': 'package a\n',
    '/w/a/d.go': '//go:build ignore\n\npackage main\n',
    '/w/a/_e.go': 'package a\n',
    '/w/a/f.go': '//go:build custom\n\npackage a\n',
    '/w/a/g.go': 'package documentation\n',
    '/w/a/h.go': '',
    '/w/a/win_windows_test.go': 'package a\n',
  });
  const variants = graph.variantsOf('/w/a');
  const owned = variants.flatMap((package_) => package_.ownFiles.map((file) => file.path));
  assert.deepEqual([...owned].sort(), [...new Set(owned)].sort());
  assert.equal(owned.length, 11);
  for (const package_ of variants) {
    for (const file of package_.ownFiles) assert.equal(graph.packageOf(file.path), package_, file.path);
  }
  assert.equal(new Set(variants.map((package_) => package_.id)).size, variants.length, 'ids differ');
});

test('variants: files for another system are seen with those that go with them', () => {
  const { graph } = setUp({
    ...goMod,
    '/w/a/all.go': 'package a\n',
    '/w/a/x_linux.go': 'package a\n',
    '/w/a/x_windows.go': 'package a\n',
    '/w/a/other.go': '//go:build !linux\n\npackage a\n',
    '/w/a/all_test.go': 'package a\n',
    '/w/a/x_windows_test.go': 'package a\n',
  });
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: all x_linux', 'test a: all all_test x_linux | all_test']);
  const others = graph.variantsOf('/w/a').slice(2);
  assert.deepEqual(others.map(summary), ['library a: all other x_windows | other x_windows', 'test a: all all_test other x_windows x_windows_test | x_windows_test']);
  assert.equal(others[0]?.target.goos, 'windows');
  assert.equal(graph.packageOf('/w/a/x_windows.go'), others[0]);
  assert.equal(graph.file('/w/a/x_windows.go')?.excludedBy, 'the file name asks for windows');
  assert.equal(graph.file('/w/a/other.go')?.constraint, '!linux');
});

test('variants: imports go to the files of the same target', () => {
  const { graph } = setUp({
    ...goMod,
    '/w/a/a_windows.go': 'package a\n\nimport (\n\t"example.com/m/b"\n\t"example.com/m/c"\n)\n',
    '/w/b/b_linux.go': 'package b\n',
    '/w/b/b_windows.go': 'package b\n',
    '/w/c/c.go': 'package c\n',
  });
  const windows = graph.packageOf('/w/a/a_windows.go');
  const b = windows?.resolveImport('example.com/m/b');
  assert.deepEqual(b?.files.map((file) => file.path), ['/w/b/b_windows.go']);
  assert.equal(b, graph.packageOf('/w/b/b_windows.go'));
  assert.equal(windows?.resolveImport('example.com/m/c'), graph.packageOf('/w/c/c.go'), 'the same files are the same package');
});

test('variants: files that nothing builds stand alone, or beside their package', () => {
  const { graph } = setUp({
    ...goMod,
    '/w/a/a.go': 'package a\n',
    '/w/a/a_linux.go': 'package a\n',
    '/w/a/gen1.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
    '/w/a/gen2.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
    '/w/a/off.go': '//go:build ignore\n\npackage a\n',
  });
  assert.deepEqual(graph.variantsOf('/w/a').map(summary), ['library a: a a_linux', 'library main: gen1', 'library main: gen2', 'library a: a off | off']);
});

test('packages: files of another package name are packages of their own', () => {
  const { graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n', '/w/a/b.go': 'package b\n', '/w/a/c.go': 'package a\n', '/w/x/x.go': 'package x\n' });
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a c', 'library b: b']);
  assert.equal(graph.packageOf('/w/x/x.go')?.resolveImport('example.com/m/a')?.name, 'a');
});

test('packages: a file without a package clause goes with the others', () => {
  const { graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n', '/w/a/new.go': '', '/w/a/new_test.go': 'func' });
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a new', 'test a: a new new_test | new_test']);
});

test('packages: cgo files are part of them', () => {
  const { graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n\nimport "C"\n', '/w/a/b.go': '//go:build !cgo\n\npackage a\n' });
  assert.deepEqual(graph.variantsOf('/w/a').map(summary), ['library a: a', 'library a: b']);
  assert.equal(graph.file('/w/a/a.go')?.usesCgo, true);
});

test('packages: a document that no folder lists', () => {
  const { disk, graph } = setUp({});
  disk.write('untitled:Untitled-1', 'package main\n\nfunc main() {}\n');
  const package_ = graph.packageOf('untitled:Untitled-1');
  assert.deepEqual([package_?.name, package_?.ownFiles.length, package_?.module], ['main', 1, undefined]);
});

test('packages: a name that the go command passes over can still be asked for', () => {
  const { graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n', '/w/a/_x.go': 'package a\n' });
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a']);
  assert.equal(graph.packageOf('/w/a/_x.go')?.ownFiles[0]?.excludedBy, 'the file name starts with _');
});

test('files: those that cannot be read say why, and the rest of the folder stands', () => {
  class Broken extends MemoryFileSystem {
    override readFile(path: string): ReadResult {
      if (path.endsWith('bad.go')) return { kind: 'unreadable', detail: 'permission denied' };
      return super.readFile(path);
    }
  }
  const disk = new Broken({ ...goMod, '/w/a/a.go': 'package a\n', '/w/a/bad.go': 'package a\n', '/w/a/long.go': `package a\n${' '.repeat(100)}` });
  const graph = new PackageGraph({ fileSystem: disk, environment, maxFileSize: 50 });
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a']);
  assert.equal(graph.skipReason('/w/a/bad.go'), 'permission denied');
  assert.equal(graph.skipReason('/w/a/long.go'), 'larger than 50 characters');
  assert.equal(graph.skipReason('/w/a/a.go'), undefined);
  assert.equal(graph.file('/w/a/bad.go'), undefined);
  assert.equal(graph.packageOf('/w/a/bad.go'), undefined);
  assert.equal(graph.skipReason('/w/a/none.go'), 'no such file');
});

test('change: another text is another file in the same package', () => {
  const { disk, graph } = setUp(tested);
  const package_ = graph.packageOf('/w/a/a.go')!;
  const [a, b] = package_.files;
  disk.write('/w/a/a.go', 'package a\n\nvar x int\n');
  assert.equal(graph.file('/w/a/a.go'), a, 'nothing is read again before somebody says so');
  assert.deepEqual(graph.invalidate('/w/a/a.go', 'content'), ['/w/a']);
  assert.equal(graph.packageOf('/w/a/a.go'), package_);
  assert.notEqual(package_.files[0], a);
  assert.equal(package_.files[0]?.text, 'package a\n\nvar x int\n');
  assert.equal(package_.files[1], b);
  assert.equal(graph.packageOf('/w/a/in_test.go')?.files[0], package_.files[0]);
});

test('change: the same text again changes nothing', () => {
  const { graph } = setUp(tested);
  const package_ = graph.packageOf('/w/a/a.go')!;
  const files = package_.files;
  const syntax = files[0]!.syntax;
  graph.invalidate('/w/a/a.go', 'content');
  assert.equal(package_.files, files);
  assert.equal(graph.file('/w/a/a.go')!.syntax, syntax);
});

test('change: a tree that was handed over is used for its text only', () => {
  const { disk, graph } = setUp(tested);
  const before = graph.file('/w/a/a.go')!;
  const text = 'package a\n\nvar y int\n';
  const syntax = parseFile(text);
  disk.write('/w/a/a.go', text);
  graph.adopt('/w/a/a.go', text, syntax);
  assert.equal(graph.file('/w/a/a.go')!.syntax, syntax);
  assert.notEqual(graph.file('/w/a/a.go'), before);
  disk.write('/w/a/a.go', 'package a\n');
  graph.adopt('/w/a/a.go', text, syntax);
  assert.notEqual(graph.file('/w/a/a.go')!.syntax, syntax);
});

test('change: a constraint or package clause moves the file to another package', () => {
  const { disk, graph } = setUp(tested);
  const library = graph.packageOf('/w/a/a.go');
  disk.write('/w/a/b.go', '//go:build windows\n\npackage a\n');
  graph.invalidate('/w/a/b.go', 'content');
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a', 'test a: a in_test | in_test', 'external-test a_test: out_test']);
  assert.notEqual(graph.packageOf('/w/a/a.go'), library);
  assert.equal(graph.packageOf('/w/a/b.go')?.target.goos, 'windows');
  disk.write('/w/a/b.go', 'package b\n');
  graph.invalidate('/w/a/b.go', 'content');
  assert.equal(graph.packageOf('/w/a/b.go')?.name, 'b');
});

test('change: files that come and go', () => {
  const { disk, graph } = setUp(tested);
  const external = graph.packageOf('/w/a/out_test.go');
  graph.packagesIn('/w/a');
  disk.write('/w/a/c.go', 'package a\n');
  graph.invalidate('/w/a/c.go', 'list');
  assert.deepEqual(graph.packagesIn('/w/a').map(summary)[0], 'library a: a b c');
  assert.equal(graph.packageOf('/w/a/out_test.go'), external, 'a package with the same files stays');
  disk.delete('/w/a/c.go');
  graph.invalidate('/w/a/c.go', 'list');
  assert.deepEqual(graph.packagesIn('/w/a').map(summary)[0], 'library a: a b');
  assert.equal(graph.file('/w/a/c.go'), undefined);
});

test('change: an import path gets a meaning, and loses it', () => {
  const { disk, graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n\nimport "example.com/m/b"\n' });
  const a = graph.packageOf('/w/a/a.go')!;
  assert.equal(a.resolveImport('example.com/m/b'), undefined);
  disk.write('/w/b/b.go', 'package b\n');
  graph.invalidate('/w/b', 'list');
  assert.equal(a.resolveImport('example.com/m/b')?.name, 'b');
  assert.deepEqual(graph.importersOf('/w/b'), [a]);
  disk.delete('/w/b/b.go');
  graph.invalidate('/w/b/b.go', 'list');
  assert.equal(a.resolveImport('example.com/m/b'), undefined);
});

test('change: go.mod makes packages of its module anew, and no others', () => {
  const { disk, graph } = setUp({ ...tested, '/v/go.mod': 'module example.com/v\n', '/v/v.go': 'package v\n' });
  const a = graph.packageOf('/w/a/a.go');
  const syntax = graph.file('/w/a/a.go')!.syntax;
  const other = graph.packageOf('/v/v.go');
  disk.write('/w/go.mod', 'module example.com/renamed\n\ngo 1.20\n');
  assert.deepEqual(graph.invalidate('/w/go.mod', 'content'), ['/w/a']);
  assert.notEqual(graph.packageOf('/w/a/a.go'), a);
  assert.equal(graph.packageOf('/w/a/a.go')?.path, 'example.com/renamed/a');
  assert.equal(graph.file('/w/a/a.go')!.languageVersion?.version, 20);
  assert.equal(graph.file('/w/a/a.go')!.syntax, syntax, 'nothing is parsed again');
  assert.equal(graph.packageOf('/v/v.go'), other);
});

test('change: go.mod that says the same changes nothing', () => {
  const { graph } = setUp(tested);
  const a = graph.packageOf('/w/a/a.go');
  assert.deepEqual(graph.invalidate('/w/go.mod', 'content'), []);
  assert.equal(graph.packageOf('/w/a/a.go'), a);
});

test('change: a new go.mod takes the folders below it', () => {
  const { disk, graph } = setUp(tested);
  const before = graph.packageOf('/w/a/a.go');
  disk.write('/w/a/go.mod', 'module example.com/new\ngo 1.19\n');
  assert.deepEqual(graph.invalidate('/w/a/go.mod', 'list'), ['/w/a']);
  const after = graph.packageOf('/w/a/a.go');
  assert.notEqual(after, before);
  assert.deepEqual([after?.path, after?.files[0]?.languageVersion?.version], ['example.com/new', 19]);
});

test('change: go.work joins modules and parts them', () => {
  const { disk, graph } = setUp({
    '/w/a/go.mod': 'module example.com/a\n', '/w/a/a.go': 'package a\n\nimport "example.com/b"\n',
    '/w/b/go.mod': 'module example.com/b\n', '/w/b/b.go': 'package b\n',
  });
  const resolve = () => graph.packageOf('/w/a/a.go')?.resolveImport('example.com/b')?.directory;
  assert.equal(resolve(), undefined);
  disk.write('/w/go.work', 'use ./a\nuse ./b\n');
  graph.invalidate('/w/go.work', 'list');
  assert.equal(resolve(), '/w/b');
  disk.write('/w/go.work', 'use ./a\n');
  graph.invalidate('/w/go.work', 'content');
  assert.equal(resolve(), undefined);
  disk.delete('/w/go.work');
  graph.invalidate('/w/go.work', 'list');
  assert.equal(resolve(), undefined);
});

test('change: a folder with modules in it comes and goes', () => {
  const { disk, graph } = setUp({ '/w/x/x.go': 'package x\n' });
  assert.equal(graph.packageOf('/w/x/x.go')?.module, undefined);
  disk.write('/w/go.mod', 'module example.com/m\n');
  graph.invalidate('/w', 'list');
  assert.equal(graph.packageOf('/w/x/x.go')?.module?.path, 'example.com/m');
  disk.delete('/w/go.mod');
  disk.delete('/w/x/x.go');
  graph.invalidate('/w', 'list');
  assert.equal(graph.packageOf('/w/x/x.go'), undefined);
  assert.deepEqual(graph.packagesIn('/w/x'), []);
});

test('importers: direct ones, tests among them', () => {
  const { graph } = setUp({ ...tested, '/w/b/b.go': 'package b\n\nimport _ "example.com/m/a"\n', '/w/c/c.go': 'package c\n\nimport _ "example.com/m/b"\n' });
  for (const folder of ['a', 'b', 'c']) graph.packagesIn(`/w/${folder}`);
  assert.deepEqual(graph.importersOf('/w/a').map((package_) => package_.path), ['example.com/m/a_test', 'example.com/m/b']);
});

test('importers: programs that nothing builds', () => {
  const { graph } = setUp({ ...tested, '/w/b/gen.go': '//go:build ignore\n\npackage main\n\nimport _ "example.com/m/a"\n' });
  const program = graph.packageOf('/w/b/gen.go');
  assert.deepEqual(graph.importersOf('/w/a'), [program]);
});

test('release: what was dropped is read again and says the same', () => {
  const { graph } = setUp(tested);
  const before = graph.variantsOf('/w/a');
  const summaries = before.map(summary);
  graph.release('/w/a');
  const after = graph.variantsOf('/w/a');
  assert.notEqual(after[0], before[0]);
  assert.deepEqual(after.map(summary), summaries);
  assert.deepEqual(after.map(({ id }) => id), before.map(({ id }) => id));
});

test('keepHeaders: texts and trees are read again when asked for, packages stay what they are', () => {
  const { disk, graph } = setUp({ ...goMod, '/w/a/a.go': 'package a\n', '/w/b/b.go': 'package b\n\nimport "example.com/m/a"\n' });
  const reads: string[] = [];
  const read = disk.readFile.bind(disk);
  disk.readFile = (path) => {
    if (path.endsWith('.go')) reads.push(path);
    return read(path);
  };
  const [a] = graph.packagesIn('/w/a');
  const [b] = graph.packagesIn('/w/b');
  const trees = [a?.files[0]?.syntax, b?.files[0]?.syntax];
  assert.deepEqual(reads, ['/w/a/a.go', '/w/b/b.go']);
  graph.keepHeaders((directory) => directory === '/w/a');
  assert.equal(b?.resolveImport('example.com/m/a'), a);
  assert.deepEqual(graph.packagesIn('/w/a').map(summary), ['library a: a']);
  assert.equal(reads.length, 2, 'headers are kept');
  assert.notEqual(a?.files[0]?.syntax, trees[0]);
  assert.equal(a?.files[0]?.text, 'package a\n');
  assert.equal(b?.files[0]?.syntax, trees[1]);
  assert.deepEqual(reads.slice(2), ['/w/a/a.go']);
});
