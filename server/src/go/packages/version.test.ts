import assert from 'node:assert/strict';
import test from 'node:test';
import { readHeader } from './header.ts';
import { compareModuleVersions, fileVersions, parseGoVersion } from './version.ts';

test('parseGoVersion: go lines, toolchain names, candidates', () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['1.21', 21], ['1.21.3', 21], ['1.22rc1', 22], ['go1.21', 21], ['go1.9', 9], ['1', 0], ['go1.21.3-custom', 21], ['1.22beta2', 22],
    [' 1.20 ', 20], ['1.021', undefined], ['2.0', undefined], ['', undefined], ['go', undefined], ['1.x', undefined], ['default', undefined], ['1.21rc', undefined],
  ];
  for (const [text, version] of cases) assert.equal(parseGoVersion(text), version, text);
});

/** Language version, its ceiling and the library floor, for a go line and the text above the package clause. */
function versionsOf(goLine: number | undefined, top: string): readonly (number | undefined)[] {
  const module = goLine === undefined ? undefined : { version: goLine, reason: 'go line' };
  const { language, languageCeiling, libraryFloor } = fileVersions(module, readHeader(`${top}\npackage x\n`).build);
  return [language?.version, languageCeiling?.version, libraryFloor?.version];
}

test('file versions: without a constraint the go line counts', () => {
  assert.deepEqual(versionsOf(20, ''), [20, 20, 20]);
  assert.deepEqual(versionsOf(undefined, ''), [undefined, undefined, undefined]);
});

test('file versions: a minimum of 1.21 or later decides, upwards and downwards', () => {
  assert.deepEqual(versionsOf(19, '//go:build go1.21\n'), [21, 21, 21]);
  assert.deepEqual(versionsOf(24, '//go:build go1.21\n'), [21, 21, 24]);
  assert.deepEqual(versionsOf(undefined, '//go:build go1.22 && linux\n'), [22, 22, 22]);
});

test('file versions: a minimum below 1.21 is read differently by toolchains', () => {
  assert.deepEqual(versionsOf(19, '//go:build go1.18\n'), [18, 21, 19]);
  assert.deepEqual(versionsOf(22, '//go:build go1.18\n'), [18, 21, 22]);
  // Go 1.20 and earlier leave the go line alone.
  assert.deepEqual(versionsOf(16, '//go:build go1.18\n'), [16, 21, 18]);
  // Only toolchains that take max(minimum, 1.21) build such a module.
  assert.deepEqual(versionsOf(24, '//go:build go1.18\n'), [21, 21, 24]);
});

test('file versions: alternatives that force no minimum change nothing', () => {
  assert.deepEqual(versionsOf(20, '//go:build linux && go1.21 || windows\n'), [20, 20, 20]);
  assert.deepEqual(versionsOf(20, '//go:build !go1.21\n'), [20, 20, 20]);
  assert.deepEqual(versionsOf(20, '//go:build go1.23 || go1.22\n'), [22, 22, 22]);
});

test('file versions: a // +build line raises the library floor only', () => {
  assert.deepEqual(versionsOf(19, '// +build go1.21\n'), [19, 19, 21]);
});

test('file versions: the reason names what decided', () => {
  const { language, libraryFloor } = fileVersions({ version: 24, reason: 'go 1.24 in go.mod line 3' }, readHeader('//go:build go1.22\n\npackage x\n').build);
  assert.equal(language?.reason, '//go:build go1.22');
  assert.equal(libraryFloor?.reason, 'go 1.24 in go.mod line 3');
});

test('compareModuleVersions: order of semantic versions', () => {
  const ordered = [
    'v0.0.0-20190101000000-abcdefabcdef', 'v0.0.0-20200101000000-abcdefabcdef', 'v0.0.0', 'v0.1.0', 'v0.9.0', 'v0.10.0', 'v1.0.0-alpha', 'v1.0.0-alpha.1', 'v1.0.0-alpha.beta',
    'v1.0.0-beta.2', 'v1.0.0-beta.11', 'v1.0.0', 'v2.0.0+incompatible', 'v2.0.1',
  ];
  for (const [i, a] of ordered.entries()) {
    for (const [j, b] of ordered.entries()) assert.equal(Math.sign(compareModuleVersions(a, b)), Math.sign(i - j), `${a} ${b}`);
  }
});
