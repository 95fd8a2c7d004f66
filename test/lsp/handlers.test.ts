// The server with an analyzer whose findings are words in the text (fake-analyzer.ts).

import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, Hover, TextDocumentEdit, WorkspaceDiagnosticReport, WorkspaceEdit } from 'vscode-languageserver/node';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { MemoryFileSystem } from '../../server/src/workspace/file-system.ts';
import type { RuleSummary, ExplainedTopic } from '../../server/src/lsp/protocol.ts';
import { plainCapabilities, rangeOf, startInProcess, vscodeOptions, type ClientOptions, type TestClient } from './client.ts';
import { FakeAnalyzer, fakeRules } from './fake-analyzer.ts';

const uri = 'file:///w/a.go';

interface Running {
  readonly client: TestClient;
  readonly disk: MemoryFileSystem;
  readonly analyzer: FakeAnalyzer;
}

async function start(options: ClientOptions = {}, files: Readonly<Record<string, string>> = {}): Promise<Running> {
  const disk = new MemoryFileSystem(files);
  let analyzer: FakeAnalyzer | undefined;
  const client = await startInProcess(
    {
      createFileSystem: () => disk,
      environment: { goos: 'linux', goarch: 'amd64' },
      rules: fakeRules,
      version: '9.9.9',
      createAnalyzer: (analyzerOptions) => (analyzer = new FakeAnalyzer(analyzerOptions)),
    },
    { folders: ['file:///w'], initializationOptions: vscodeOptions, ...options },
  );
  return { client, disk, analyzer: analyzer! };
}

/** Starts a server, runs the body, stops the server. */
async function session(body: (running: Running) => Promise<void>, options: ClientOptions = {}, files: Readonly<Record<string, string>> = {}): Promise<void> {
  const running = await start(options, files);
  try {
    await body(running);
  } finally {
    await running.client.stop();
  }
}

const plain: ClientOptions = { capabilities: plainCapabilities, initializationOptions: undefined };

async function actions(client: TestClient, range: Diagnostic['range'], diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
  return client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, ...(only ? { only } : {}) } });
}

function titles(list: readonly CodeAction[]): string[] {
  return list.map(({ title }) => title);
}

test('initialize: says what the client can use', () =>
  session(async ({ client }) => {
    const { capabilities } = client.result!;
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.deepEqual(capabilities.diagnosticProvider, { identifier: 'mapwarden', interFileDependencies: true, workspaceDiagnostics: true });
    await client.until('registrations', () => (client.registrations.length === 2 ? true : undefined));
    assert.deepEqual([...client.registrations].sort(), ['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles']);
  }));

test('initialize: a client that cannot pull is pushed to, and nothing is registered with one that cannot', () =>
  session(async ({ client }) => {
    assert.equal(client.result!.capabilities.diagnosticProvider, undefined);
    await client.open(uri, 'LOOP');
    await client.until('diagnostics', () => client.lastPublished(uri));
    assert.deepEqual(client.registrations, []);
    assert.deepEqual(client.statuses, [], 'a client that does not know Mapwarden gets no notification it does not know');
  }, plain));

test('diagnostics: carry everything the client takes', () =>
  session(async ({ client }) => {
    await client.open(uri, 'a LOOP\r\nü REF GREY\r\nRISK');
    const [loop, ref, grey, risk] = await client.diagnostics(uri);
    assert.deepEqual(loop!.range, { start: { line: 0, character: 2 }, end: { line: 0, character: 6 } });
    assert.equal(loop!.message, 'loop *LOOP* deletes');
    assert.equal(loop!.source, 'mapwarden');
    assert.equal(loop!.code, 'loop');
    assert.equal(loop!.severity, 2);
    assert.deepEqual(loop!.codeDescription, { href: 'vscode://mapwarden.mapwarden/explain/loop' });
    assert.equal(loop!.tags, undefined);
    assert.deepEqual(ref!.relatedInformation, [
      { location: { uri: 'file:///w/other.go', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } }, message: 'the other place' },
    ]);
    assert.deepEqual(ref!.range.start, { line: 1, character: 2 });
    assert.deepEqual(grey!.tags, [1]);
    assert.equal(risk!.severity, 1);
    assert.equal((risk!.data as { version: number }).version, 1);
  }, {}, { '/w/other.go': 'package other' }));

