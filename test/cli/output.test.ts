import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test from 'node:test';
import { commandLine, goMod, hint, warning, workspace, type Workspace } from './harness.ts';

test('text: a finding shows its place, its line and its fixes; a summary closes', () => {
  const space = workspace({ 'go.mod': goMod, 'a/a.go': hint(), 'b.go': warning() });
  assert.equal(
    space.run(['check']).stdout,
    `a/a.go:4:2: hint: this loop deletes every key of m; use clear(m) [delete-loop]
    4 |     for k := range m {
      |     ^^^^^^^^^^^^^^^^
    fix: Replace with clear(m)

b.go:4:2: warning: entries of m whose key is NaN survive: a key of type float64 can be NaN, which delete never finds [nan-key-survives]
    4 |     for k := range m {
      |     ^^^^^^^^^^^^^^^^
    unsafe fix: Replace with clear(m) (also removes NaN keys) (clear removes entries that the present code leaves in the map)

2 findings (1 warning, 1 hint) in 2 of 2 files; 1 can be fixed with --fix
`,
  );
});

test('text: carets stand under wide characters, tabs and long lines', () => {
  const loop = 'for k := range m { delete(m, k) }';
  const space = workspace({
    'go.mod': goMod,
    'tabs.go': `package p\n\nfunc f(m map[string]int) {\n\t_ = "你好"; /*\t\t*/ ${loop}\n}\n`,
    'long.go': `package p\n\nfunc g(m map[string]int) {\n\t_ = "${'x'.repeat(500)}"; ${loop}; _ = "${'y'.repeat(500)}"\n}\n`,
  });
  for (const file of ['tabs.go', 'long.go']) {
    const [, source, underline] = space.run(['check', file]).stdout.split('\n');
    assert.ok(source && underline);
    assert.ok(source.length < 160, `${source.length}`);
    // Every wide character before the loop takes two columns and one unit.
    const wide = (source.match(/[你好]/g) ?? []).length;
    assert.equal(underline.indexOf('^'), source.indexOf('for k') + wide, `${source}\n${underline}`);
    assert.equal(underline.lastIndexOf('^'), source.indexOf('range m') + 'range m'.length - 1 + wide);
  }
});

test('text: nothing in a source can move the cursor or change the direction of text', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': 'package p\n\nfunc f(m map[string]int) {\n\t/*\u001b[31m\u202e\u0007*/ for k := range m { //\u001b[2J\n\t\tdelete(m, k)\n\t}\n}\n' });
  const { stdout } = space.run(['check']);
  assert.match(stdout, /for k := range m/);
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
});

test('text: a span over several lines says where it ends', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': 'package p\n\nfunc f() map[string]int { return nil }\n\nfunc g() {\n\tfor k := range f(\n\t) {\n\t\t_ = k\n\t}\n\tx := f()\n\tfor k := range (\n\t\tx) {\n\t\tdelete(x, k)\n\t}\n}\n' });
  assert.match(space.run(['check']).stdout, /\^+ to line 12\n/);
});

test('text: without findings the summary says so', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': 'package p\n' });
  assert.equal(space.run(['check']).stdout, 'no findings in 1 file\n');
  assert.match(space.run(['check', '--stats']).stdout, /^analysed 1 file \(10 B\) in 1 package, \d+\.\d\d s\nno findings in 1 file\n$/);
});

test('text: notices and skipped files come before the summary', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': 'package p\n', 'b.go': 'package p\n\nfunc (\n', '.mapwarden.json': '{\n  "x": 1\n}\n' });
  assert.match(space.run(['check']).stdout, /^\.mapwarden\.json:2: unknown key 'x'\nskipped b\.go: does not parse: .*\nno findings in 1 file\n$/);
});

test('color: only where a terminal or a variable asks for it', () => {
  const space = workspace({ 'go.mod': goMod, 'a.go': hint() });
  const colored = (env: Readonly<Record<string, string>>) => space.run(['check'], { env }).stdout.includes('\u001b[');
  assert.equal(colored({}), false);
  assert.equal(colored({ FORCE_COLOR: '1' }), true);
  assert.equal(colored({ FORCE_COLOR: '0' }), false);
  assert.equal(colored({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  assert.equal(space.run(['check', '--format', 'json'], { env: { FORCE_COLOR: '1' } }).stdout.includes('\u001b['), false);
});

/** A file with many findings: some megabytes of report. */
function manyFindings(): Workspace {
  const functions = Array.from({ length: 4000 }, (_, i) => hint(`f${i}`).replace('package p\n', '')).join('');
  return workspace({ 'go.mod': goMod, 'a.go': `package p\n${functions}` });
}

test('output: a large report reaches a slow reader whole', async () => {
  const space = manyFindings();
  const child = spawn(process.execPath, [commandLine, 'check', '--format', 'json'], { cwd: space.folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done) => setTimeout(done, 1500));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  assert.ok(text.length > 1_000_000);
  assert.equal(JSON.parse(text).findings.length, 4000);
});

test('output: a reader that has seen enough is no failure', async () => {
  const space = manyFindings();
  const child = spawn(process.execPath, [commandLine, 'check', '--format', 'json'], { cwd: space.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((done) => child.on('close', done));
  assert.equal(errors, '');
  assert.equal(status, 0);
});

test('output: an interrupt ends the run at once', { skip: process.platform === 'win32' && 'no signals' }, async () => {
  const space = workspace({ 'go.mod': goMod });
  for (let i = 0; i < 400; i++) space.write(`p${i}/a.go`, hint() + Array.from({ length: 150 }, (_, j) => hint(`g${j}`).replace('package p\n', '')).join(''));
  const child = spawn(process.execPath, [commandLine, 'check', '--format', 'json'], { cwd: space.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  setTimeout(() => child.kill('SIGINT'), 500);
  // On a busy machine the signal may come before the program has a say in how it ends; a shell shows 130 for both.
  const status = await new Promise((done) => child.on('close', (code, signal) => done(signal === 'SIGINT' ? 130 : code)));
  assert.equal(output, '');
  assert.equal(status, 130);
});
