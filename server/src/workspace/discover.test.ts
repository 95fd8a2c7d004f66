import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import test from 'node:test';
import { discoverGoFiles, goFiles } from '../go/packages/discover.ts';
import { PackageGraph } from '../go/packages/graph.ts';
import { DiskFileSystem } from '../node/disk-file-system.ts';
import { discover } from './discover.ts';
import type { Discovery, FileKind } from './discover.ts';
import { MemoryFileSystem } from './file-system.ts';

const scripts: FileKind = { wants: (name) => name.endsWith('.ts'), accepts: (name) => name.endsWith('.ts'), enters: (name) => name !== 'node_modules' };

/** The files, each with a `!` behind it if it was named; other answers as `kind path`. */
function found(files: Readonly<Record<string, string>>, paths: readonly string[], options: Partial<Discovery> = {}): readonly string[] {
  const answers = discover({ fileSystem: new MemoryFileSystem(files), paths, kinds: [goFiles], ...options });
  return [...answers].filter(({ kind }) => kind !== 'folder').map((answer) => {
    if (answer.kind === 'file') return answer.named ? `${answer.path}!` : answer.path;
    return `${answer.kind} ${answer.path}`;
  });
}

function tree(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, 'package p\n']));
}

test('discover: files of a folder by name, then its folders', () => {
  const files = tree('/w/b.go', '/w/a.go', '/w/z/a.go', '/w/a/z.go', '/w/a/a/x.go', '/w/readme.md', '/w/a_test.go');
  const all = ['/w/a.go', '/w/a_test.go', '/w/b.go', '/w/a/z.go', '/w/a/a/x.go', '/w/z/a.go'];
  assert.deepEqual(found(files, ['/w']), all);
  assert.deepEqual(found(files, ['/w/...']), all);
  assert.deepEqual(found(files, ['/w/./z/..']), all);
});

test('discover: folders and names that the go command passes over', () => {
  const files = tree('/w/vendor/a/x.go', '/w/testdata/x.go', '/w/_x/x.go', '/w/.x/x.go', '/w/node_modules/x.go', '/w/_x.go', '/w/.x.go', '/w/vendored/x.go');
  assert.deepEqual(found(files, ['/w']), ['/w/vendored/x.go']);
});

test('discover: what is named is analysed, what lies below it by the rules', () => {
  const files = tree('/w/vendor/a/x.go', '/w/vendor/a/vendor/b/y.go', '/w/testdata/_x.go');
  assert.deepEqual(found(files, ['/w/vendor']), ['/w/vendor/a/x.go']);
  assert.deepEqual(found(files, ['/w/vendor/a/vendor/b/y.go', '/w/testdata/_x.go']), ['/w/vendor/a/vendor/b/y.go!', '/w/testdata/_x.go!']);
});

test('discover: a file that is reached twice is given once', () => {
  const files = tree('/w/a/x.go', '/w/b/y.go');
  assert.deepEqual(found(files, ['/w/b/y.go', '/w', '/w/a']), ['/w/b/y.go!', '/w/a/x.go']);
});

test('discover: paths that are not there, and files of no language', () => {
  assert.deepEqual(found(tree('/w/readme.md'), ['/w/none', '/w/readme.md', '/w']), ['missing /w/none', 'unknown /w/readme.md']);
});

test('discover: .gitignore files, nested and negated', () => {
  const files = {
    ...tree('/r/w/a.go', '/r/w/gen/b.go', '/r/w/gen/keep.go', '/r/w/out/x.go', '/r/w/sub/a.gen.go', '/r/w/sub/b.gen.go', '/r/w/sub/top.go', '/r/w/top.go', '/r/.git/config'),
    '/r/.gitignore': '/w/out/\n*.gen.go\n',
    '/r/w/.gitignore': '/top.go\ngen/*\n!gen/keep.go\n',
    '/r/w/sub/.gitignore': '!b.gen.go\n',
  };
  assert.deepEqual(found(files, ['/r/w']), ['/r/w/a.go', '/r/w/gen/keep.go', '/r/w/sub/b.gen.go', '/r/w/sub/top.go']);
});