test('diagnostics: a client that does not say so gets no link, no data and no tag it does not know', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP GREY');
    const { diagnostics } = await client.until('diagnostics', () => client.lastPublished(uri));
    assert.equal(diagnostics.length, 2);
    assert.deepEqual(Object.keys(diagnostics[0]!).sort(), ['code', 'message', 'range', 'severity', 'source']);
  }, plain));

test('diagnostics: the same findings are answered with unchanged, by a fresh server too', async () => {
  let resultId: string | undefined;
  await session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    const first = await client.pull(uri);
    resultId = first.resultId;
    assert.equal((await client.pull(uri, resultId)).kind, 'unchanged');
    await client.change(uri, { text: 'LOOP ' });
    assert.equal((await client.pull(uri, resultId)).kind, 'unchanged');
    await client.change(uri, { text: ' LOOP' });
    const moved = await client.pull(uri, resultId);
    assert.equal(moved.kind, 'full');
    assert.notEqual(moved.resultId, resultId);
  });
  await session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    assert.equal((await client.pull(uri, resultId)).kind, 'unchanged');
    await client.close(uri);
    await client.open(uri, 'RISK');
    assert.equal((await client.pull(uri, resultId)).kind, 'full');
  });
});

test('diagnostics: a change that arrives while a request waits cancels it, and asks for another', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    const waiting = client.pull(uri);
    await client.change(uri, { text: 'LOOP LOOP' });
    await assert.rejects(waiting, (error: { code: number; data: unknown }) => {
      assert.equal(error.code, -32802);
      assert.deepEqual(error.data, { retriggerRequest: true });
      return true;
    });
    assert.equal((await client.diagnostics(uri)).length, 2);
  }));

test('diagnostics: a cancelled request is answered as cancelled, not as empty', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    const source = new CancellationTokenSource();
    const waiting = client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token);
    source.cancel();
    await assert.rejects(waiting, (error: { code: number }) => error.code === -32800);
  }));

test('diagnostics: a document closed while a request waits is answered from disk', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP LOOP');
    const waiting = client.pull(uri);
    await client.close(uri);
    const report = await waiting;
    assert.ok(report.kind === 'full' && report.items.length === 1);
  }, {}, { '/w/a.go': 'LOOP' }));

test('diagnostics: a crash is an error answer and a line in the log, and the next request works', () =>
  session(async ({ client }) => {
    await client.open(uri, 'BOOM');
    await assert.rejects(client.pull(uri), (error: { code: number; message: string }) => error.code === -32603 && /textDocument\/diagnostic/.test(error.message));
    await client.until('the log', () => client.log.find((line) => line.includes('boom')));
    await client.change(uri, { text: 'LOOP' });
    assert.equal((await client.diagnostics(uri)).length, 1);
  }));

test('documents: each change of a notification reaches the analyzer as one edit', () =>
  session(async ({ client, analyzer }) => {
    await client.open(uri, 'one\r\ntwo');
    await client.diagnostics(uri);
    analyzer.calls.length = 0;
    await client.change(
      uri,
      { range: { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } }, text: '!' },
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, text: 'LOOP' },
      { range: { start: { line: 9, character: 9 }, end: { line: 9, character: 9 } }, text: '$' },
      { text: 'LOOP' },
    );
    await client.diagnostics(uri);
    assert.deepEqual(analyzer.calls, ['changed /w/a.go 3-3 "!"', 'changed /w/a.go 6-9 "LOOP"', 'changed /w/a.go 10-10 "$"', 'changed /w/a.go whole', 'analyze /w/a.go']);
  }));

test('documents: other schemes and other languages are left alone', () =>
  session(async ({ client, analyzer }) => {
    for (const other of ['git:/w/a.go?{}', 'output:a.go', 'gitlens:///a.go', 'file:///w/a.py']) {
      await client.open(other, 'LOOP');
      assert.deepEqual(await client.diagnostics(other), [], other);
      assert.deepEqual(await client.request('textDocument/codeAction', { textDocument: { uri: other }, range: rangeOf('LOOP', 'LOOP'), context: { diagnostics: [] } }), []);
    }
    assert.deepEqual(analyzer.calls.filter((call) => call.startsWith('analyze')), []);
  }));

