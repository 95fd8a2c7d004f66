// The packages of folders beside what `go list` says of them: over the distribution's own sources, and over a workspace of
// modules that has one of each kind. File versions beside what go/build/constraint and go/types say.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import test from 'node:test';
import { impliedGoVersion, parseConstraint, parsePlusBuild } from '../../server/src/go/packages/constraint.ts';
import { addImport } from '../../server/src/go/packages/imports.ts';
import { parseFile } from '../../server/src/go/syntax/parser.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { readHeader } from '../../server/src/go/packages/header.ts';
import { fileVersions, parseGoVersion } from '../../server/src/go/packages/version.ts';
import { PackageGraph } from '../../server/src/go/packages/graph.ts';
import type { GoEnvironment } from '../../server/src/go/packages/graph.ts';
import type { GoFile } from '../../server/src/go/packages/package.ts';
import type { DirectoryEntry, FileSystem, ReadResult } from '../../server/src/workspace/file-system.ts';
import { findGo } from '../harness/go.mjs';

const go = findGo();
const skip = go === undefined ? 'no go command' : false;
const whole = process.env.MAPWARDEN_FULL === '1';

/** The parts of `go list -json` that are compared. */
interface Listed {
  readonly Dir: string;
  readonly ImportPath: string;
  readonly Name?: string;
  readonly GoFiles?: readonly string[];
  readonly CgoFiles?: readonly string[];
  readonly IgnoredGoFiles?: readonly string[];
  readonly TestGoFiles?: readonly string[];
  readonly XTestGoFiles?: readonly string[];
  readonly Imports?: readonly string[];
  readonly TestImports?: readonly string[];
  readonly XTestImports?: readonly string[];
  readonly ImportMap?: Readonly<Record<string, string>>;
  readonly Module?: { readonly Path: string; readonly GoVersion?: string };
}

class Disk implements FileSystem {
  readFile(path: string): ReadResult {
    if (!existsSync(path)) return { kind: 'missing', detail: 'no such file' };
    const text = readFileSync(path, 'utf8');
    return { kind: 'text', text, version: `${text.length}` };
  }

  readDirectory(path: string): readonly DirectoryEntry[] {
    if (!existsSync(path)) return [];
    const entries = readdirSync(path, { withFileTypes: true }).map((entry): DirectoryEntry => {
      return { name: entry.name, kind: this.kindOf(join(path, entry.name)) ?? 'other', symbolicLink: entry.isSymbolicLink() };
    });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'directory' : undefined;
  }

  realPath(path: string): string {
    return realpathSync(path);
  }
}

function goEnvironment(platform: { readonly goos: string; readonly goarch: string }): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: '', GOPROXY: 'off', CGO_ENABLED: '1', GOOS: platform.goos, GOARCH: platform.goarch };
}

