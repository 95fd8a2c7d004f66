// The server: what a client says, which answer it gets. The entry points give it a connection and a file system.

import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  ResponseError,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { AnalyzerEnvironment, AnalyzerOptions, LogEvent } from '../analyzer.ts';
import { defaultMaxFileSize } from '../config/settings.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { isInside } from '../workspace/paths.ts';
import { OverlayFileSystem } from '../workspace/overlay.ts';
import { isAnalysed, isProjectFile, watchedGlobs } from './analysed-files.ts';
import { answering, describe } from './answering.ts';
import { Changes } from './changes.ts';
import { readClient, type Client } from './client.ts';
import { codeActions, fixAllKind } from './code-actions.ts';
import { completion } from './completion.ts';
import { Configuration } from './configuration.ts';
import { OpenDocuments } from './documents.ts';
import type { AnalyzerFacade } from './facade.ts';
import type { HandedOverFiles } from './handed-over-files.ts';
import { hover } from './hover.ts';
import { clientLog, type Log } from './log.ts';
import { NoticeBoard } from './notices.ts';
import { Places } from './places.ts';
import { documentDiagnostics } from './pull.ts';
import { Publisher } from './push.ts';
import { customAnswers } from './requests.ts';
import { isTypeScriptPath } from '../typescript/files.ts';
import { asRecord } from './json.ts';
import type { Session } from './session.ts';
import { Status } from './status.ts';
import { TieredAnalyzer, type TypedChannel } from './typed-tier.ts';
import { stringsFor } from './strings.ts';
import { hasAnalysedScheme, pathOfUri, uriOfPath } from './uris.ts';
import { WorkspacePull } from './workspace-pull.ts';

export interface ServerHost {
  /** The files below the open documents; nothing above the limit (in bytes) of its path needs to be read. */
  createFileSystem(limitFor: (path: string) => number): FileSystem;
  readonly environment: AnalyzerEnvironment;
  readonly rules: readonly Rule[];
  readonly version: string;
  createAnalyzer(options: AnalyzerOptions): AnalyzerFacade;
  /** Where TypeScript files are analysed with their projects; without it they are only analysed one by one. */
  readonly openTypedChannel?: () => TypedChannel;
  /** Takes the TypeScript compiler that the client sends; only for a server that cannot load it itself. False if it is none. */
  readonly receiveTypeScript?: (sent: unknown) => boolean;
  /** Where files go that the client sends; only for a server without a disk. */
  readonly handedOver?: HandedOverFiles;
}

/** Registers every handler; the caller then listens. */
export function serve(connection: Connection, host: ServerHost): void {
  let server: Server | undefined;
  const current = (): Server => {
    if (!server) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    return server;
  };
  connection.onInitialize((params) => {
    host.handedOver?.add(params.initializationOptions);
    server = new Server(connection, host, params);
    return server.capabilities;
  });
  connection.onInitialized(() => void current().start());
  connection.onShutdown(() => server?.stop());
  listenToDocuments(connection, current);
  listenToWorkspace(connection, current, host.handedOver);
  answerRequests(connection, current);
}

function listenToDocuments(connection: Connection, server: () => Server): void {
  connection.onDidOpenTextDocument((params) => void server().texts('open', (documents) => documents.open(params)));
  connection.onDidChangeTextDocument((params) => void server().texts('change', (documents) => documents.change(params)));
  connection.onDidSaveTextDocument((params) => void server().texts('save', (documents) => documents.saved(params)));
  connection.onDidCloseTextDocument((params) => {
    const path = server().texts('close', (documents) => documents.close(params));
    if (path !== undefined) server().closed(path, params.textDocument.uri);
  });
}