test('documents: untitled ones and those of virtual workspaces are analysed', () =>
  session(async ({ client }) => {
    for (const other of ['untitled:Untitled-1', 'vscode-vfs://github/o/n/a.go', 'file:///c%3A/w/a.go']) {
      await client.open(other, 'LOOP');
      const [diagnostic] = await client.diagnostics(other);
      assert.equal(diagnostic?.code, 'loop', other);
      const [fix] = await client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: other }, range: diagnostic!.range, context: { diagnostics: [diagnostic] } });
      assert.equal((fix!.edit!.documentChanges![0] as TextDocumentEdit).textDocument.uri, other);
    }
  }));

test('push: closing clears, other open documents are looked at again, equal results are sent once', () =>
  session(async ({ client }) => {
    const other = 'file:///w/b.go';
    await client.open(uri, 'LOOP');
    await client.open(other, 'RISK');
    await client.until('both', () => (client.lastPublished(uri) && client.lastPublished(other) ? true : undefined));
    const before = client.published.length;
    await client.change(uri, { text: 'LOOP LOOP' });
    await client.until('the second', () => (client.lastPublished(uri)!.diagnostics.length === 2 ? true : undefined));
    assert.equal(client.published.length, before + 1);
    assert.equal(client.lastPublished(uri)!.version, 2);
    await client.close(uri);
    await client.until('the clearing', () => (client.lastPublished(uri)!.diagnostics.length === 0 ? true : undefined));
  }, plain));

test('code actions: a safe fix is preferred; then the whole file, ignoring, severity and explanation', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP LOOP RISK');
    const [first] = await client.diagnostics(uri);
    const list = await actions(client, first!.range, [first!]);
    assert.deepEqual(titles(list), [
      'Use clear',
      'Fix all loop in this file',
      'Ignore loop for this line…',
      'Ignore loop in this file…',
      'Change the severity of loop…',
      'Explain loop',
      'Report a false positive of loop…',
      'Apply all safe Mapwarden fixes in this file',
    ]);
    const [fix, all] = list;
    assert.equal(fix!.isPreferred, true);
    assert.equal(fix!.kind, 'quickfix');
    assert.deepEqual(fix!.diagnostics, [first]);
    assert.deepEqual(fix!.edit, { documentChanges: [{ textDocument: { uri, version: 1 }, edits: [{ range: first!.range, newText: 'CLEAR' }] }] });
    assert.equal((all!.edit!.documentChanges![0] as TextDocumentEdit).edits.length, 2);
    assert.ok(list.slice(1).every(({ isPreferred }) => isPreferred === undefined));
    const ignore = list[2]!.command!;
    assert.equal(ignore.command, 'mapwarden.ignoreWithReason');
    assert.deepEqual(ignore.arguments, [{ uri, rule: 'loop', range: first!.range, scope: 'line' }]);
    assert.deepEqual(list[4]!.command!.arguments, [{ uri, rule: 'loop' }]);
    assert.deepEqual(list[5]!.command!.arguments, ['loop']);
  }));

test('code actions: an unsafe fix asks for confirmation and says why', () =>
  session(async ({ client }) => {
    await client.open(uri, 'RISK');
    const [risk] = await client.diagnostics(uri);
    const [fix] = await actions(client, risk!.range, [risk!]);
    assert.equal(fix!.title, 'Take the safer way');
    assert.equal(fix!.isPreferred, undefined);
    const edit = fix!.edit!;
    assert.deepEqual(Object.values(edit.changeAnnotations!), [{ label: 'Take the safer way', needsConfirmation: true, description: 'it may differ' }]);
    const [change] = (edit.documentChanges![0] as TextDocumentEdit).edits;
    assert.ok('annotationId' in change! && change.annotationId in edit.changeAnnotations!);
  }));

