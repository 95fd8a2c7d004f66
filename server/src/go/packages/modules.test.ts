// How folders find their module, and import paths their folder.

import assert from 'node:assert/strict';
import test from 'node:test';
import { MemoryFileSystem } from '../../workspace/file-system.ts';
import { PackageGraph } from './graph.ts';
import type { GoEnvironment } from './graph.ts';
import type { GoPackage } from './package.ts';

const linux: GoEnvironment = { goos: 'linux', goarch: 'amd64', gomodcache: '/cache' };

function graphOf(files: Readonly<Record<string, string>>, environment: GoEnvironment = linux): PackageGraph {
  return new PackageGraph({ fileSystem: new MemoryFileSystem(files), environment });
}

function libraryIn(graph: PackageGraph, directory: string): GoPackage {
  const found = graph.packagesIn(directory).find((package_) => package_.kind === 'library');
  assert.ok(found, directory);
  return found;
}

/** The folder that an import of the library in a folder means. */
function resolved(graph: PackageGraph, directory: string, path: string): string | undefined {
  return libraryIn(graph, directory).resolveImport(path)?.directory;
}

test('modules: the nearest go.mod upwards, with the path of the package in it', () => {
  const graph = graphOf({ '/w/go.mod': 'module example.com/m\ngo 1.20\n', '/w/a/b/x.go': 'package b\n', '/w/x.go': 'package m\n' });
  assert.equal(libraryIn(graph, '/w/a/b').path, 'example.com/m/a/b');
  assert.equal(libraryIn(graph, '/w').path, 'example.com/m');
  assert.equal(graph.moduleOf('/w/a/b')?.goVersion, 20);
  assert.deepEqual(graph.file('/w/a/b/x.go')?.languageVersion, { version: 20, reason: 'go 1.20 in go.mod line 2' });
});

test('modules: without a go line the language is that of Go 1.16', () => {
  const graph = graphOf({ '/w/go.mod': 'module example.com/m\n', '/w/x.go': 'package m\n' });
  assert.deepEqual(graph.file('/w/x.go')?.languageVersion, { version: 16, reason: 'no go line in go.mod' });
});

test('modules: a go line that cannot be read leaves the version unknown, and is a notice', () => {
  const graph = graphOf({ '/w/go.mod': 'module example.com/m\ngo one\n', '/w/x.go': 'package m\n' });
  assert.equal(graph.file('/w/x.go')?.languageVersion, undefined);
  assert.deepEqual(graph.noticesFor('/w').map(({ path, line }) => [path, line]), [['/w/go.mod', 2]]);
  assert.equal(libraryIn(graph, '/w').path, 'example.com/m');
});

test('modules: loose files have a package but no module and no version', () => {
  const graph = graphOf({ '/w/a/x.go': 'package x\nimport "../b"\n', '/w/b/y.go': 'package y\n' });
  const loose = libraryIn(graph, '/w/a');
  assert.deepEqual([loose.path, loose.module, graph.file('/w/a/x.go')?.libraryFloor], ['/w/a', undefined, undefined]);
  assert.equal(loose.resolveImport('../b')?.name, 'y');
  assert.equal(loose.resolveImport('example.com/b'), undefined);
});

test('modules: a setting replaces the go line, the file\'s constraint still counts', () => {
  const fileSystem = new MemoryFileSystem({ '/w/go.mod': 'module m\ngo 1.16\n', '/w/x.go': 'package m\n', '/w/y.go': '//go:build go1.22\n\npackage m\n' });
  let setting: number | undefined = 21;
  const graph = new PackageGraph({ fileSystem, environment: linux, goVersionFor: () => (setting === undefined ? undefined : { version: setting, reason: 'setting' }) });
  assert.deepEqual(graph.file('/w/x.go')?.languageVersion, { version: 21, reason: 'setting' });
  assert.equal(graph.file('/w/y.go')?.languageVersion?.version, 22);
  const package_ = libraryIn(graph, '/w');
  setting = undefined;
  graph.versionsChanged();
  assert.equal(graph.file('/w/x.go')?.languageVersion?.version, 16);
  assert.equal(libraryIn(graph, '/w'), package_);
  assert.equal(package_.files[0]?.languageVersion?.version, 16);
});

