// A small language client: over the streams of a process, over pipes inside this one, or over the messages of a worker.

import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { createConnection, createProtocolConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeParams,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
  Range,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { serve, type ServerHost } from '../../server/src/lsp/server.ts';

/** What VS Code's client library announces, as far as the server looks at it. */
export const vscodeCapabilities: ClientCapabilities = {
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, dataSupport: true },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false, relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, dataSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source'] } }, isPreferredSupport: true, dataSupport: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'], changeAnnotationSupport: {} },
  },
  window: { workDoneProgress: true },
  general: { positionEncodings: ['utf-16'] },
};

export const vscodeOptions = {
  commands: ['mapwarden.explainRule', 'mapwarden.ignoreWithReason', 'mapwarden.setRuleSeverity', 'mapwarden.reportFalsePositive'],
  explainUri: 'vscode://mapwarden.mapwarden/explain/',
};

/** A client without pull diagnostics, dynamic registration, annotations or Mapwarden's commands. */
export const plainCapabilities: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1] } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
    completion: { completionItem: {} },
  },
  workspace: { workspaceFolders: true },
};

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  readonly locale?: string;
  /** What `workspace/configuration` answers for a scope (undefined: none). */
  readonly configuration?: (scopeUri: string | undefined) => unknown;
}

export class TestClient {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  readonly statuses: unknown[] = [];
  readonly registrations: string[] = [];
  readonly progress: unknown[] = [];
  refreshes = 0;
  result: InitializeResult | undefined;
  configuration: (scopeUri: string | undefined) => unknown;
  readonly #stop: () => void;
  readonly #options: ClientOptions;
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(connection: ProtocolConnection, options: ClientOptions, stop: () => void) {
    this.connection = connection;
    this.#options = options;
    this.#stop = stop;
    this.configuration = options.configuration ?? (() => ({}));
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => void this.published.push(params));
    connection.onNotification('window/logMessage', (params: { message: string }) => void this.log.push(params.message));
    connection.onNotification('mapwarden/statusChanged', (status: unknown) => void this.statuses.push(status));
    connection.onNotification('$/progress', (params: unknown) => void this.progress.push(params));
    connection.onRequest('workspace/configuration', (params: { items: { scopeUri?: string }[] }) => params.items.map((item) => this.configuration(item.scopeUri)));
    connection.onRequest('workspace/diagnostic/refresh', () => void this.refreshes++);
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => void this.registrations.push(...params.registrations.map(({ method }) => method)));
    connection.listen();
  }

  async start(): Promise<this> {
    const folders = (this.#options.folders ?? []).map((uri): WorkspaceFolder => ({ uri, name: uri }));
    const params: InitializeParams = {
      processId: null,
      rootUri: folders[0]?.uri ?? null,
      capabilities: this.#options.capabilities ?? vscodeCapabilities,
      workspaceFolders: folders,
      initializationOptions: this.#options.initializationOptions,
      clientInfo: { name: 'test' },
      ...(this.#options.locale === undefined ? {} : { locale: this.#options.locale }),
    };
    this.result = await this.connection.sendRequest<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return this;
  }

  async open(uri: string, text: string, languageId = 'go'): Promise<void> {
    this.#versions.set(uri, 1);
    this.#texts.set(uri, text);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Sends one notification with these changes; a change without a range is the whole text. */
  async change(uri: string, ...contentChanges: ({ range: Range; text: string } | { text: string })[]): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  async save(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  version(uri: string): number {
    return this.#versions.get(uri) ?? 0;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) });
  }

  /** The diagnostics of a full report. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error(`expected a full report, got ${report.kind}`);
    return report.items;
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  /** Resolves with the first value that is not undefined; fails after a while. */
  async until<T>(what: string, find: () => T | undefined, patience = 5000): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; log:\n${this.log.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** What was published last for a document. */
  lastPublished(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast((params) => params.uri === uri);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown').catch(() => undefined);
    this.connection.dispose();
    this.#stop();
  }
}

/** A server in this process, so that a test can hand over its analyzer and file system. */
export function startInProcess(host: ServerHost, options: ClientOptions): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(ProposedFeatures.all, toServer, toClient);
  serve(server, host);
  server.listen();
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return new TestClient(client, options, () => server.dispose()).start();
}

/** A server in a process of its own. */
export function startProcess(script: string, options: ClientOptions): Promise<TestClient> {
  const child = spawn(process.execPath, ['--enable-source-maps', script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return new TestClient(client, options, () => void child.kill()).start();
}

/** The range of the nth (from 0) occurrence of a word. */
export function rangeOf(text: string, word: string, n = 0): Range {
  let offset = -1;
  for (let i = 0; i <= n; i++) offset = text.indexOf(word, offset + 1);
  if (offset < 0) throw new Error(`no ${word} number ${n}`);
  const place = (end: number): { line: number; character: number } => {
    const lines = text.slice(0, end).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  };
  return { start: place(offset), end: place(offset + word.length) };
}