test('code actions: `only` is a prefix', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP RISK');
    const diagnostics = await client.diagnostics(uri);
    const everywhere = rangeOf('LOOP RISK', 'LOOP RISK');
    const kinds = async (only: string[]): Promise<string[]> => [...new Set((await actions(client, everywhere, diagnostics, only)).map(({ kind }) => kind!))];
    assert.deepEqual(await kinds(['quickfix']), ['quickfix']);
    assert.deepEqual(await kinds(['source']), ['source.fixAll.mapwarden']);
    assert.deepEqual(await kinds(['source.fixAll']), ['source.fixAll.mapwarden']);
    assert.deepEqual(await kinds(['source.fixAll.mapwarden']), ['source.fixAll.mapwarden']);
    assert.deepEqual(await kinds(['source.fixAll.eslint']), []);
    assert.deepEqual(await kinds(['source.organizeImports']), []);
    assert.deepEqual(await kinds(['refactor']), []);
    assert.deepEqual(await kinds(['quick']), []);
    const [all] = await actions(client, everywhere, [], ['source.fixAll.mapwarden']);
    assert.deepEqual((all!.edit!.documentChanges![0] as TextDocumentEdit).edits.map((edit) => ('newText' in edit ? edit.newText : '')), ['CLEAR'], 'unsafe fixes take no part');
  }));

test('code actions: diagnostics of an older version are computed again for the text as it is', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    const [old] = await client.diagnostics(uri);
    await client.change(uri, { text: '   LOOP' });
    const now = rangeOf('   LOOP', 'LOOP');
    const [fix] = await actions(client, now, [{ ...old!, range: now }]);
    assert.deepEqual(fix!.edit!.documentChanges, [{ textDocument: { uri, version: 2 }, edits: [{ range: now, newText: 'CLEAR' }] }]);
    await client.change(uri, { text: 'nothing' });
    assert.deepEqual(await actions(client, now, [{ ...old!, range: now }]), []);
  }));

test('code actions: a plain client gets edits only, and unsafe fixes are marked in their title', () =>
  session(async ({ client }) => {
    const text = 'package p\n\nfunc f() {\n\tLOOP\n\tRISK\n}\n';
    await client.open(uri, text);
    const { diagnostics } = await client.until('diagnostics', () => client.lastPublished(uri));
    const list = await actions(client, rangeOf(text, 'LOOP'), [diagnostics[0]!]);
    assert.deepEqual(titles(list), ['Use clear', 'Ignore loop for this line…', 'Ignore loop in this file…', 'Apply all safe Mapwarden fixes in this file']);
    assert.ok(list.every(({ command }) => command === undefined));
    assert.deepEqual(list[0]!.edit, { changes: { [uri]: [{ range: rangeOf(text, 'LOOP'), newText: 'CLEAR' }] } });
    const [unsafe] = await actions(client, rangeOf(text, 'RISK'), [diagnostics[1]!]);
    assert.equal(unsafe!.title, 'Take the safer way (check the result)');
    assert.deepEqual(list[1]!.edit, {
      changes: { [uri]: [{ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, newText: '\t//mapwarden:ignore loop say why this is fine here\n' }] },
    });
  }, plain));

test('code actions: nothing outside a finding', () =>
  session(async ({ client }) => {
    await client.open(uri, 'abc LOOP');
    assert.deepEqual(await actions(client, rangeOf('abc LOOP', 'ab'), []), []);
  }));

test('hover: explains a finding in at most eight lines, and nothing else', () =>
  session(async ({ client }) => {
    await client.open(uri, 'abc LOOP RISK end');
    const at = (character: number): Promise<Hover | null> => client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character } });
    const hover = await at(5);
    const { value } = hover!.contents as { value: string };
    assert.equal(
      value,
      [
        '**loop**: It is slow and wordy.',
        'The quick fix is safe: behaviour stays as it is.',
        '[Explain loop](command:mapwarden.explainRule?%5B%22loop%22%5D) · [the document](command:mapwarden.explainRule?%5B%22contents%22%5D)',
      ].join('\n\n'),
    );
    assert.deepEqual(hover!.range, rangeOf('abc LOOP', 'LOOP'));
    assert.ok((await at(10)) !== null);
    assert.equal(await at(1), null);
    assert.equal(await at(400), null);
    assert.ok(((await at(10))!.contents as { value: string }).value.includes('The quick fix asks for a look: it may differ'));
  }));

test('hover: plain text for a client that reads no markup', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
    assert.deepEqual(hover.contents, {
      kind: 'plaintext',
      value: 'loop: It is slow and wordy.\n\nThe quick fix is safe: behaviour stays as it is.',
    });
  }, { ...plain, capabilities: { ...plainCapabilities, textDocument: { ...plainCapabilities.textDocument, hover: { contentFormat: ['plaintext'] } } } }));