function listenToWorkspace(connection: Connection, server: () => Server, handedOver: HandedOverFiles | undefined): void {
  connection.onDidChangeConfiguration((params) => server().attempt('workspace/didChangeConfiguration', () => server().configurationChanged(params.settings)));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) if (type === FileChangeType.Deleted) handedOver?.delete(uri);
    server().attempt('workspace/didChangeWatchedFiles', () => server().filesChanged(changes));
  });
  connection.onNotification('mapwarden/files', (params: unknown) => server().attempt('mapwarden/files', () => server().filesChanged(handedOver?.add(params) ?? [])));
  const moved = (deleted: readonly string[], created: readonly string[]): void => {
    const events = [...deleted.map((uri): FileEvent => ({ uri, type: FileChangeType.Deleted })), ...created.map((uri): FileEvent => ({ uri, type: FileChangeType.Created }))];
    server().attempt('a file operation', () => server().filesChanged(events));
  };
  connection.workspace.onDidCreateFiles((params) => moved([], params.files.map(({ uri }) => uri)));
  connection.workspace.onDidDeleteFiles((params) => moved(params.files.map(({ uri }) => uri), []));
  connection.workspace.onDidRenameFiles((params) => moved(params.files.map(({ oldUri }) => oldUri), params.files.map(({ newUri }) => newUri)));
}

function answerRequests(connection: Connection, server: () => Server): void {
  const session = (): Session => server().session;
  connection.onHover(answering('textDocument/hover', session, async (current, params) => (await hover(current, params)) ?? null));
  connection.onCompletion(answering('textDocument/completion', session, (current, params) => completion(current, params)));
  connection.onCodeAction(answering('textDocument/codeAction', session, (current, params) => codeActions(current, params)));
  connection.languages.diagnostics.on(
    answering(
      'textDocument/diagnostic',
      session,
      (current, params, _token, version) => documentDiagnostics(current, params, version),
      (current, params) => current.documents.byUri(params.textDocument.uri)?.version,
    ),
  );
  connection.languages.diagnostics.onWorkspace((params, token, _progress, partial) =>
    answering('workspace/diagnostic', session, (_current, _params, cancellation) => server().workspacePull.answer(params, cancellation, partial))(params, token),
  );
  connection.onRequest('mapwarden/status', (): unknown => server().status.current);
  for (const [method, answer] of Object.entries(customAnswers)) {
    const handler = answering(method, session, (current, params) => (answer as (session: Session, params: unknown) => unknown)(current, params));
    connection.onRequest(method, (params: unknown, token: CancellationToken) => handler(params, token));
  }
}

class Server {
  readonly session: Session;
  readonly status: Status;
  readonly workspacePull: WorkspacePull;
  readonly #client: Client;
  readonly #log: Log;
  readonly #notices: NoticeBoard;
  readonly #publisher: Publisher | undefined;
  readonly #changes = new Changes();
  readonly #version: string;
  /** Undefined where it need not be sent, cannot be, or was asked for. */
  #receiveTypeScript: ServerHost['receiveTypeScript'];

