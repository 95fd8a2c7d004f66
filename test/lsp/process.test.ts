// The bundled server in a process of its own, over stdio and IPC, on files of a real disk.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { Diagnostic, WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { serverScript } from './bundles.ts';
import { plainCapabilities, startProcess, TestClient, vscodeOptions } from './client.ts';

let script = '';
let folder = '';

before(async () => {
  script = await serverScript('node');
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mapwarden-lsp-')));
});

after(() => rmSync(folder, { recursive: true, force: true }));

const loop = (name: string): string => `package p\n\nfunc ${name}(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n`;

/** Writes files below a folder of this test's own, and gives the URI of that folder. */
function workspace(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return pathToFileURL(join(folder, name)).href;
}

function described(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${String(code)}@${range.start.line}`);
}

test('process: VS Code pulls, for open documents and the workspace', async () => {
  const root = workspace('pulled', {
    'go.mod': 'module example.com/p\n\ngo 1.22\n',
    'a b/ü.go': loop('f'),
    'clean.go': 'package p\n',
    'vendor/x/x.go': loop('f'),
    '.gitignore': 'build/\n',
    'build/x.go': loop('f'),
  });
  const client = await startProcess(script, { folders: [root], initializationOptions: vscodeOptions });
  try {
    const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    assert.deepEqual(items.map(({ uri }) => uri), [`${root}/a%20b/%C3%BC.go`]);
    await client.open(`${root}/clean.go`, loop('g'));
    assert.deepEqual(described(await client.diagnostics(`${root}/clean.go`)), ['delete-loop@3']);
    assert.deepEqual(described(await client.diagnostics(`${root}/a%20b/%C3%BC.go`)), ['delete-loop@3']);
  } finally {
    await client.stop();
  }
});

test('process: a plain client is pushed to; a file that comes on disk is seen when it says so', async () => {
  const root = workspace('pushed', { 'go.mod': 'module example.com/p\n\ngo 1.22\n' });
  const uri = `${root}/a.go`;
  const client = await startProcess(script, { folders: [root], capabilities: plainCapabilities });
  try {
    await client.open(uri, 'package p\n\nfunc f() {\n\tfor k := range table {\n\t\tdelete(table, k)\n\t}\n}\n');
    assert.deepEqual((await client.until('diagnostics', () => client.lastPublished(uri))).diagnostics, []);
    workspace('pushed', { 'table.go': 'package p\n\nvar table = map[string]int{}\n' });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `${root}/table.go`, type: 1 }] });
    await client.until('the finding', () => (client.lastPublished(uri)!.diagnostics.length === 1 ? true : undefined));
    rmSync(join(folder, 'pushed', 'table.go'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `${root}/table.go`, type: 3 }] });
    await client.until('no finding', () => (client.lastPublished(uri)!.diagnostics.length === 0 ? true : undefined));
  } finally {
    await client.stop();
  }
});

test('process: each folder of a workspace has its own settings and configuration file', async () => {
  const one = workspace('one', { 'go.mod': 'module example.com/one\n\ngo 1.22\n', 'a.go': loop('f') });
  const two = workspace('two', { 'go.mod': 'module example.com/two\n\ngo 1.22\n', 'a.go': loop('f') });
  const three = workspace('three', { 'go.mod': 'module example.com/three\n\ngo 1.22\n', 'a.go': loop('f'), '.mapwarden.json': '{ "rules": { "delete-loop": "error" } }\n' });
  const client = await startProcess(script, {
    folders: [one, two, three],
    initializationOptions: vscodeOptions,
    configuration: (scope) => (scope === two ? { rules: { 'delete-loop': 'off' } } : { rules: { 'delete-loop': 'warning' } }),
  });
  try {
    const severities = await Promise.all([one, two, three].map(async (root) => (await client.diagnostics(`${root}/a.go`)).map(({ severity }) => severity)));
    assert.deepEqual(severities, [[2], [], [1]]);
  } finally {
    await client.stop();
  }
});

test('process: a file above the limit is left out with a reason, and in when the limit is raised', async () => {
  const root = workspace('large', { 'go.mod': 'module example.com/p\n\ngo 1.22\n' });
  const uri = `${root}/a.go`;
  const client = await startProcess(script, { folders: [root], initializationOptions: vscodeOptions, configuration: () => ({ maxFileSize: 1000 }) });
  try {
    await client.open(uri, `${loop('f')}// ${'x'.repeat(2000)}\n`);
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.until('degraded', () => client.statuses.find((status) => (status as { state: string }).state === 'degraded'));
    client.configuration = () => ({});
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until('ready', () => (client.refreshes > 0 ? true : undefined));
    assert.equal((await client.diagnostics(uri)).length, 1);
    await client.until('ready', () => ((client.statuses.at(-1) as { state: string }).state === 'ready' ? true : undefined));
  } finally {
    await client.stop();
  }
});

test('process: speaks IPC', async () => {
  const child = fork(script, ['--node-ipc'], { silent: true });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const client = await new TestClient(connection, { initializationOptions: vscodeOptions }, () => void child.kill()).start();
  try {
    await client.open('untitled:Untitled-1', loop('f'));
    assert.deepEqual(described(await client.diagnostics('untitled:Untitled-1')), ['delete-loop@3']);
  } finally {
    await client.stop();
  }
});

test('process: ends with 0 after shutdown and exit, with 1 after exit alone', async () => {
  for (const orderly of [true, false]) {
    const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.listen();
    const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
    await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    if (orderly) await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exited, orderly ? 0 : 1);
    connection.dispose();
  }
});

test('process: requests before initialize are refused', async () => {
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  try {
    await assert.rejects(connection.sendRequest('textDocument/hover', { textDocument: { uri: 'file:///a.go' }, position: { line: 0, character: 0 } }), (error: { code: number }) => error.code === -32002);
  } finally {
    connection.dispose();
    child.kill();
  }
});