test('language: of the client, unless the setting says another', () =>
  session(async ({ client }) => {
    await client.open(uri, 'LOOP');
    assert.equal((await client.diagnostics(uri))[0]!.message, '循环 LOOP');
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal((await actions(client, diagnostic!.range, [diagnostic!]))[0]!.title, '使用 clear');
    client.configuration = () => ({ language: 'en' });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
    assert.equal((await client.diagnostics(uri))[0]!.message, 'loop *LOOP* deletes');
  }, { locale: 'zh-CN' }));

test('configuration: each folder has its own, changes act without a restart', () =>
  session(
    async ({ client }) => {
      const other = 'file:///v/b.go';
      await client.open(uri, 'LOOP');
      await client.open(other, 'LOOP');
      assert.equal((await client.diagnostics(uri))[0]!.severity, 2);
      assert.equal((await client.diagnostics(other))[0]!.severity, 1);
      client.configuration = () => ({ rules: { loop: 'off' } });
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.deepEqual(await client.diagnostics(other), []);
      const before = client.refreshes;
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.diagnostics(uri);
      assert.equal(client.refreshes, before, 'equal settings change nothing');
    },
    { folders: ['file:///w', 'file:///v'], configuration: (scope) => (scope === 'file:///v' ? { rules: { loop: 'error' } } : {}) },
  ));

test('configuration: a client that cannot be asked tells it', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP RISK');
      await client.until('one', () => (client.lastPublished(uri)?.diagnostics.length === 1 ? true : undefined));
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { mapwarden: { rules: { loop: 'hint', risk: 'nonsense' } } } });
      await client.until('both', () => (client.lastPublished(uri)?.diagnostics.length === 2 ? true : undefined));
      assert.equal(client.lastPublished(uri)!.diagnostics[0]!.severity, 4);
    },
    { ...plain, initializationOptions: { settings: { rules: { loop: 'off' } } } },
  ));

test('configuration: a client that fails to answer is served with the defaults', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP');
      assert.equal((await client.diagnostics(uri)).length, 1);
      await client.until('the log', () => client.log.find((line) => line.includes('workspace/configuration')));
    },
    {
      configuration: () => {
        throw new Error('no');
      },
    },
  ));

test('run onSave: findings wait for the document to be saved', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP');
      const first = await client.pull(uri);
      await client.change(uri, { text: 'LOOP LOOP' });
      assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
      await client.save(uri);
      await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
      const saved = await client.pull(uri, first.resultId);
      assert.ok(saved.kind === 'full' && saved.items.length === 2);
    },
    { configuration: () => ({ run: 'onSave' }) },
  ));

test('watched files: a change on disk refreshes, one of an open document does not', () =>
  session(async ({ client, analyzer, disk }) => {
    await client.open(uri, 'LOOP');
    await client.diagnostics(uri);
    analyzer.calls.length = 0;
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await client.diagnostics(uri);
    assert.equal(client.refreshes, 0);
    disk.write('/w/go.mod', 'module m');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: 'file:///w/go.mod', type: 1 },
        { uri: 'file:///w/b.go', type: 2 },
        { uri: 'file:///w/sub', type: 3 },
      ],
    });
    await client.until('a refresh', () => (client.refreshes === 1 ? true : undefined));
    assert.deepEqual(analyzer.calls.filter((call) => !call.startsWith('analyze')), ['invalidate /w/go.mod', 'changed /w/b.go whole', 'invalidate /w/sub']);
  }));

test('notices: faults of a configuration file stand at their line, and go with the fault', () =>
  session(
    async ({ client }) => {
      const configuration = 'file:///w/.mapwarden.json';
      await client.open(uri, 'x');
      await client.diagnostics(uri);
      const { diagnostics } = await client.until('the notice', () => client.lastPublished(configuration));
      assert.deepEqual(diagnostics, [
        { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 7 } }, severity: 2, source: 'mapwarden', message: 'not understood' },
      ]);
      await client.open(configuration, '{\n}', 'jsonc');
      await client.until('a refresh', () => (client.refreshes > 0 ? true : undefined));
      await client.diagnostics(uri);
      await client.until('the clearing', () => (client.lastPublished(configuration)!.diagnostics.length === 0 ? true : undefined));
    },
    {},
    { '/w/.mapwarden.json': '{\n  FAULT\n}' },
  ));

