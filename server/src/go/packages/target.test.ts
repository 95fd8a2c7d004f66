import assert from 'node:assert/strict';
import test from 'node:test';
import { readHeader } from './header.ts';
import { candidate as candidateAt, exclusion, selects, targetsFor } from './selection.ts';
import type { Candidate } from './selection.ts';
import { hasTag, nameTags, targetKey } from './target.ts';
import type { BuildTarget } from './target.ts';

const linux: BuildTarget = { goos: 'linux', goarch: 'amd64', release: 27, cgo: true, compiler: 'gc', tags: [] };

function candidate(name: string, text = 'package p\n'): Candidate {
  return candidateAt(`/d/${name}`, readHeader(text));
}

test('file names: systems and architectures that they ask for', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['x.go', []], ['x_linux.go', ['linux']], ['x_arm64.go', ['arm64']], ['x_linux_arm64.go', ['linux', 'arm64']], ['x_linux_test.go', ['linux']],
    ['x_linux_arm64_test.go', ['linux', 'arm64']], ['linux.go', []], ['linux_test.go', []], ['x_arm64_linux.go', ['linux']], ['x_unix.go', []],
    ['x_plan10.go', []], ['x_test_linux.go', ['linux']], ['x_linux_foo.go', []], ['linux_amd64.go', ['amd64']], ['x_linux.pb.go', ['linux']], ['x.linux.go', []],
    ['x_zos_s390x.go', ['zos', 's390x']], ['x__windows.go', ['windows']], ['x_darwin_linux.go', ['linux']],
  ];
  for (const [name, tags] of cases) assert.deepEqual(nameTags(name), tags, name);
});

test('tags: what holds on a platform', () => {
  const holds = (target: BuildTarget, ...tags: string[]) => tags.filter((tag) => hasTag(target, tag));
  assert.deepEqual(holds(linux, 'linux', 'amd64', 'unix', 'gc', 'cgo', 'go1.1', 'go1.27', 'amd64.v1'), ['linux', 'amd64', 'unix', 'gc', 'cgo', 'go1.1', 'go1.27', 'amd64.v1']);
  assert.deepEqual(holds(linux, 'windows', 'arm64', 'gccgo', 'go1.28', 'go1', 'go1.0', 'ignore', 'race', 'amd64.v2', 'boringcrypto', 'goexperiment.arenas'), []);
  const on = (goos: string, goarch = 'amd64'): BuildTarget => ({ ...linux, goos, goarch });
  assert.deepEqual(holds(on('android'), 'linux', 'unix'), ['linux', 'unix']);
  assert.deepEqual(holds(on('ios', 'arm64'), 'darwin', 'unix', 'arm64'), ['darwin', 'unix', 'arm64']);
  assert.deepEqual(holds(on('illumos'), 'solaris', 'unix'), ['solaris', 'unix']);
  assert.deepEqual(holds(on('windows'), 'unix'), []);
  assert.deepEqual(holds(on('js', 'wasm'), 'unix', 'wasm'), ['wasm']);
  assert.deepEqual(holds({ ...linux, tags: ['integration', '!goexperiment.swissmap'] }, 'integration', 'goexperiment.swissmap', 'goexperiment.regabiargs'), ['integration', 'goexperiment.regabiargs']);
});

test('exclusion: says why a file is left out', () => {
  assert.equal(exclusion(linux, candidate('x_windows.go')), 'the file name asks for windows');
  assert.equal(exclusion(linux, candidate('x_linux_arm64.go')), 'the file name asks for arm64');
  assert.equal(exclusion(linux, candidate('_x.go')), 'the file name starts with _');
  assert.equal(exclusion(linux, candidate('x.go', '//go:build ignore\n\npackage p\n')), '//go:build ignore');
  assert.equal(exclusion(linux, candidate('x.go', '// +build windows\n\npackage p\n')), '// +build windows');
  assert.equal(exclusion(linux, candidate('x.go', '//go:build (\n\npackage p\n')), '//go:build ( cannot be read');
  assert.equal(exclusion({ ...linux, cgo: false }, candidate('x.go', 'package p\nimport "C"\n')), 'it imports "C"');
  assert.equal(exclusion(linux, candidate('x.go', 'package documentation\n')), 'package documentation');
  assert.equal(exclusion(linux, candidate('x.go')), undefined);
});

function groupsOf(...files: readonly Candidate[]): readonly string[] {
  return targetsFor(linux, files).map(({ target, files: chosen }) => `${targetKey(target, linux.release)}: ${chosen.map((file) => file.name).join(' ')}`);
}

test('targets: files that one platform builds together are one group', () => {
  const groups = groupsOf(candidate('a_windows.go'), candidate('b_windows_amd64.go'), candidate('c_darwin.go'), candidate('d.go', '//go:build !linux\n\npackage p\n'));
  assert.deepEqual(groups, ['windows/amd64: a_windows.go b_windows_amd64.go d.go', 'darwin/amd64: c_darwin.go']);
});

test('targets: custom tags, cgo, compilers, releases and experiments are switched one by one', () => {
  const under = (constraint: string) => groupsOf(candidate('x.go', `//go:build ${constraint}\n\npackage p\n`));
  assert.deepEqual(under('integration'), ['linux/amd64 tags=integration: x.go']);
  assert.deepEqual(under('a && b && windows'), ['windows/amd64 tags=a,b: x.go']);
  assert.deepEqual(under('a || b'), ['linux/amd64 tags=a: x.go']);
  assert.deepEqual(under('!cgo'), ['linux/amd64 cgo=0: x.go']);
  assert.deepEqual(under('gccgo'), ['linux/amd64 compiler=gccgo: x.go']);
  assert.deepEqual(under('!gc && !cgo'), ['linux/amd64 cgo=0 compiler=gccgo: x.go']);
  assert.deepEqual(under('!go1.21'), ['linux/amd64 go1.20: x.go']);
  assert.deepEqual(under('go1.30'), ['linux/amd64 go1.30: x.go']);
  assert.deepEqual(under('!goexperiment.swissmap'), ['linux/amd64 tags=!goexperiment.swissmap: x.go']);
  assert.deepEqual(under('zos'), ['zos/amd64: x.go']);
});

test('targets: what nothing can build is in no group', () => {
  const under = (constraint: string) => groupsOf(candidate('x.go', `//go:build ${constraint}\n\npackage p\n`));
  for (const constraint of ['ignore', 'linux && windows', 'a && !a', 'ignore && windows', '(']) assert.deepEqual(under(constraint), [], constraint);
  assert.deepEqual(groupsOf(candidate('x_windows.go', '//go:build linux\n\npackage p\n')), []);
});

test('targets: a group chooses each of its files', () => {
  const files = ['a_plan9.go', 'b_wasip1.go', 'c_freebsd_riscv64.go', 'd_aix.go', 'e_loong64.go', 'f_hurd.go', 'g_sparc64_test.go'].map((name) => candidate(name));
  const groups = targetsFor(linux, files);
  assert.equal(groups.flatMap((group) => group.files).length, files.length);
  for (const { target, files: chosen } of groups) assert.ok(chosen.every((file) => selects(target, file)));
});