  constructor(connection: Connection, host: ServerHost, params: InitializeParams) {
    const client = readClient(params);
    const log = clientLog(connection, client.commands.size > 0);
    const configuration = new Configuration(connection, client);
    const files = new OverlayFileSystem(host.createFileSystem((path) => configuration.settingsFor(path).maxFileSize ?? defaultMaxFileSize));
    const untyped = host.createAnalyzer({
      fileSystem: files,
      environment: {
        ...host.environment,
        ...(client.goroot === undefined ? {} : { goroot: client.goroot }),
        ...(client.gomodcache === undefined ? {} : { gomodcache: client.gomodcache }),
      },
      settingsFor: (path) => configuration.settingsFor(path),
      log: (event) => logEvent(log, event),
    });
    const analyzer = host.openTypedChannel
      ? new TieredAnalyzer({
          analyzer: untyped,
          open: host.openTypedChannel,
          files,
          openPaths: () => documents.analysed().map(({ path }) => path),
          settingsFor: (path) => configuration.settingsFor(path),
          found: () => this.#findingsChanged(),
          failed: (error) => log.error(`analysing with types failed: ${describe(error)}`),
        })
      : untyped;
    const documents: OpenDocuments = new OpenDocuments(files, () => analyzer);
    this.#client = client;
    this.#log = log;
    this.#version = host.version;
    this.#receiveTypeScript = asRecord(params.initializationOptions)['sendsTypeScript'] === true ? host.receiveTypeScript : undefined;
    this.session = {
      connection,
      client,
      configuration,
      documents,
      files,
      log,
      analyzer,
      places: new Places(files),
      rules: new Map(host.rules.map((rule) => [rule.id, rule])),
      version: host.version,
      get strings() {
        return stringsFor(configuration.locale);
      },
      analyze: (path) => this.#analyze(path),
      analysedPath: (uri) => {
        const path = hasAnalysedScheme(uri) ? (documents.byUri(uri)?.path ?? pathOfUri(uri)) : undefined;
        return path !== undefined && isAnalysed(path) ? path : undefined;
      },
      uriOf: (path) => documents.byPath(path)?.uri ?? uriOfPath(path),
    };
    this.status = new Status(this.session);
    this.workspacePull = new WorkspacePull(this.session, this.#changes, this.status);
    this.#notices = new NoticeBoard(this.session);
    this.#publisher = client.pullsDiagnostics ? undefined : new Publisher(this.session);
  }

  get capabilities(): InitializeResult {
    const files = { filters: [{ scheme: 'file', pattern: { glob: '**/*.go', matches: 'file' as const } }, { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' as const } }] };
    return {
      serverInfo: { name: 'mapwarden', version: this.#version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['.'], resolveProvider: false },
        codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', fixAllKind], resolveProvider: false },
        ...(this.#client.pullsDiagnostics
          ? { diagnosticProvider: { identifier: 'mapwarden', interFileDependencies: true, workspaceDiagnostics: true } }
          : {}),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { didCreate: files, didRename: files, didDelete: files },
        },
      },
    };
  }

  /** What can only be done when the client is ready to be asked. */
  async start(): Promise<void> {
    const { configuration } = this.session;
    const begun = performance.now();
    try {
      if (this.#client.tellsFolderChanges) this.#listenToFolders();
      const reading = configuration.read();
      this.#register();
      const changed = await reading;
      if (changed) this.session.analyzer.settingsChanged();
    } catch (error) {
      this.#log.error(`starting failed: ${describe(error)}`);
    }
    this.#log.info(`mapwarden ${this.#version} serves ${this.#client.name}, ready in ${(performance.now() - begun).toFixed(0)} ms`);
    this.status.tell();
    this.#publisher?.now();
  }

  /** The client is about to leave: nothing is worked on that nobody asked for. */
  stop(): void {
    this.#publisher?.stop();
  }

  /** What a notification asks for. It has no answer that could carry an error: the log does. */
  attempt(name: string, work: () => void | Promise<void>): void {
    const failed = (error: unknown): void => this.#log.error(`${name} failed: ${describe(error)}`);
    try {
      work()?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Applies a change of the open documents. */
  texts(event: 'open' | 'change' | 'save' | 'close', apply: (documents: OpenDocuments) => string | undefined): string | undefined {
    let path: string | undefined;
    this.attempt(`textDocument/${event}`, () => {
      path = apply(this.session.documents);
    });
    if (path === undefined) return undefined;
    if (isProjectFile(path)) {
      if (event !== 'save') this.#everythingMayHaveChanged();
      return path;
    }
    if (event === 'open') this.workspacePull.opened(path);
    if (event === 'open' && isTypeScriptPath(path)) this.#askForTypeScript();
    this.#changes.happened('text');
    if (event === 'change') this.#publisher?.soon();
    else this.#publisher?.now();
    if (event === 'save' && this.session.configuration.settingsFor(path).run === 'onSave') this.#refresh();
    return path;
  }

  /** Once, when the first TypeScript file is opened. */
  #askForTypeScript(): void {
    const receive = this.#receiveTypeScript;
    if (!receive) return;
    this.#receiveTypeScript = undefined;
    this.attempt('mapwarden/typescript', async () => {
      if (!receive(await this.session.connection.sendRequest('mapwarden/typescript'))) throw new Error('the client sent no compiler');
      this.#everythingMayHaveChanged();
    });
  }

  /** What was said about a document that is no longer open goes. */
  closed(path: string, uri: string): void {
    this.#publisher?.closed(uri);
    this.#notices.closed(path);
    this.status.closed(path);
  }

  async configurationChanged(settings: unknown): Promise<void> {
    const changed = await this.session.configuration.read(settings);
    if (!changed) return;
    this.session.analyzer.settingsChanged();
    this.#everythingMayHaveChanged();
  }

  filesChanged(events: readonly FileEvent[]): void {
    const ours = events.filter(({ uri }) => hasAnalysedScheme(uri)).map(({ uri, type }) => ({ path: pathOfUri(uri), type }));
    const relevant = ours.filter((event) => this.#fileChanged(event));
    if (relevant.length === 0) return;
    this.#log.trace(`${relevant.length} files changed on disk`);
    this.#everythingMayHaveChanged();
  }

  /** False for a change that cannot matter: the client's text of an open document is the one that counts. */
  #fileChanged({ path, type }: { readonly path: string; readonly type: FileChangeType }): boolean {
    const { analyzer, files } = this.session;
    if (type === FileChangeType.Changed && files.has(path)) return false;
    if (type === FileChangeType.Changed && isAnalysed(path)) analyzer.changed(path);
    else if (isAnalysed(path) || isProjectFile(path) || type !== FileChangeType.Changed) analyzer.invalidate(path);
    return true;
  }

  #listenToFolders(): void {
    const pathsOf = (folders: readonly WorkspaceFolder[]): readonly string[] => folders.map(({ uri }) => pathOfUri(uri));
    this.session.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      this.attempt('workspace/didChangeWorkspaceFolders', () => this.#foldersChanged(pathsOf(added), pathsOf(removed))),
    );
  }

  async #foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const { analyzer, configuration, documents } = this.session;
    configuration.changeFolders(added, removed);
    await configuration.read();
    analyzer.settingsChanged();
    for (const folder of removed) {
      if (!documents.analysed().some(({ path }) => isInside(folder, path))) analyzer.invalidate(folder);
    }
    this.#everythingMayHaveChanged();
  }

  /** Findings of open documents are there that were not when they were last asked for. */
  #findingsChanged(): void {
    this.#changes.happened('text');
    this.#publisher?.now();
    this.#refresh();
  }

  #everythingMayHaveChanged(): void {
    this.#changes.happened('project');
    this.#publisher?.now();
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#client.refreshesDiagnostics) return;
    this.session.connection.languages.diagnostics.refresh().catch((error: unknown) => this.#log.warning(`refreshing failed: ${String(error)}`));
  }

  #register(): void {
    const { connection } = this.session;
    const registrations: Promise<unknown>[] = [];
    if (this.#client.registersConfiguration) registrations.push(connection.client.register(DidChangeConfigurationNotification.type, { section: 'mapwarden' }));
    if (this.#client.registersWatchers) {
      registrations.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watchedGlobs.map((globPattern) => ({ globPattern })) }));
    }
    for (const registration of registrations) registration.catch((error: unknown) => this.#log.warning(`registering failed: ${String(error)}`));
  }

  #analyze(path: string): ReturnType<AnalyzerFacade['analyze']> {
    const begun = performance.now();
    const analysis = this.session.analyzer.analyze(path);
    this.#log.trace(`analysed ${path} in ${(performance.now() - begun).toFixed(1)} ms: ${analysis.skipped ?? `${analysis.findings.length} findings`}`);
    if (this.session.files.has(path)) {
      this.status.analyzed(analysis);
      this.#notices.analyzed(analysis);
    }
    return analysis;
  }
}

function logEvent(log: Log, event: LogEvent): void {
  if (event.kind === 'rule-failed') log.error(`rule ${event.rule} failed in ${event.path}: ${describe(event.error)}`);
  else log.trace(`${event.path}: ${event.reused} of ${event.declarations} declarations reused`);
}