test('status: a file above the limit is said once, and forgotten when it is closed', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP LOOP');
      assert.deepEqual(await client.diagnostics(uri), []);
      await client.diagnostics(uri);
      await client.until('the status', () => client.statuses.find((status) => (status as { state: string }).state === 'degraded'));
      assert.deepEqual(await client.request('mapwarden/status', undefined), { state: 'degraded', reason: 'a.go is not analysed: too large' });
      assert.equal(client.log.filter((line) => line.includes('too large') && line.includes('is not analysed')).length, 1);
      await client.close(uri);
      await client.until('ready again', () => ((client.statuses.at(-1) as { state: string }).state === 'ready' ? true : undefined));
    },
    { configuration: () => ({ maxFileSize: 5 }) },
  ));

test('requests: explain, rules, version, ignoring, severity, report', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'package p\n\nfunc f() {\n\tLOOP\n}\n');
      const range = rangeOf('package p\n\nfunc f() {\n\tLOOP\n}\n', 'LOOP');
      assert.deepEqual((await client.request<ExplainedTopic>('mapwarden/explain', { topic: 'loop' })).title, 'A loop clears');
      assert.equal(await client.request('mapwarden/explain', { topic: 'none' }), null);
      assert.deepEqual(await client.request<RuleSummary[]>('mapwarden/rules', {}), [
        { id: 'loop', title: 'A loop clears', severity: 'warning', preview: false },
        { id: 'risk', title: 'A risk', severity: 'error', preview: false },
      ]);
      assert.deepEqual(await client.request('mapwarden/goVersion', { uri }), { version: '1.21', reason: 'go.mod' });
      assert.equal(await client.request('mapwarden/ignoreEdits', { uri, rule: 'loop', range, scope: 'line', reason: ' \n' }), null);
      assert.equal(await client.request('mapwarden/ignoreEdits', { uri, rule: 'risk', range, scope: 'line', reason: 'x' }), null);
      const ignoring = await client.request<WorkspaceEdit>('mapwarden/ignoreEdits', { uri, rule: 'loop', range, scope: 'line', reason: 'it is\nfine' });
      assert.ok(JSON.stringify(ignoring).includes('//mapwarden:ignore loop it is fine'));
      const created = await client.request<WorkspaceEdit>('mapwarden/severityEdits', { uri, rule: 'loop', severity: 'hint' });
      assert.deepEqual(created.documentChanges!.map((change) => ('kind' in change ? `${change.kind} ${'uri' in change ? change.uri : ''}` : 'edit')), ['create file:///w/.mapwarden.json', 'edit']);
      assert.equal(await client.request('mapwarden/severityEdits', { uri, rule: 'none', severity: 'hint' }), null);
      assert.deepEqual(await client.request('mapwarden/reportData', { uri, rule: 'loop', range }), {
        mapwardenVersion: '9.9.9',
        rule: 'loop',
        message: 'loop *LOOP* deletes',
        languageId: 'go',
        goVersion: '1.21',
        declaration: 'func f() {\n\tLOOP\n}',
      });
      assert.equal(await client.request('mapwarden/reportData', { uri, rule: 'risk', range }), null);
    },
  ));

test('requests: a severity goes into the configuration file that is there, its comments kept', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP');
      const edit = await client.request<WorkspaceEdit>('mapwarden/severityEdits', { uri, rule: 'risk', severity: 'off' });
      const [change] = edit.documentChanges as TextDocumentEdit[];
      assert.equal(change!.textDocument.uri, 'file:///w/.mapwarden.json');
      assert.ok(change!.edits.every((edit) => 'newText' in edit && !edit.newText.includes('why')), 'only what is added is written');
      assert.ok(JSON.stringify(change!.edits).includes('\\"risk\\": \\"off\\"'));
    },
    {},
    { '/w/.mapwarden.json': '{\n  // why\n  "rules": {\n    "loop": "off",\n  },\n}\n' },
  ));

test('requests: a configuration file with faults is not edited', () =>
  session(
    async ({ client }) => {
      await client.open(uri, 'LOOP');
      assert.equal(await client.request('mapwarden/severityEdits', { uri, rule: 'risk', severity: 'off' }), null);
    },
    {},
    { '/w/.mapwarden.json': '{ "rules": ' },
  ));

