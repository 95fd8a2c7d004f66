// The browser's bundle in a worker thread that has of a Web Worker what the server may use: messages, timers, nothing of Node.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { AbstractMessageReader, AbstractMessageWriter, createProtocolConnection } from 'vscode-languageserver/node';
import type { DataCallback, Disposable, Message, MessageReader, MessageWriter, WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { serverScript } from './bundles.ts';
import { TestClient, vscodeOptions, type ClientOptions } from './client.ts';

class WorkerReader extends AbstractMessageReader implements MessageReader {
  constructor(readonly worker: Worker) {
    super();
  }
  listen(callback: DataCallback): Disposable {
    this.worker.on('message', (message: Message) => callback(message));
    return { dispose: () => undefined };
  }
}

class WorkerWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(readonly worker: Worker) {
    super();
  }
  write(message: Message): Promise<void> {
    this.worker.postMessage(message);
    return Promise.resolve();
  }
  end(): void {}
}

/** Runs a script as a browser would: no `require`, no `process`, no `Buffer`. */
const shim = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
const self = { postMessage: (message) => parentPort.postMessage(message), addEventListener() {}, removeEventListener() {}, onmessage: null };
const context = vm.createContext({ ...self, console, setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance, TextDecoder, TextEncoder, URL, structuredClone, atob, btoa, crypto });
context.self = context;
parentPort.on('message', (data) => context.onmessage && context.onmessage({ data }));
vm.runInContext(workerData, context);
`;

async function startWorker(options: ClientOptions): Promise<TestClient> {
  const script = readFileSync(await serverScript('browser'), 'utf8');
  const worker = new Worker(shim, { eval: true, workerData: script });
  worker.on('error', (error) => {
    throw error;
  });
  const connection = createProtocolConnection(new WorkerReader(worker), new WorkerWriter(worker));
  return new TestClient(connection, options, () => void worker.terminate()).start();
}

const loop = 'package p\n\nfunc f() {\n\tfor k := range table {\n\t\tdelete(table, k)\n\t}\n}\n';

test('worker: answers initialize and analyses what it is handed over', async () => {
  const folder = 'vscode-vfs://github/o/n';
  const files = [
    { uri: `${folder}/go.mod`, text: 'module example.com/p\n\ngo 1.22\n' },
    { uri: `${folder}/table.go`, text: 'package p\n\nvar table = map[string]int{}\n' },
    { uri: `${folder}/closed.go`, text: loop.replace('func f', 'func closed') },
  ];
  const client = await startWorker({ folders: [folder], initializationOptions: { ...vscodeOptions, files } });
  try {
    assert.equal(client.result!.serverInfo!.name, 'mapwarden');
    const uri = `${folder}/open.go`;
    await client.open(uri, loop);
    assert.deepEqual((await client.diagnostics(uri)).map(({ code }) => code), ['delete-loop']);
    const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    assert.ok(items.some((item) => item.uri === `${folder}/closed.go`));

    await client.connection.sendNotification('mapwarden/files', { files: [{ uri: `${folder}/table.go`, text: 'package p\n\nvar table []int\n' }] });
    await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/closed.go`, type: 3 }] });
    assert.deepEqual(await client.diagnostics(`${folder}/closed.go`), []);
  } finally {
    await client.stop();
  }
});

test('worker: asks for the TypeScript compiler when the first file of it is opened, and analyses then', async () => {
  const folder = 'vscode-vfs://github/o/n';
  const files = [
    { uri: `${folder}/tsconfig.json`, text: '{}' },
    { uri: `${folder}/shared.ts`, text: 'export const shared = new Map<string, number>();\n' },
  ];
  const client = await startWorker({ folders: [folder], initializationOptions: { ...vscodeOptions, files, sendsTypeScript: true } });
  let asked = 0;
  client.connection.onRequest('mapwarden/typescript', () => {
    asked++;
    return { compiler: readFileSync('dist/typescript.js', 'utf8'), libraries: JSON.parse(gunzipSync(readFileSync('dist/typescript-library.json.gz')).toString('utf8')) as unknown };
  });
  try {
    await client.open(`${folder}/a.go`, loop);
    assert.equal(asked, 0, 'Go files need none');
    const uri = `${folder}/a.ts`;
    await client.open(uri, "import { shared } from './shared.ts';\nexport function reset(): void {\n  for (const k of shared.keys()) shared.delete(k);\n}\n");
    await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
    assert.deepEqual((await client.diagnostics(uri)).map(({ code }) => code), ['delete-loop']);
    await client.open(`${folder}/b.ts`, 'const n = 1;\n');
    assert.deepEqual(await client.diagnostics(`${folder}/b.ts`), []);
    assert.equal(asked, 1);
  } finally {
    await client.stop();
  }
});
