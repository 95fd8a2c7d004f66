import type { InitializeParams } from 'vscode-languageserver';
import type { Locale } from '../rules/rule.ts';
import { asRecord, stringIn } from './json.ts';
import { pathOfUri } from './uris.ts';
import type { ClientCommands, InitializationOptions } from './protocol.ts';

/** What the connected client can do, read once from its `initialize` request. */
export interface Client {
  readonly name: string;
  /** The commands that it carries out; empty for one that does not know Mapwarden. */
  readonly commands: ReadonlySet<keyof ClientCommands>;
  readonly explainUri: string | undefined;
  readonly locale: Locale;
  readonly goroot: string | undefined;
  readonly gomodcache: string | undefined;
  /** Settings handed over at the start, for clients that cannot be asked. */
  readonly settings: unknown;
  /** Paths of the workspace folders at the start. */
  readonly folders: readonly string[];
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly keepsDiagnosticData: boolean;
  readonly showsRelatedPlaces: boolean;
  readonly showsUnnecessary: boolean;
  readonly linksCodes: boolean;
  readonly readsMarkdown: boolean;
  readonly codeActionLiterals: boolean;
  readonly takesDocumentChanges: boolean;
  readonly createsFiles: boolean;
  readonly confirmsChanges: boolean;
  readonly adjustsIndentation: boolean;
  readonly takesSnippets: boolean;
  /** True if the client offers the snippet files itself. */
  readonly contributesSnippets: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly tellsFolderChanges: boolean;
  readonly showsProgress: boolean;
}

export function readClient(params: InitializeParams): Client {
  const { capabilities } = params;
  const document = capabilities.textDocument;
  const workspace = capabilities.workspace;
  const options = readOptions(params.initializationOptions);
  return {
    name: params.clientInfo?.name ?? 'a client without a name',
    commands: new Set(options.commands ?? []),
    explainUri: options.explainUri,
    locale: params.locale?.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en',
    goroot: options.goroot,
    gomodcache: options.gomodcache,
    settings: options.settings,
    folders: foldersOf(params),
    pullsDiagnostics: document?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    keepsDiagnosticData: document?.diagnostic?.dataSupport === true || document?.publishDiagnostics?.dataSupport === true,
    showsRelatedPlaces: document?.diagnostic?.relatedInformation === true || document?.publishDiagnostics?.relatedInformation === true,
    showsUnnecessary: [...(document?.diagnostic?.tagSupport?.valueSet ?? []), ...(document?.publishDiagnostics?.tagSupport?.valueSet ?? [])].includes(1),
    linksCodes: document?.diagnostic?.codeDescriptionSupport === true || document?.publishDiagnostics?.codeDescriptionSupport === true,
    readsMarkdown: document?.hover?.contentFormat?.includes('markdown') ?? true,
    codeActionLiterals: document?.codeAction?.codeActionLiteralSupport !== undefined,
    takesDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    confirmsChanges: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    takesSnippets: document?.completion?.completionItem?.snippetSupport === true,
    contributesSnippets: options.contributesSnippets === true,
    adjustsIndentation: document?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(1) === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolderChanges: workspace?.workspaceFolders === true,
    showsProgress: capabilities.window?.workDoneProgress === true,
  };
}

function readOptions(value: unknown): InitializationOptions {
  const options = asRecord(value);
  const commands = Array.isArray(options['commands']) ? options['commands'].filter((name) => typeof name === 'string') : [];
  return {
    commands: commands as (keyof ClientCommands)[],
    ...stringIn(options, 'explainUri'),
    ...stringIn(options, 'goroot'),
    ...stringIn(options, 'gomodcache'),
    contributesSnippets: options['contributesSnippets'] === true,
    settings: options['settings'],
  };
}

function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map((folder) => pathOfUri(folder.uri));
  if (params.rootUri) return [pathOfUri(params.rootUri)];
  return [];
}