test('requests: before initialize and unknown ones are errors', async () => {
  await session(async ({ client }) => {
    await assert.rejects(client.request('mapwarden/nothing', {}), (error: { code: number }) => error.code === -32601);
  });
});

test('workspace diagnostics: every file of the folders, then nothing until something happens', () =>
  session(
    async ({ client, disk }) => {
      const pull = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> => client.request('workspace/diagnostic', { previousResultIds });
      const first = await pull([]);
      assert.deepEqual(first.items.map((item) => item.uri).sort(), ['file:///w/a.go', 'file:///w/sub/b.go']);
      const known = first.items.map((item) => ({ uri: item.uri, value: item.resultId! }));
      let answered = false;
      const second = pull(known).then((report) => {
        answered = true;
        return report;
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(answered, false, 'it must wait, because clients ask again at once');
      disk.delete('/w/sub/b.go');
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/sub/b.go', type: 3 }] });
      const report = await second;
      assert.deepEqual(report.items.map(({ uri: changed, kind }) => [changed, kind]), [['file:///w/sub/b.go', 'full']]);
      assert.deepEqual((report.items[0] as { items: unknown[] }).items, []);
    },
    {},
    {
      '/w/a.go': 'LOOP',
      '/w/clean.go': 'package w',
      '/w/sub/b.go': 'RISK',
      '/w/sub/ignored.go': 'RISK',
      '/w/.gitignore': 'ignored.go\n/out/\n',
      '/w/out/c.go': 'RISK',
      '/w/boom.go': 'BOOM',
      '/w/generated.go': '// Code generated by x. DO NOT EDIT.\n\npackage w\n\n// RISK\n',
      '/w/vendor/d.go': 'RISK',
      '/w/node_modules/x/e.go': 'RISK',
      '/elsewhere/f.go': 'RISK',
    },
  ));

test('workspace diagnostics: a document that the client closed and forgot is cleared when its findings go', () =>
  session(
    async ({ client, disk }) => {
      const pull = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> => client.request('workspace/diagnostic', { previousResultIds });
      await client.open('file:///w/a.go', 'LOOP');
      await client.diagnostics('file:///w/a.go');
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'file:///w/a.go' } });
      disk.delete('/w/a.go');
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/a.go', type: 3 }] });
      const gone = await pull([]);
      assert.deepEqual(gone.items.map((item) => [item.uri, (item as { items: unknown[] }).items.length]), [['file:///w/a.go', 0]]);
      const waiting = pull([{ uri: 'file:///w/a.go', value: gone.items[0]!.resultId! }]);
      disk.write('/w/b.go', 'LOOP');
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/b.go', type: 1 }] });
      assert.deepEqual((await waiting).items.map((item) => item.uri), ['file:///w/b.go'], 'what was said once is not repeated');
    },
    {},
    { '/w/a.go': 'LOOP' },
  ));

test('workspace diagnostics: a waiting request can be cancelled, and an edit wakes it', () =>
  session(
    async ({ client }) => {
      const tokens = new CancellationTokenSource();
      const params = { previousResultIds: [] };
      const waiting = client.connection.sendRequest('workspace/diagnostic', params, tokens.token);
      await new Promise((resolve) => setTimeout(resolve, 50));
      tokens.cancel();
      await assert.rejects(waiting, (error: { code: number }) => error.code === -32800);
      const woken = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', params);
      await client.open('file:///w/a.go', 'LOOP');
      const { items } = await woken;
      assert.deepEqual(items.map((item) => [item.uri, item.version]), [['file:///w/a.go', 1]]);
    },
    {},
    { '/w/a.go': 'package w' },
  ));

function files(count: number, text: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`/w/${Math.floor(i / 10)}/${i}.go`, text]));
}