test('imports: packages of the module, but not those of a module nested in it', () => {
  const graph = graphOf({
    '/w/go.mod': 'module example.com/m\ngo 1.20\n',
    '/w/x.go': 'package m\n',
    '/w/a/a.go': 'package a\n',
    '/w/empty/readme.md': '',
    '/w/nested/go.mod': 'module example.com/m/nested\n',
    '/w/nested/n.go': 'package nested\n',
  });
  assert.equal(resolved(graph, '/w', 'example.com/m/a'), '/w/a');
  assert.equal(resolved(graph, '/w/a', 'example.com/m'), '/w');
  for (const path of ['example.com/m/nested', 'example.com/m/empty', 'example.com/m/none', 'example.com/mm', 'fmt', 'C', 'unsafe', '', '/w/a', './a']) {
    assert.equal(resolved(graph, '/w', path), undefined, path);
  }
});

test('imports: internal packages are there for the tree around them', () => {
  const graph = graphOf({
    '/w/go.mod': 'module example.com/m\n',
    '/w/a/internal/x/x.go': 'package x\n',
    '/w/a/a.go': 'package a\n',
    '/w/a/b/b.go': 'package b\n',
    '/w/ab/ab.go': 'package ab\n',
    '/w/x.go': 'package m\n',
    '/w/internal/y.go': 'package internal\n',
    '/w/a/a_test.go': 'package a_test\n',
  });
  assert.equal(resolved(graph, '/w/a', 'example.com/m/a/internal/x'), '/w/a/internal/x');
  assert.equal(resolved(graph, '/w/a/b', 'example.com/m/a/internal/x'), '/w/a/internal/x');
  assert.equal(resolved(graph, '/w/ab', 'example.com/m/a/internal/x'), undefined);
  assert.equal(resolved(graph, '/w', 'example.com/m/a/internal/x'), undefined);
  assert.equal(resolved(graph, '/w/ab', 'example.com/m/internal'), '/w/internal');
  const external = graph.packagesIn('/w/a').find((package_) => package_.kind === 'external-test');
  assert.equal(external?.resolveImport('example.com/m/a/internal/x')?.directory, '/w/a/internal/x');
});

test('imports: the module cache, with escaped capitals and the versions of go.mod', () => {
  const graph = graphOf({
    '/w/go.mod': 'module example.com/m\ngo 1.20\nrequire (\n\tgithub.com/BurntSushi/toml v1.2.0-RC1\n\texample.com/d v1.0.0\n)\n',
    '/w/x.go': 'package m\n',
    '/cache/github.com/!burnt!sushi/toml@v1.2.0-!r!c1/go.mod': 'module github.com/BurntSushi/toml\ngo 1.18\n',
    '/cache/github.com/!burnt!sushi/toml@v1.2.0-!r!c1/sub/s.go': 'package s\nimport "example.com/d"\n',
    '/cache/example.com/d@v1.0.0/d.go': 'package d\n',
    '/cache/example.com/d@v1.1.0/d.go': 'package d\n',
  });
  const toml = libraryIn(graph, '/w').resolveImport('github.com/BurntSushi/toml/sub');
  assert.equal(toml?.directory, '/cache/github.com/!burnt!sushi/toml@v1.2.0-!r!c1/sub');
  assert.deepEqual([toml?.dependency, toml?.module?.version, toml?.module?.goVersion, toml?.path], [true, 'v1.2.0-RC1', 18, 'github.com/BurntSushi/toml/sub']);
  assert.equal(toml?.files[0]?.origin, 'module-cache');
  const d = toml?.resolveImport('example.com/d');
  assert.equal(d?.directory, '/cache/example.com/d@v1.0.0');
  assert.equal(d?.module?.goVersion, 16);
});

test('imports: what only a dependency of before 1.17 requires', () => {
  const graph = graphOf({
    '/w/go.mod': 'module example.com/m\ngo 1.15\nrequire example.com/d v1.0.0\n',
    '/w/x.go': 'package m\n',
    '/cache/example.com/d@v1.0.0/go.mod': 'module example.com/d\nrequire example.com/e v0.3.0\n',
    '/cache/example.com/d@v1.0.0/d.go': 'package d\n',
    '/cache/example.com/e@v0.3.0/e.go': 'package e\n',
  });
  const d = libraryIn(graph, '/w').resolveImport('example.com/d');
  assert.equal(d?.resolveImport('example.com/e')?.directory, '/cache/example.com/e@v0.3.0');
  assert.equal(libraryIn(graph, '/w').resolveImport('example.com/e'), undefined);
});

