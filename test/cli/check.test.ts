import Ajv from 'ajv';
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { filesOf, goMod, hint, hintFixed, warning, workspace } from './harness.ts';
import { reportSchema } from './report-schema.ts';

const noLinks = process.platform === 'win32' && 'links need a privilege';

test('check: the report has the shape that scripts rely on', () => {
  const space = workspace({ 'go.mod': goMod, 'a/a.go': hint(), 'b/b.go': warning(), 'c/c.go': 'package c\n\nfunc (\n', '.mapwarden.json': '{ "x": 1 }' });
  const { report, status } = space.check('--stats');
  const validate = new Ajv({ strict: false }).compile(reportSchema);
  assert.ok(validate(report), JSON.stringify(validate.errors));
  assert.equal(status, 1);
  assert.equal(report.findings.length, 2);
  assert.equal(report.notices.length, 1);
  assert.deepEqual({ ...report.stats, milliseconds: 0 }, {
    files: 2,
    bytes: hint().length + warning().length,
    packages: 2,
    milliseconds: 0,
    skipped: [{ file: 'c/c.go', reason: report.stats.skipped[0]?.reason }],
  });
});

test('check: places are 1-based in UTF-16 units, offsets 0-based behind a byte order mark, CRLF counts two', () => {
  const text = '// 你好 𝕏\r\npackage p\r\n\r\nfunc f(m map[string]int) { /*𝕏*/ for k := range m { delete(m, k) } }\r\n';
  const space = workspace({ 'go.mod': goMod, 'a.go': `\ufeff${text}` });
  const [finding] = space.check().report.findings;
  assert.ok(finding);
  assert.deepEqual(finding.location, { file: 'a.go', startLine: 4, startColumn: 35, endLine: 4, endColumn: 51 });
  const [edit] = finding.fixes[0]!.edits;
  assert.equal(text.slice(edit!.start, edit!.end), 'for k := range m { delete(m, k) }');
  assert.deepEqual(edit, { file: 'a.go', start: text.indexOf('for k'), end: text.indexOf(' }\r\n'), newText: 'clear(m)' });
});

test('check: the exit status follows --fail-on', () => {
  const space = workspace({ 'go.mod': goMod, 'h.go': hint(), 'sub/w.go': warning() });
  assert.equal(space.check('h.go').status, 0);
  assert.equal(space.check('h.go', '--fail-on', 'hint').status, 1);
  assert.equal(space.check('h.go', '--fail-on', 'information').status, 0);
  assert.equal(space.check('sub').status, 1);
  assert.equal(space.check('sub', '--fail-on', 'error').status, 0);
});

test('check: what cannot be asked for ends with 2 and prints no report', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': hint(), 'bad.json': '{', 'wrong.json': '{ "rules": { "delete-lop": "off" } }' });
  const asked: readonly (readonly string[])[] = [
    ['check', 'nowhere'],
    ['check', 'a.go', 'nowhere/x.go'],
    ['check', '--bogus'],
    ['check', '--format', 'sarif'],
    ['check', '--baseline', 'x'],
    ['check', '--shard', '1/2'],
    ['check', '--fail-on', 'off'],
    ['check', '--rules', 'delete-lop'],
    ['check', '--rules', ''],
    ['check', '--config', 'none.json'],
    ['check', '--config', 'bad.json'],
    ['check', '--config', 'wrong.json'],
    ['check', '--lang', 'fr'],
    ['chekc'],
    ['--bogus'],
    ['server'],
    ['explain', 'delete-lop'],
    ['explain', '--section', '77'],
    ['explain'],
    [],
  ];
  for (const commandArguments of asked) {
    const { status, stdout, stderr } = space.run(commandArguments);
    assert.equal(status, 2, commandArguments.join(' '));
    assert.equal(stdout, '', commandArguments.join(' '));
    assert.notEqual(stderr, '', commandArguments.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at /, commandArguments.join(' '));
  }
  assert.match(space.run(['check', '--rules', 'delete-lop']).stderr, /did you mean 'delete-loop'\?/);
  assert.match(space.run(['check', '--config', 'wrong.json']).stderr, /wrong\.json:1: unknown rule 'delete-lop'/);
});

test('check: nothing to analyse is no failure, and said on the error output', () => {
  const space = workspace({ 'readme.md': '# x', 'empty/x.txt': '' });
  for (const paths of [[], ['empty'], ['readme.md']]) {
    const { status, stderr, report } = space.check(...paths);
    assert.equal(status, 0);
    assert.match(stderr, /nothing to analyse/);
    assert.deepEqual(report.findings, []);
    assert.equal(report.stats.files, 0);
  }
});

test('check: paths are folders, files and ./..., each file once', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': hint('a'), 'sub/b.go': hint('b'), 'sub/deep/c_test.go': hint('c') });
  const all = ['a.go', 'sub/b.go', 'sub/deep/c_test.go'];
  for (const paths of [[], ['.'], ['./...'], ['...'], ['sub', '.', 'a.go', './sub/b.go'], [space.folder]]) {
    assert.deepEqual(filesOf(space.check(...paths).report), all, paths.join(' '));
  }
  assert.deepEqual(filesOf(space.check('sub/...').report), all.slice(1));
});

