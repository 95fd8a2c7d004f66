import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { rules } from '../../server/src/rules/registry.ts';
import { commandLine, workspace } from './harness.ts';

const space = workspace({});

test('version: the one of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  assert.deepEqual(space.run(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
});

test('help: every command and option is in it, in both languages', () => {
  const english = space.run(['check', '--help']);
  assert.equal(english.status, 0);
  for (const flag of ['--format', '--fix', '--fail-on', '--config', '--rules', '--lang', '--stats']) assert.ok(english.stdout.includes(flag), flag);
  const chinese = space.run(['check', '--help', '--lang', 'zh-cn']).stdout;
  assert.match(chinese, /用法：/);
  assert.match(chinese, /应用安全的修复/);
  assert.match(space.run(['--help']).stdout, /check[^]*explain[^]*rules[^]*server/);
});

test('rules: every rule is listed, as a table and as JSON', () => {
  const table = space.run(['rules']).stdout.trimEnd().split('\n');
  assert.equal(table.length, rules.length + 1);
  for (const [i, rule] of rules.entries()) assert.ok(table[i + 1]!.startsWith(rule.id));
  const { version, rules: listed } = JSON.parse(space.run(['rules', '--format', 'json']).stdout);
  assert.equal(version, 1);
  assert.deepEqual(listed.map(({ id }: { id: string }) => id), rules.map(({ id }) => id));
});

test('explain: the page of a rule, as it is where no terminal shows it, with its strategies', () => {
  for (const rule of rules) {
    for (const locale of ['en', 'zh-cn'] as const) {
      const { status, stdout, stderr } = space.run(['explain', rule.id, '--lang', locale]);
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      assert.ok(stdout.startsWith(rule.docs[locale].trimEnd()), rule.id);
    }
  }
  assert.match(space.run(['explain', 'delete-loop']).stdout, /## Strategies[^]*\(`clear`\)/);
});

test('explain: the page of a strategy, with the verdict on the claims and the versions they were checked on', () => {
  const { status, stdout } = space.run(['explain', 'copy-on-write']);
  assert.equal(status, 0);
  assert.match(stdout, /^# Copy on write/);
  assert.match(stdout, /\*\*C41\*\* \(section 2\.4\): \*\*false\*\*\..*checked on go1\.\d+/);
  assert.match(space.run(['explain', 'copy-on-write', '--lang', 'zh-cn']).stdout, /\*\*C41\*\*（第 2\.4 节）：\*\*错误\*\*。.*已在 go1\.\d+/);
  assert.doesNotMatch(stdout, /\]\((rule|strategy|section|contents):/);
});

test('explain: what the document says in a section, its rules and its pages', () => {
  const { status, stdout } = space.run(['explain', '--section', '4.2']);
  assert.equal(status, 0);
  for (const rule of rules.filter(({ sections }) => sections.includes('4.2'))) assert.ok(stdout.includes(rule.id), rule.id);
  for (const claim of ['C88', 'C91', 'C94']) assert.ok(stdout.includes(claim), claim);
  assert.ok(stdout.includes('`reflect`'));
});

test('explain: the contents of the document', () => {
  const { status, stdout } = space.run(['explain', '--contents']);
  assert.equal(status, 0);
  assert.match(stdout, /- 2\.3 A map and a channel — .*false/);
  assert.match(stdout, /`command-goroutine`/);
});

test('explain: a misspelled rule names the one that was meant', () => {
  assert.match(space.run(['explain', 'delet-loop']).stderr, /did you mean 'delete-loop'\?/);
});

test('server: speaks the Language Server Protocol over its streams', async () => {
  const child = spawn(process.execPath, [commandLine, 'server', '--stdio'], { cwd: space.folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  let output = '';
  const answered = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"id":1')) done();
    });
  });
  const ended = new Promise((done) => child.on('close', done));
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  await answered;
  assert.match(output, /"capabilities":\{/);
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  assert.equal(await ended, 0);
});