function runGo(folder: string, environment: NodeJS.ProcessEnv, ...args: string[]): string {
  const run = spawnSync(go!, args, { cwd: folder, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, `go ${args.join(' ')}: ${run.stderr}`);
  return run.stdout;
}

function list(folder: string, environment: GoEnvironment, ...patterns: string[]): readonly Listed[] {
  const fields = 'Dir,ImportPath,Name,GoFiles,CgoFiles,IgnoredGoFiles,TestGoFiles,XTestGoFiles,Imports,TestImports,XTestImports,ImportMap,Module';
  const output = runGo(folder, goEnvironment(environment), 'list', '-e', '-pgo=off', `-json=${fields}`, ...patterns);
  return output.trim() === '' ? [] : output.trim().split(/\n(?=\{)/).map((json): Listed => JSON.parse(json));
}

/** What the graph says of a folder, in go list's terms. */
function described(graph: PackageGraph, directory: string): Listed {
  const current = graph.packagesIn(directory);
  const library = current.find((package_) => package_.kind === 'library');
  const tests = current.filter((package_) => package_.kind === 'test');
  const external = current.filter((package_) => package_.kind === 'external-test');
  const names = (files: readonly GoFile[]): string[] => files.map((file) => basename(file.path));
  const imports = (files: readonly GoFile[]): string[] => {
    return [...new Set(files.flatMap((file) => [...file.imports, ...(file.usesCgo ? ['C'] : [])]))].sort();
  };
  const built = new Set(current.flatMap((package_) => package_.ownFiles));
  const others = graph.variantsOf(directory).flatMap((package_) => package_.ownFiles).filter((file) => !built.has(file));
  const libraryFiles = library?.files ?? [];
  const testFiles = tests.flatMap((package_) => package_.ownFiles);
  const externalFiles = external.flatMap((package_) => package_.ownFiles);
  return {
    Dir: directory,
    ImportPath: library?.path ?? tests[0]?.path ?? external[0]?.path.replace(/_test$/, '') ?? '',
    Name: library?.name ?? tests[0]?.name ?? external[0]?.name.replace(/_test$/, '') ?? '',
    GoFiles: names(libraryFiles.filter((file) => !file.usesCgo)),
    CgoFiles: names(libraryFiles.filter((file) => file.usesCgo)),
    TestGoFiles: names(testFiles),
    XTestGoFiles: names(externalFiles),
    IgnoredGoFiles: names(others).filter((name) => !/^[_.]/.test(name)).sort(),
    Imports: imports(libraryFiles),
    TestImports: imports(testFiles),
    XTestImports: imports(externalFiles),
  };
}

function expected(listed: Listed): Listed {
  const { Dir, ImportPath, Name = '', GoFiles = [], CgoFiles = [], TestGoFiles = [], XTestGoFiles = [], IgnoredGoFiles = [] } = listed;
  const unmapped = new Map(Object.entries(listed.ImportMap ?? {}).map(([written, meant]) => [meant, written]));
  // The map is that of the library; the imports of tests need it as well.
  const written = (path: string): string => unmapped.get(path) ?? path.replace(/^(cmd\/)?vendor\//, '');
  const imports = (paths: readonly string[] = []): string[] => [...new Set(paths.map(written))].sort();
  return {
    Dir, ImportPath, Name, GoFiles, CgoFiles, TestGoFiles, XTestGoFiles,
    IgnoredGoFiles: [...IgnoredGoFiles].sort(),
    Imports: imports(listed.Imports),
    TestImports: imports(listed.TestImports),
    XTestImports: imports(listed.XTestImports),
  };
}

/** Every import that go list found a folder for means that folder, and no other does. */
function assertImports(graph: PackageGraph, listed: Listed, directories: ReadonlyMap<string, string>): void {
  const library = graph.packagesIn(listed.Dir).find((package_) => package_.kind === 'library');
  for (const meant of listed.Imports ?? []) {
    // These have no sources that anybody could look at.
    if (meant === 'unsafe' || meant === 'C') continue;
    const written = Object.entries(listed.ImportMap ?? {}).find(([, target]) => target === meant)?.[0] ?? meant;
    const found = library?.resolveImport(written);
    const directory = directories.get(meant);
    if (directory === undefined) assert.equal(found, undefined, `${listed.ImportPath} imports ${written}`);
    else assert.deepEqual([found?.directory, found?.path], [directory, meant], `${listed.ImportPath} imports ${written}`);
  }
}

function assertOwnership(graph: PackageGraph, directory: string): void {
  const owned = graph.variantsOf(directory).flatMap((package_) => package_.ownFiles.map((file) => file.path)).sort();
  const present = readdirSync(directory).filter((name) => name.endsWith('.go') && statSync(join(directory, name)).isFile()).map((name) => join(directory, name)).sort();
  assert.deepEqual(owned, present);
}

for (const platform of [{ goos: 'linux', goarch: 'amd64' }, { goos: 'windows', goarch: 'arm64' }, { goos: 'js', goarch: 'wasm' }]) {
  test(`go list: the distribution for ${platform.goos}/${platform.goarch}`, { skip }, () => {
    const goroot = runGo(process.cwd(), goEnvironment(platform), 'env', 'GOROOT').trim();
    const graph = new PackageGraph({ fileSystem: new Disk(), environment: platform });
    const all = list(join(goroot, 'src'), platform, 'std', 'cmd');
    assert.ok(all.length > 400);
    const directories = new Map(all.map((listed) => [listed.ImportPath, listed.Dir]));
    const seed = platform.goos.length;
    const chosen = whole ? all : all.filter((_, index) => (index * 7 + seed) % 12 === 0);
    for (const listed of chosen) {
      // Without a C compiler for the platform go list leaves files out that a plain build would choose; the list names them.
      assert.deepEqual(described(graph, listed.Dir), expected(listed));
      assertImports(graph, listed, directories);
      assertOwnership(graph, listed.Dir);
    }
  });
}

const workspace: Readonly<Record<string, string>> = {
  'go.work': 'go 1.24\n\nuse (\n\t./a\n\t./b // second\n)\n\nreplace example.com/local => ./local\n',
  'a/go.mod': 'module example.com/a\n\ngo 1.23\n\nrequire (\n\texample.com/local v1.2.3 // indirect\n)\n\nexclude example.com/local v1.0.0\n',
  'a/a.go': '// Package a is one.\npackage a\n\nimport (\n\t"fmt"\n\t"example.com/a/internal/deep"\n\tb2 "example.com/b/sub"\n\t"example.com/local"\n)\n\nvar _ = fmt.Sprint(deep.X, b2.X, local.X)\n',
  'a/a_windows.go': 'package a\n\nimport "syscall"\n\nvar _ syscall.Handle\n',
  'a/a_linux_test.go': 'package a\n\nimport "testing"\n\nfunc TestA(*testing.T) {}\n',
  'a/x_test.go': 'package a_test\n\nimport (\n\t_ "example.com/a"\n\t"testing"\n)\n\nfunc TestX(*testing.T) {}\n',
  'a/gen.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
  'a/old.go': '// +build !linux,!windows\n\npackage a\n',
  'a/doc.go': '// +build darwin\npackage a\n',
  'a/late.go': '/* general */\n\n//go:build windows || (linux && !amd64)\n\npackage a\n',
  'a/linux.go': 'package a\n',
  'a/unix_unix.go': 'package a\n',
  'a/tags.go': '//go:build go1.20 && !go1.99 && gc && unix\n\npackage a\n',
  'a/_under.go': 'package a\n',
  'a/documentation.go': 'package documentation\n',
  'a/internal/deep/deep.go': 'package deep\n\nconst X = 1\n',
  'a/nested/go.mod': 'module example.com/a/nested\n',
  'a/nested/n.go': 'package nested\n',
  'a/vendored/only_test.go': 'package vendored\n',
  'b/go.mod': 'module "example.com/b"\n\ngo 1.20\ntoolchain go1.24.1\n',
  'b/sub/sub.go': 'package sub\n\nimport "example.com/a/internal/deep"\n\nconst X = deep.X\n',
  'b/cmd/tool/main.go': 'package main\n\nimport `strings`\n\nfunc main() { _ = strings.ToUpper("") }\n',
  'local/go.mod': 'module example.com/local\n\ngo 1.21\n',
  'local/local.go': 'package local\n\nconst X = 1\n',
};

const vendored: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/v\n\ngo 1.22\n\nrequire example.com/dep v1.0.0\n',
  'v.go': 'package v\n\nimport "example.com/dep/pkg"\n\nvar _ = pkg.X\n',
  'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.18\nexample.com/dep/pkg\n',
  'vendor/example.com/dep/pkg/pkg.go': 'package pkg\n\nconst X = 1\n',
};

function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function withTree(files: Readonly<Record<string, string>>, check: (root: string) => void): void {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mapwarden-packages-')));
  try {
    writeTree(root, files);
    check(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test('go list: a workspace of modules', { skip }, () => {
  withTree(workspace, (root) => {
    for (const platform of [{ goos: 'linux', goarch: 'amd64' }, { goos: 'windows', goarch: 'amd64' }, { goos: 'darwin', goarch: 'arm64' }]) {
      const graph = new PackageGraph({ fileSystem: new Disk(), environment: platform });
      const all = [...list(join(root, 'a'), platform, '-deps', './...'), ...list(join(root, 'b'), platform, './...')].filter((listed) => listed.Module);
      const directories = new Map(all.map((listed) => [listed.ImportPath, listed.Dir]));
      assert.equal(directories.get('example.com/local'), join(root, 'local'));
      for (const listed of all) {
        assert.deepEqual(described(graph, listed.Dir), expected(listed), platform.goos);
        assertOwnership(graph, listed.Dir);
        assert.equal(graph.moduleOf(listed.Dir)?.path, listed.Module!.Path);
        assert.equal(graph.moduleOf(listed.Dir)?.goVersion, Number(listed.Module!.GoVersion!.split('.')[1]));
        // go list names the folder of an import that the compiler will refuse, too.
        if (listed.ImportPath !== 'example.com/b/sub') assertImports(graph, listed, directories);
      }
    }
  });
});

test('go list: a vendored module', { skip }, () => {
  withTree(vendored, (root) => {
    const platform = { goos: 'linux', goarch: 'amd64' };
    const graph = new PackageGraph({ fileSystem: new Disk(), environment: platform });
    const all = list(root, platform, '-deps', './...');
    const directories = new Map(all.map((listed) => [listed.ImportPath, listed.Dir]));
    for (const listed of all) {
      assert.deepEqual(described(graph, listed.Dir), expected(listed));
      assertImports(graph, listed, directories);
    }
    const dependency = all.find((listed) => listed.ImportPath === 'example.com/dep/pkg');
    assert.equal(graph.moduleOf(dependency!.Dir)?.path, dependency!.Module!.Path);
    assert.equal(`1.${graph.moduleOf(dependency!.Dir)?.goVersion}`, dependency!.Module!.GoVersion);
  });
});

const constraintProgram = `package main

import (
	"bufio"
	"fmt"
	"go/build/constraint"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		x, err := constraint.Parse(lines.Text())
		if err != nil {
			fmt.Println("error")
			continue
		}
		linux := x.Eval(func(tag string) bool { return tag == "linux" || tag == "go1.20" })
		fmt.Printf("%s %v\\n", constraint.GoVersion(x), linux)
	}
}
`;

test('constraint: expressions, implied versions and values beside go/build/constraint', { skip }, () => {
  const lines = [...constraintLines()];
  const root = mkdtempSync(join(tmpdir(), 'mapwarden-constraint-'));
  try {
    writeTree(root, { 'go.mod': 'module example.com/c\n\ngo 1.21\n', 'main.go': constraintProgram });
    const run = spawnSync(go!, ['run', '.'], { cwd: root, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' }, input: lines.join('\n'), encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    const answers = run.stdout.trimEnd().split('\n');
    assert.equal(answers.length, lines.length);
    const held = new Set(['linux', 'go1.20']);
    for (const [index, line] of lines.entries()) {
      const constraint = line.startsWith('//go:build') ? parseConstraint(line.slice('//go:build'.length).trim()) : parsePlusBuild(line.slice('// +build'.length).trim());
      const version = constraint && impliedGoVersion(constraint);
      const written = version === undefined ? '' : version === 0 ? 'go1' : `go1.${version}`;
      assert.equal(constraint ? `${written} ${evaluate(constraint, held)}` : 'error', answers[index], line);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

function evaluate(constraint: NonNullable<ReturnType<typeof parseConstraint>>, held: ReadonlySet<string>): boolean {
  if (constraint.kind === 'tag') return held.has(constraint.tag);
  if (constraint.kind === 'not') return !evaluate(constraint.x, held);
  const x = evaluate(constraint.x, held);
  const y = evaluate(constraint.y, held);
  return constraint.kind === 'and' ? x && y : x || y;
}

/** Hand-written lines, and token sequences from a fixed generator, most of them wrong. */
function* constraintLines(): Iterable<string> {
  yield* ['//go:build', '//go:build linux && go1.21 || windows', '//go:build !(linux || !go1.22)', '//go:build !!linux', '//go:build ! linux', '//go:build a&b'];
  yield* ['//go:build x.go1.5', '//go:build go1', '//go:build go1.021', '//go:build go1.x || go1.3', '//go:build übung && 386', '//go:build a-b', '//go:build !go1.18'];
  yield* ['// +build linux,!go1.20 windows', '// +build !!a', '// +build', '// +build a-b,go1.9', '// +build ! go1.4', '// +build go1.5,go1.7 go1.6'];
  const words = ['linux', 'go1.20', 'go1.21', 'go1', 'x', '!', '!', '(', ')', '&&', '||', '&&', '||', ' '];
  let state = 12345;
  for (let line = 0; line < 3000; line++) {
    let text = '//go:build ';
    const length = 1 + (line % 9);
    for (let i = 0; i < length; i++) {
      state = (state * 1103515245 + 12345) % 2147483648;
      text += words[(state >> 8) % words.length]!;
    }
    yield text;
  }
}

const versionProgram = `package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strconv"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		goLine, quoted, _ := strings.Cut(lines.Text(), " ")
		source, err := strconv.Unquote(quoted)
		if err != nil {
			panic(err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "x.go", source, parser.ParseComments)
		if err != nil {
			panic(err)
		}
		info := &types.Info{FileVersions: map[*ast.File]string{}}
		config := types.Config{GoVersion: goLine, Error: func(error) {}}
		config.Check("x", fset, []*ast.File{file}, info)
		fmt.Println(info.FileVersions[file])
	}
}
`;

/** Versions that a toolchain's go/types applies to files, for go lines and tops of files. */
function versionsApplied(toolchain: string, cases: readonly (readonly [goLine: string, source: string])[]): readonly (number | undefined)[] | undefined {
  const root = mkdtempSync(join(tmpdir(), 'mapwarden-versions-'));
  try {
    writeTree(root, { 'go.mod': 'module example.com/versions\n\ngo 1.22\n', 'main.go': versionProgram });
    const input = cases.map(([goLine, source]) => `${goLine} ${JSON.stringify(source)}`).join('\n');
    const environment = { ...process.env, GOTOOLCHAIN: toolchain, GOFLAGS: '' };
    if (spawnSync(go!, ['version'], { env: environment }).status !== 0) return undefined;
    const run = spawnSync(go!, ['run', '.'], { cwd: root, env: environment, input, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.trimEnd().split('\n').map((line) => parseGoVersion(line));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const tops = [
  'package x\n', '//go:build go1.18\n\npackage x\n', '//go:build go1.21\n\npackage x\n', '//go:build go1.22 && linux\n\npackage x\n',
  '//go:build linux && go1.21 || windows\n\npackage x\n', '//go:build !go1.20\n\npackage x\n', '// +build go1.22\n\npackage x\n',
  '// Copyright.\n\n//go:build go1.19 || go1.23\n\n// Package x.\npackage x\n', '//go:build (go1.17 && !go1.22) || go1.25\npackage x\n',
];
const versionCases = [15, 18, 20, 21, 22, 23, 24, 25].flatMap((goLine) => tops.map((source) => [`go1.${goLine}`, source] as const));

function ourVersions([goLine, source]: readonly [string, string]): ReturnType<typeof fileVersions> {
  return fileVersions({ version: parseGoVersion(goLine)!, reason: goLine }, readHeader(source).build);
}

test('language version: the ceiling is what this go/types applies', { skip }, () => {
  const applied = versionsApplied('local', versionCases)!;
  for (const [index, version] of applied.entries()) {
    assert.equal(ourVersions(versionCases[index]!).languageCeiling?.version, version, versionCases[index]!.join(' '));
  }
});

test('language version: what go/types of 1.22 applies lies between the version and its ceiling', { skip: skip || (whole ? false : 'in the full run only') }, (context) => {
  // Its toolchain builds no module of a newer go line.
  const cases = versionCases.filter(([goLine]) => parseGoVersion(goLine)! <= 22);
  const applied = versionsApplied('go1.22.12', cases);
  if (!applied) return context.skip('no Go 1.22');
  for (const [index, version] of applied.entries()) {
    const { language, languageCeiling } = ourVersions(cases[index]!);
    const isBetween = language!.version <= version! && version! <= languageCeiling!.version;
    assert.ok(isBetween, `${cases[index]!.join(' ')}: ${language!.version} ${version} ${languageCeiling!.version}`);
  }
});

test('add import: gofmt leaves the distribution\'s files as they are afterwards', { skip }, () => {
  const environment = { goos: 'linux', goarch: 'amd64' };
  const src = join(runGo(process.cwd(), goEnvironment(environment), 'env', 'GOROOT').trim(), 'src');
  const root = mkdtempSync(join(tmpdir(), 'mapwarden-imports-'));
  try {
    let count = 0;
    for (const listed of list(src, environment, ...(whole ? ['std', 'cmd'] : ['net/...', 'encoding/...']))) {
      for (const name of [...(listed.GoFiles ?? []), ...(listed.TestGoFiles ?? []), ...(listed.CgoFiles ?? [])]) {
        const text = readFileSync(join(listed.Dir, name), 'utf8');
        for (const path of ['maps', 'example.com/mod/unusual']) {
          const result = addImport(parseFile(text), text, path);
          // Generated files need not be formatted before.
          if (!result?.edit || readHeader(text).generated) continue;
          const after = parseFile(applyEdits(text, [result.edit]));
          assert.deepEqual(after.errors, [], `${listed.Dir}/${name}`);
          writeFileSync(join(root, `${count++}-${name}`), applyEdits(text, [result.edit]));
        }
      }
    }
    assert.ok(count > 300);
    const gofmt = join(dirname(go!), process.platform === 'win32' ? 'gofmt.exe' : 'gofmt');
    const run = spawnSync(gofmt, ['-l', root], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, '');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