test('imports: replace by folder and by version', () => {
  const graph = graphOf({
    '/w/go.mod': `module example.com/m
go 1.20
require (
	example.com/a v1.0.0
	example.com/b v1.0.0
	example.com/c v1.0.0
)
replace example.com/a => ../a
replace example.com/b v1.0.0 => example.com/fork v1.5.0
replace example.com/c v0.9.0 => ../a
`,
    '/w/x.go': 'package m\n',
    '/a/go.mod': 'module example.com/a\ngo 1.22\n',
    '/a/sub/a.go': 'package sub\n',
    '/cache/example.com/fork@v1.5.0/b.go': 'package b\n',
    '/cache/example.com/b@v1.0.0/b.go': 'package b\n',
    '/cache/example.com/c@v1.0.0/c.go': 'package c\n',
  });
  const a = libraryIn(graph, '/w').resolveImport('example.com/a/sub');
  assert.deepEqual([a?.directory, a?.dependency, a?.path, a?.module?.goVersion], ['/a/sub', false, 'example.com/a/sub', 22]);
  assert.equal(resolved(graph, '/w', 'example.com/b'), '/cache/example.com/fork@v1.5.0');
  assert.equal(resolved(graph, '/w', 'example.com/c'), '/cache/example.com/c@v1.0.0');
});

test('imports: the longest module path that has the package provides it', () => {
  const graph = graphOf({
    '/w/go.mod': 'module example.com/m\nrequire (\n\texample.com/d v1.0.0\n\texample.com/d/sub v1.0.0\n)\n',
    '/w/x.go': 'package m\n',
    '/cache/example.com/d@v1.0.0/sub/old/x.go': 'package old\n',
    '/cache/example.com/d@v1.0.0/sub/both/x.go': 'package both\n',
    '/cache/example.com/d/sub@v1.0.0/both/x.go': 'package both\n',
  });
  assert.equal(resolved(graph, '/w', 'example.com/d/sub/both'), '/cache/example.com/d/sub@v1.0.0/both');
  assert.equal(resolved(graph, '/w', 'example.com/d/sub/old'), '/cache/example.com/d@v1.0.0/sub/old');
});

const vendored = {
  '/w/go.mod': 'module example.com/m\ngo 1.20\nrequire example.com/d v1.0.0\n',
  '/w/x.go': 'package m\n',
  '/w/vendor/modules.txt': '# example.com/d v1.0.0\n## explicit; go 1.18\nexample.com/d/sub\n',
  '/w/vendor/example.com/d/sub/d.go': 'package sub\nimport "example.com/d/internal/i"\n',
  '/w/vendor/example.com/d/internal/i/i.go': 'package i\n',
};

test('imports: the vendor folder, seen alike from an import and from its own files', () => {
  const graph = graphOf(vendored);
  const sub = libraryIn(graph, '/w').resolveImport('example.com/d/sub');
  assert.deepEqual([sub?.directory, sub?.dependency, sub?.module?.path, sub?.module?.goVersion], ['/w/vendor/example.com/d/sub', true, 'example.com/d', 18]);
  assert.equal(libraryIn(graph, '/w/vendor/example.com/d/sub'), sub);
  assert.equal(sub?.files[0]?.origin, 'vendor');
  assert.equal(sub?.resolveImport('example.com/d/internal/i')?.path, 'example.com/d/internal/i');
  assert.equal(resolved(graph, '/w', 'example.com/d/internal/i'), undefined);
});

const workspace = {
  '/w/go.work': 'go 1.22\nuse ./a\nuse ./b\nuse ./none\nreplace example.com/r => ./r\n',
  '/w/a/go.mod': 'module example.com/a\ngo 1.22\nrequire example.com/d v1.1.0\nreplace example.com/r => ../wrong\n',
  '/w/a/a.go': 'package a\n',
  '/w/b/go.mod': 'module example.com/b\ngo 1.20\nrequire example.com/d v1.10.0\nrequire example.com/r v1.0.0\n',
  '/w/b/b.go': 'package b\n',
  '/w/r/r.go': 'package r\n',
  '/w/wrong/r.go': 'package r\n',
  '/w/c/go.mod': 'module example.com/c\n',
  '/w/c/c.go': 'package c\n',
  '/cache/example.com/d@v1.1.0/d.go': 'package d\n',
  '/cache/example.com/d@v1.10.0/d.go': 'package d\n',
};

test('go.work: its modules see each other, the highest requirement and its own replaces', () => {
  const graph = graphOf(workspace);
  assert.equal(resolved(graph, '/w/a', 'example.com/b'), '/w/b');
  assert.equal(libraryIn(graph, '/w/a').resolveImport('example.com/b'), libraryIn(graph, '/w/b'));
  assert.equal(resolved(graph, '/w/a', 'example.com/d'), '/cache/example.com/d@v1.10.0');
  assert.equal(resolved(graph, '/w/a', 'example.com/r'), '/w/r');
  assert.equal(graph.file('/w/b/b.go')?.languageVersion?.version, 20);
});

