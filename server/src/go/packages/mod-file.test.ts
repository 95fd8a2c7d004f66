import assert from 'node:assert/strict';
import test from 'node:test';
import { parseModFile, parseModulesTxt, parseWorkFile } from './mod-file.ts';

function faults(text: string): readonly string[] {
  return parseModFile('/m/go.mod', text).notices.map(({ line, message }) => `${line}: ${message}`);
}

test('go.mod: every directive', () => {
  const file = parseModFile('/m/go.mod', `// Deprecated: no.
module example.com/m // the path

go 1.21.3
toolchain go1.22.1

require example.com/one v1.0.0
require (
	example.com/two/v2 v2.1.0 // indirect

	"example.com/three" v0.0.0-20200101000000-abcdefabcdef
)
exclude example.com/one v1.0.1
retract [v1.0.0, v1.1.0] // broken
retract (
	v1.2.0
)
replace example.com/one => ../one
replace (
	example.com/two/v2 v2.1.0 => example.com/fork/v2 v2.2.0
	example.com/three => "./third party"
)
tool example.com/one/cmd/x
godebug default=go1.21
ignore ./static
`);
  assert.deepEqual(file.notices, []);
  assert.equal(file.module, 'example.com/m');
  assert.deepEqual(file.go, { text: '1.21.3', version: 21, line: 4 });
  assert.equal(file.toolchain, 'go1.22.1');
  assert.deepEqual(file.requires, [
    { path: 'example.com/one', version: 'v1.0.0' },
    { path: 'example.com/two/v2', version: 'v2.1.0' },
    { path: 'example.com/three', version: 'v0.0.0-20200101000000-abcdefabcdef' },
  ]);
  assert.deepEqual(file.replaces, [
    { path: 'example.com/one', version: undefined, newPath: '../one', newVersion: undefined },
    { path: 'example.com/two/v2', version: 'v2.1.0', newPath: 'example.com/fork/v2', newVersion: 'v2.2.0' },
    { path: 'example.com/three', version: undefined, newPath: './third party', newVersion: undefined },
  ]);
});

test('go.mod: a block for module and go, empty blocks, CRLF', () => {
  const file = parseModFile('/m/go.mod', 'module (\r\n\texample.com/m\r\n)\r\nrequire ()\r\nrequire ( // none\r\n)\r\ngo 1.20\r\n');
  assert.deepEqual([file.module, file.go?.version, file.requires.length, file.notices.length], ['example.com/m', 20, 0, 0]);
});

test('go.mod: a fault costs its own line only', () => {
  const text = 'module example.com/m\nfoo bar\ngo 1.20\n/* no */\nrequire example.com/a\nrequire example.com/b v1.0.0\nreplace example.com/b = > ../b\n"open\n';
  const file = parseModFile('/m/go.mod', text);
  assert.deepEqual([file.module, file.go?.version, file.requires], ['example.com/m', 20, [{ path: 'example.com/b', version: 'v1.0.0' }]]);
  assert.deepEqual(file.notices.map(({ line }) => line).sort(), [2, 4, 5, 7, 8]);
  assert.ok(file.notices.every(({ path }) => path === '/m/go.mod'));
});

test('go.mod: each fault is named', () => {
  assert.deepEqual(faults(''), ['0: no module declaration']);
  assert.deepEqual(faults('module a\nmodule b\n'), ['2: repeated module statement']);
  assert.deepEqual(faults('module a\ngo 1.20\ngo 1.21\n'), ['3: repeated go statement']);
  assert.deepEqual(faults('module a\ngo v1.20\n'), ["2: invalid go version 'v1.20': must match format 1.23.0"]);
  assert.deepEqual(faults('module a\ngo 1.20 1.21\n'), ['2: go directive expects exactly one argument']);
  assert.deepEqual(faults("module 'a'\n"), ['1: invalid quoted string: unquoted string cannot contain quote']);
  assert.deepEqual(faults('module a\nreplace b => c\n'), ['2: replacement module without version must be directory path (rooted or starting with . or ..)']);
  assert.deepEqual(faults('module a\nreplace b => ./c v1.0.0\n'), ['2: replacement module directory path "./c" cannot have version']);
  assert.deepEqual(faults('module a\nrequire (\n\tb v1.0.0\n'), ['2: syntax error (unterminated block started at line 2)']);
  assert.deepEqual(faults('module a\nrequire (\n\tb v1.0.0\n) c\n'), ['4: syntax error (expected newline after closing paren)']);
  assert.deepEqual(faults('module a\nuse (\n\t./b\n)\n'), ['3: unknown directive: use']);
});

test('go.mod: a block that is not closed ends where another one opens', () => {
  const file = parseModFile('/m/go.mod', 'module a\nrequire (\n\tb v1.0.0\nreplace (\n\tb => ../b\n)\n');
  assert.deepEqual([file.requires.length, file.replaces.length, file.notices.map(({ line }) => line)], [1, 1, [2]]);
});

test('go.mod: a go line that cannot be read is not a missing one', () => {
  const { go } = parseModFile('/m/go.mod', 'module a\ngo latest\n');
  assert.deepEqual(go, { text: 'latest', version: undefined, line: 2 });
});

test('go.mod: escapes of interpreted strings, none in raw ones', () => {
  assert.equal(parseModFile('/m/go.mod', 'module "a\\x2fb\\u0063"\n').module, 'a/bc');
  assert.equal(parseModFile('/m/go.mod', 'module `a/b`\n').module, 'a/b');
  assert.deepEqual(faults('module "a\\q"\n'), ['1: invalid quoted string: "a\\q"']);
});

test('go.work: uses with their lines, replaces, Windows separators', () => {
  const file = parseWorkFile('/w/go.work', 'go 1.22\n\nuse ./a\nuse (\n\t.\\b\n\t../c // outside\n)\nreplace x.org/y v1.0.0 => ./y\ngodebug a=b\n');
  assert.deepEqual(file.notices, []);
  assert.deepEqual(file.uses, [{ directory: './a', line: 3 }, { directory: './b', line: 5 }, { directory: '../c', line: 6 }]);
  assert.deepEqual(file.replaces, [{ path: 'x.org/y', version: 'v1.0.0', newPath: './y', newVersion: undefined }]);
  assert.deepEqual(parseWorkFile('/w/go.work', 'require x v1.0.0\n').notices, [{ path: '/w/go.work', line: 1, message: 'unknown directive: require' }]);
});

test('modules.txt: modules with versions and go lines', () => {
  const text = '## workspace\n# a.org/x v1.0.0\n## explicit; go 1.17\na.org/x\na.org/x/sub\n# b.org/y v2.0.0 => ../y\n## explicit\nb.org/y\n# c.org/z => ./z\n## explicit; go 1.20\n';
  assert.deepEqual(parseModulesTxt(text), [
    { path: 'a.org/x', version: 'v1.0.0', go: '1.17' },
    { path: 'b.org/y', version: 'v2.0.0', go: undefined },
    { path: 'c.org/z', version: undefined, go: '1.20' },
  ]);
});