test('discover: a named path is analysed although .gitignore leaves it out', () => {
  const files = { ...tree('/r/.git/config', '/r/out/x.go', '/r/out/y/z.go', '/r/a.go'), '/r/.gitignore': 'out\na.go\n' };
  assert.deepEqual(found(files, ['/r']), []);
  assert.deepEqual(found(files, ['/r/out', '/r/a.go']), ['/r/out/x.go', '/r/out/y/z.go', '/r/a.go!']);
});

test('discover: a repository in another one has ignore files of its own', () => {
  const files = { ...tree('/r/.git/config', '/r/x.gen.go', '/r/sub/x.gen.go', '/r/sub/.git/config', '/r/sub/y.go'), '/r/.gitignore': '*.gen.go\n' };
  assert.deepEqual(found(files, ['/r']), ['/r/sub/x.gen.go', '/r/sub/y.go']);
});

test('discover: settings exclude files and folders, but no file that is named', () => {
  const files = tree('/w/a.go', '/w/b.go', '/w/c/d.go');
  const isExcluded = (path: string) => path === '/w/b.go' || path === '/w/c';
  assert.deepEqual(found(files, ['/w', '/w/b.go'], { isExcluded }), ['/w/a.go', '/w/b.go!']);
});

test('discover: languages walk together, each by its own rules', () => {
  const files = tree('/w/a.go', '/w/a.ts', '/w/testdata/b.go', '/w/testdata/b.ts', '/w/testdata/x/c.go', '/w/node_modules/x/c.ts');
  assert.deepEqual(found(files, ['/w'], { kinds: [goFiles, scripts] }), ['/w/a.go', '/w/a.ts', '/w/testdata/b.ts']);
});

test('discover: generated files are flagged', () => {
  const fileSystem = new MemoryFileSystem({ '/w/a.go': 'package a\n', '/w/b.go': '// Code generated by b. DO NOT EDIT.\npackage a\n' });
  const graph = new PackageGraph({ fileSystem, environment: { goos: 'linux', goarch: 'amd64' } });
  assert.deepEqual([...discoverGoFiles(graph, { fileSystem, paths: ['/w', '/w/b.go'] })], [
    { path: '/w/a.go', named: false, generated: false },
    { path: '/w/b.go', named: true, generated: true },
  ]);
});

test('discover: links on disk', { skip: process.platform === 'win32' ? 'needs symbolic links' : false }, () => {
  const root = realpathSync(mkdtempSync(`${tmpdir()}/mapwarden-discover-`));
  try {
    for (const path of ['real/a.go', 'real/sub/b.go', 'beside/c.go', 'other/d.go']) {
      mkdirSync(dirname(`${root}/${path}`), { recursive: true });
      writeFileSync(`${root}/${path}`, 'package p\n');
    }
    symlinkSync(`${root}/real`, `${root}/link`);
    symlinkSync(`${root}/real`, `${root}/real/sub/loop`);
    symlinkSync(`${root}/other/d.go`, `${root}/real/linked.go`);
    symlinkSync(`${root}/real/a.go`, `${root}/real/twice.go`);
    symlinkSync(`${root}/nowhere.go`, `${root}/real/broken.go`);
    const paths = (...named: readonly string[]) => {
      const answers = discover({ fileSystem: new DiskFileSystem(), paths: named.map((path) => `${root}/${path}`), kinds: [goFiles] });
      return [...answers].filter(({ kind }) => kind === 'file').map(({ path }) => path.slice(root.length + 1));
    };
    // A link that is named is followed, and what is found keeps the name it was reached by.
    assert.deepEqual(paths('link'), ['link/a.go', 'link/linked.go', 'link/sub/b.go']);
    assert.deepEqual(paths('link', 'real', 'other'), ['link/a.go', 'link/linked.go', 'link/sub/b.go']);
    assert.deepEqual(paths('.'), ['beside/c.go', 'other/d.go', 'real/a.go', 'real/sub/b.go']);
    assert.deepEqual(paths('real/sub/loop'), ['real/sub/loop/a.go', 'real/sub/loop/linked.go', 'real/sub/loop/sub/b.go']);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