test('go.work: a module that it does not use stands alone', () => {
  const graph = graphOf(workspace);
  assert.equal(resolved(graph, '/w/c', 'example.com/a'), undefined);
  assert.equal(libraryIn(graph, '/w/c').path, 'example.com/c');
});

test('go.work: a folder without go.mod is a notice at its line', () => {
  const [notice, ...others] = graphOf(workspace).noticesFor('/w/a');
  assert.deepEqual([notice?.path, notice?.line, others.length], ['/w/go.work', 4, 0]);
});

test('go.work: can be switched off, or be another file', () => {
  assert.equal(resolved(graphOf(workspace, { ...linux, gowork: 'off' }), '/w/a', 'example.com/b'), undefined);
  const elsewhere = { ...workspace, '/else/go.work': 'use /w/a\nuse ../w/c\n' };
  assert.equal(resolved(graphOf(elsewhere, { ...linux, gowork: '/else/go.work' }), '/w/a', 'example.com/c'), '/w/c');
});

test('go.work: its vendor folder serves all modules', () => {
  const graph = graphOf({
    ...workspace,
    '/w/vendor/modules.txt': '# example.com/d v1.10.0\n## go 1.19\nexample.com/d\n',
    '/w/vendor/example.com/d/d.go': 'package d\n',
  });
  assert.equal(resolved(graph, '/w/a', 'example.com/d'), '/w/vendor/example.com/d');
  assert.equal(libraryIn(graph, '/w/vendor/example.com/d').module?.goVersion, 19);
});

test('distribution: std and cmd with their vendored packages', () => {
  const graph = graphOf({
    '/go/src/go.mod': 'module std\ngo 1.24\n',
    '/go/src/fmt/f.go': 'package fmt\n',
    '/go/src/internal/abi/a.go': 'package abi\n',
    '/go/src/vendor/golang.org/x/net/n.go': 'package net\n',
    '/go/src/cmd/go.mod': 'module cmd\ngo 1.24\n',
    '/go/src/cmd/go/main.go': 'package main\n',
    '/go/src/cmd/internal/obj/o.go': 'package obj\n',
    '/go/src/cmd/vendor/golang.org/x/mod/m.go': 'package mod\n',
    '/go/src/fmt/new.go': '//go:build go1.25\n\npackage fmt\n',
  });
  const fmt = libraryIn(graph, '/go/src/fmt');
  assert.deepEqual([fmt.path, fmt.standardLibrary, fmt.dependency], ['fmt', true, false]);
  assert.equal(fmt.files.length, 1, 'release tags are those of the distribution');
  assert.equal(fmt.resolveImport('internal/abi')?.path, 'internal/abi');
  const net = fmt.resolveImport('golang.org/x/net');
  assert.deepEqual([net?.path, net?.dependency], ['vendor/golang.org/x/net', true]);
  assert.equal(fmt.resolveImport('golang.org/x/mod'), undefined);
  const goCommand = libraryIn(graph, '/go/src/cmd/go');
  assert.deepEqual([goCommand.path, goCommand.standardLibrary], ['cmd/go', true]);
  assert.equal(goCommand.resolveImport('golang.org/x/mod')?.path, 'cmd/vendor/golang.org/x/mod');
  assert.equal(goCommand.resolveImport('fmt'), fmt);
  assert.equal(goCommand.resolveImport('internal/abi')?.path, 'internal/abi');
  assert.equal(goCommand.resolveImport('cmd/internal/obj')?.directory, '/go/src/cmd/internal/obj');
  assert.equal(fmt.resolveImport('cmd/internal/obj'), undefined);
});

test('modules: virtual workspaces, and the root of a file system', () => {
  for (const root of ['vscode-vfs://github/owner/name', '']) {
    const graph = graphOf({
      [`${root}/go.mod`]: 'module example.com/m\ngo 1.20\nrequire example.com/d v1.0.0\n',
      [`${root}/a/a.go`]: 'package a\n',
      [`${root}/x.go`]: 'package m\n',
      [`${root}/vendor/modules.txt`]: '# example.com/d v1.0.0\n## explicit; go 1.18\nexample.com/d\n',
      [`${root}/vendor/example.com/d/d.go`]: 'package d\n',
    });
    const main = graph.packageOf(`${root}/x.go`);
    assert.equal(main?.path, 'example.com/m', root);
    assert.equal(main?.resolveImport('example.com/m/a')?.directory, `${root}/a`, root);
    assert.equal(main?.resolveImport('example.com/d')?.directory, `${root}/vendor/example.com/d`, root);
    assert.equal(graph.packageOf(`${root}/vendor/example.com/d/d.go`)?.path, 'example.com/d', root);
  }
});