test('check: files are named from the working directory, as they were reached', () => {
  const space = workspace({ 'go.mod': goMod, 'a/a.go': hint('a'), 'b/b.go': hint('b') });
  const { stdout } = space.run(['check', '--format', 'json', '../a', '.', '../b/b.go'], { cwd: 'b' });
  const report = JSON.parse(stdout);
  assert.deepEqual(filesOf(report), ['../a/a.go', 'b.go']);
  assert.equal(report.findings[0].fixes[0].edits[0].file, '../a/a.go');
});

test('check: a root that is a link is followed, links met on the way and loops are not', { skip: noLinks }, () => {
  const space = workspace({ 'go.mod': goMod, 'real/a.go': hint(), 'real/sub/b.go': hint('b') });
  symlinkSync('real', join(space.folder, 'link'));
  symlinkSync('..', join(space.folder, 'real/sub/up'));
  symlinkSync('self', join(space.folder, 'self'));
  assert.deepEqual(filesOf(space.check('link').report), ['link/a.go', 'link/sub/b.go']);
  assert.deepEqual(filesOf(space.check('.').report), ['real/a.go', 'real/sub/b.go']);
  assert.deepEqual(filesOf(space.check('link', 'real').report), ['link/a.go', 'link/sub/b.go']);
  const { status, report } = space.check('self');
  assert.equal(status, 0);
  assert.equal(report.stats.skipped[0]?.file, 'self');
});

test('check: .gitignore, vendor, node_modules and generated files are left out unless they are named', () => {
  const generated = `// Code generated by x. DO NOT EDIT.\n\n${hint('g')}`;
  const space = workspace({
    'go.mod': goMod,
    '.gitignore': 'build/\n*_tmp.go\n',
    'a.go': hint('a'),
    'gen.go': generated,
    'x_tmp.go': hint('x'),
    'build/b.go': hint('b'),
    'vendor/v/v.go': hint('v'),
    'node_modules/n/n.go': hint('n'),
  });
  assert.deepEqual(filesOf(space.check().report), ['a.go']);
  assert.deepEqual(filesOf(space.check('gen.go', 'x_tmp.go').report), ['gen.go', 'x_tmp.go']);
  assert.deepEqual(filesOf(space.check('build', 'vendor/v', 'node_modules').report), ['build/b.go', 'node_modules/n/n.go', 'vendor/v/v.go']);
});

test('check: loose files work, with version-dependent fixes unsafe', () => {
  const space = workspace({ 'loose.go': hint() });
  const { report } = space.check('loose.go');
  assert.equal(report.findings[0]?.rule, 'delete-loop');
  assert.equal(report.findings[0]?.fixes[0]?.safe, false);
});

test('check: what cannot be read or parsed is skipped with the reason and ends nothing', () => {
  const large = Buffer.alloc(50_000_000, ' ');
  large.write(hint('l'));
  const space = workspace({
    'go.mod': goMod,
    'a.go': hint('a'),
    'binary.go': Buffer.from([0x70, 0, 1, 2, 3]),
    'broken.go': 'package p\n\nfunc f( {\n',
    'large.go': large,
    'utf16.go': Buffer.from(`\ufeff${hint()}`, 'utf16le'),
  });
  const { status, report } = space.check();
  assert.equal(status, 0);
  assert.deepEqual(filesOf(report), ['a.go']);
  assert.deepEqual(report.stats.skipped.map(({ file }) => file), ['binary.go', 'broken.go', 'large.go', 'utf16.go']);
  const reasons = Object.fromEntries(report.stats.skipped.map(({ file, reason }) => [file, reason]));
  assert.match(reasons['broken.go']!, /3:9/);
  assert.match(reasons['large.go']!, /50000000/);
  const text = space.run(['check']).stdout;
  assert.match(text, /skipped large\.go: /);
});

test('check: a larger limit lets larger files in', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': `${hint()}// ${'x'.repeat(6_000_000)}\n` });
  assert.equal(space.check().report.stats.skipped.length, 1);
  space.write('.mapwarden.json', '{ "maxFileSize": 7000000 }');
  assert.deepEqual(filesOf(space.check().report), ['a.go']);
});

test('check: unreadable files are skipped', { skip: process.platform !== 'linux' && 'needs /proc' }, () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': hint('a') });
  // Opening this works for everybody, reading it at 0 for nobody, root included.
  symlinkSync('/proc/self/mem', join(space.folder, 'unreadable.go'));
  const { status, report } = space.check();
  assert.equal(status, 0);
  assert.deepEqual(filesOf(report), ['a.go']);
  assert.deepEqual(report.stats.skipped.map(({ file }) => file), ['unreadable.go']);
});