test('workspace diagnostics: a long walk shows its progress and gives way to other requests', () =>
  session(
    async ({ client }) => {
      const walk = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'parts' });
      await client.until('the progress', () => client.progress.find((params) => JSON.stringify(params).includes('"percentage"')));
      let isWalking = true;
      void walk.then(() => (isWalking = false));
      await client.request('mapwarden/explain', { topic: 'loop' });
      assert.ok(isWalking, 'a request must not wait for the whole walk');
      assert.deepEqual((await walk).items, [], 'everything has been said in parts');
      const parts = client.progress.flatMap((params) => (params as { value: WorkspaceDiagnosticReport }).value.items ?? []);
      assert.equal(parts.length, 80);
      const kinds = client.progress.map((params) => (params as { value: { kind?: string } }).value.kind).filter((kind) => kind !== undefined);
      assert.equal(kinds[0], 'begin');
      assert.equal(kinds.at(-1), 'end');
      const indexing = client.statuses.filter((status) => (status as { state: string }).state === 'indexing') as { done: number; total: number }[];
      assert.ok(indexing.length > 0 && indexing.every(({ total }) => total === 80));
      assert.deepEqual(client.statuses.at(-1), { state: 'ready' });
    },
    {},
    files(80, 'SLOW LOOP'),
  ));

test('workspace diagnostics: a walk that the user stops is not begun again until something happens', () =>
  session(
    async ({ client, analyzer }) => {
      const params = { previousResultIds: [] };
      const walk = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', params);
      const begun = await client.until('the progress', () => client.progress.find((progress) => JSON.stringify(progress).includes('"begin"')));
      await client.connection.sendNotification('window/workDoneProgress/cancel', { token: (begun as { token: string }).token });
      assert.ok((await walk).items.length < 100);
      analyzer.calls.length = 0;
      let answered = false;
      const again = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', params).finally(() => (answered = true));
      await new Promise((resolve) => setTimeout(resolve, 600));
      assert.equal(answered, false);
      assert.deepEqual(analyzer.calls, []);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/go.mod', type: 1 }] });
      await again;
      assert.ok(analyzer.calls.length >= 100);
    },
    {},
    files(100, 'SLOW LOOP'),
  ));

test('workspace diagnostics: in a large workspace memory is given back, and an edit concerns its folder', () =>
  session(
    async ({ client, analyzer }) => {
      const first = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      assert.equal(first.items.length, 2100);
      assert.equal(analyzer.calls.filter((call) => call.startsWith('release')).length, 210);
      const known = first.items.map((item) => ({ uri: item.uri, value: item.resultId! }));
      const second = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: known });
      analyzer.calls.length = 0;
      await client.open('file:///w/7/70.go', 'LOOP LOOP');
      assert.deepEqual((await second).items.map((item) => item.uri), ['file:///w/7/70.go']);
      assert.deepEqual([...new Set(analyzer.calls.filter((call) => call.startsWith('analyze')).map((call) => call.split('/')[2]))], ['7']);
    },
    {},
    files(2100, 'LOOP'),
  ));

test('workspace folders: a closed one clears its diagnostics', () =>
  session(
    async ({ client }) => {
      const first = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      const known = first.items.map((item) => ({ uri: item.uri, value: item.resultId! }));
      assert.equal(known.length, 2);
      const second = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: known });
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: 'file:///v', name: 'v' }] } });
      assert.deepEqual((await second).items.map((item) => [item.uri, (item as { items: unknown[] }).items.length]), [['file:///v/b.go', 0]]);
    },
    { folders: ['file:///w', 'file:///v'] },
    { '/w/a.go': 'LOOP', '/v/b.go': 'LOOP' },
  ));

test('replay: a fresh server with the same documents gives the same answers', async () => {
  const text = 'LOOP RISK\nREF\n';
  const ask = async (client: TestClient): Promise<unknown[]> => {
    const diagnostics = await client.diagnostics(uri);
    return [
      diagnostics.map((diagnostic) => ({ ...diagnostic, data: undefined })),
      (await client.pull(uri)).resultId,
      await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 1 } }),
      titles(await actions(client, rangeOf(text, 'LOOP'), [])),
    ];
  };
  let lived: unknown[] = [];
  await session(async ({ client }) => {
    await client.open(uri, 'RISK');
    await client.diagnostics(uri);
    await client.open('file:///w/other.go', 'LOOP');
    await client.change(uri, { text: 'LOOP' }, { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 4 } }, text: ' RISK\nREF\n' });
    await client.close('file:///w/other.go');
    lived = await ask(client);
  });
  await session(async ({ client }) => {
    await client.open(uri, text);
    assert.deepEqual(await ask(client), lived);
  });
});