test('check: invalid UTF-8 is analysed around', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': Buffer.concat([Buffer.from(`${hint()}// `), Buffer.from([0xff, 0xfe, 10])]) });
  assert.deepEqual(filesOf(space.check().report), ['a.go']);
});

test('check: faults of the configuration and of go.mod are notices at their lines', () => {
  const space = workspace({
    'go.mod': 'module example.com/m\n\ngo banana\n',
    '.mapwarden.json': '{\n  "rules": {\n    "delete-lop": "off",\n    "delete-loop": "warning"\n  }\n  "exclude": []\n}\n',
    'a.go': hint(),
    'sub/b.go': hint('b'),
  });
  const { status, report } = space.check();
  assert.equal(status, 1);
  const own = report.notices.filter(({ file }) => file === '.mapwarden.json');
  assert.deepEqual(own.map(({ line }) => line), [3, 6]);
  assert.match(own[0]!.message, /delete-lop/);
  assert.deepEqual(report.notices.filter(({ file }) => file === 'go.mod').map(({ line }) => line), [3]);
  assert.equal(report.notices.length, 3);
  assert.equal(report.findings[0]?.severity, 'warning');
});

test('check: the nearest configuration counts alone, up to the root of the repository', () => {
  const space = workspace({
    'go.mod': goMod,
    '.mapwarden.json': '{ "rules": { "delete-loop": "error" } }',
    'a.go': hint('a'),
    'sub/.mapwarden.json': '{ "exclude": ["gen"] }',
    'sub/b.go': hint('b'),
    'sub/gen/c.go': hint('c'),
    'inner/.git/HEAD': '',
    'inner/d.go': hint('d'),
  });
  const found = space.check().report.findings.map(({ location, severity }) => `${location.file} ${severity}`);
  assert.deepEqual(found, ['a.go error', 'inner/d.go hint', 'sub/b.go hint']);
  const skipped = space.check('sub/gen/c.go').report.stats.skipped;
  assert.deepEqual(skipped, [{ file: 'sub/gen/c.go', reason: 'excluded by the configuration' }]);
});

test('check: flags win over the configuration, which wins over defaults', () => {
  const space = workspace({
    'go.mod': goMod,
    'ci.json': '{ "rules": { "delete-loop": "information" } }',
    '.mapwarden.json': '{ "rules": { "delete-loop": "off", "nan-key-survives": "hint" }, "overrides": [{ "files": ["o/**"], "rules": { "delete-loop": "error" } }] }',
    'a.go': hint(),
    'b/b.go': warning(),
    'o/c.go': hint('c'),
  });
  const found = (...flags: string[]) => space.check(...flags).report.findings.map(({ location, rule, severity }) => `${location.file} ${rule} ${severity}`);
  assert.deepEqual(found(), ['b/b.go nan-key-survives hint', 'o/c.go delete-loop error']);
  assert.deepEqual(found('--rules', 'delete-loop'), ['a.go delete-loop hint', 'b/b.go delete-loop hint', 'o/c.go delete-loop error']);
  assert.deepEqual(found('--rules', 'nan-key-survives'), ['b/b.go nan-key-survives hint']);
  assert.deepEqual(found('--config', 'ci.json'), ['a.go delete-loop information', 'b/b.go nan-key-survives warning', 'o/c.go delete-loop information']);
});

test('check: suppressed findings do not count, and directives that do nothing do', () => {
  const suppressed = warning().replace('\tfor', '\t//mapwarden:ignore nan-key-survives the bounds are constants\n\tfor');
  const space = workspace({ 'go.mod': goMod, 'a.go': suppressed, 'sub/b.go': hintFixed().replace('\tclear', '\t//mapwarden:ignore delete-loop an old one\n\tclear') });
  const { status, report } = space.check();
  assert.equal(status, 1);
  assert.deepEqual(report.findings.map(({ rule, location }) => `${location.file}:${location.startLine} ${rule}`), ['sub/b.go:4 suppression']);
});

test('check: two runs print the same, whatever the order of the paths', () => {
  const space = workspace({ 'go.mod': goMod, 'b.go': `${hint('b')}${warning('x').replace('package p\n', '')}`, 'a/a.go': warning(), 'c/c.go': hint() });
  const print = (...paths: string[]) => space.run(['check', '--format', 'json', ...paths]).stdout.replace(/"milliseconds": \d+/, '');
  assert.equal(print('.'), print('.'));
  assert.equal(print('b.go', 'a', 'c'), print('c', 'a', 'b.go'));
});

test('check: messages are in the language that is asked for', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': hint(), '.mapwarden.json': '{ "x": 1 }' });
  const { report } = space.check('--lang', 'zh-cn');
  assert.match(report.findings[0]!.message, /循环/);
  assert.match(report.notices[0]!.message, /未知的键/);
  assert.match(report.findings[0]!.fixes[0]!.title, /替换/);
  assert.match(space.run(['check', '--lang', 'zh-cn']).stdout, /共 1 个问题/);
  assert.match(space.run(['check', '--lang=zh-cn', 'nowhere']).stderr, /没有这样的文件/);
});
