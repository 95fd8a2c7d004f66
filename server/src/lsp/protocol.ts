// What Mapwarden's server and its clients say to each other beyond the Language Server Protocol. Types only: a client
// imports this file with `import type`. Everything is plain data; positions are those of LSP (0-based, UTF-16 units), and
// null stands for absence, because JSON has no undefined.
//
// A client that knows none of this works too: it announces no commands, and the server then offers only actions that are
// plain edits.

import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver';
import type { GoStrategy } from '../analyzer/go-strategies.ts';
import type { PackedLibraries } from '../typescript/libraries.ts';
import type { WrapperKind } from '../go/map-wrappers.ts';
import type { ContainerStrategy } from './container-strategies.ts';

/** The `initializationOptions` of a client that knows Mapwarden. Each key may be missing. */
export interface InitializationOptions {
  /** Commands that the client carries out. The server refers to no other. */
  readonly commands?: readonly (keyof ClientCommands)[];
  /** What a rule's id is appended to for `codeDescription.href`; without it findings carry no link. */
  readonly explainUri?: string;
  /** True for a client that offers the snippet files itself; the server then only offers the forms for other versions. */
  readonly contributesSnippets?: boolean;
  /** What `workspace/configuration` would answer for `mapwarden`, for clients that cannot be asked. */
  readonly settings?: unknown;
  /** Where Go's own files and its module cache are, when the client knows better than the environment. */
  readonly goroot?: string;
  readonly gomodcache?: string;
  /** True for a client that answers `mapwarden/typescript`. */
  readonly sendsTypeScript?: boolean;
  /** The files of the workspace, for a server that has no disk to read (a Worker). */
  readonly files?: readonly FileText[];
}

export interface FileText extends DocumentReference {
  readonly text: string;
}

/** The arguments that code actions hand to the client's commands. */
export interface ClientCommands {
  /** Opens the page of a topic: a rule, a strategy, a section, the contents. */
  'mapwarden.explainRule': [topic: string];
  /** Asks for a reason, then requests `mapwarden/ignoreEdits`. */
  'mapwarden.ignoreWithReason': [target: IgnoreTarget];
  /** Asks for a severity and where to keep it: the workspace's settings or `.mapwarden.json`. */
  'mapwarden.setRuleSeverity': [target: RuleInFile];
  'mapwarden.reportFalsePositive': [target: FindingReference];
  /** Asks which strategy to empty the map with, from `mapwarden/strategies`, and applies it. */
  'mapwarden.chooseStrategy': [place: PlaceReference];
  /** Requests `mapwarden/fallbackFiles`, applies and saves. */
  'mapwarden.createFallbackFiles': [place: PlaceReference];
}

/** Requests from the client, by method. */
export interface CustomRequests {
  /** A page in the language of the settings, or null when there is none of that name. Needs no network. */
  'mapwarden/explain': { readonly params: ExplainParams; readonly result: ExplainedTopic | null };
  /** Everything that has a page: rules, strategies, sections of the document, its contents. */
  'mapwarden/topics': { readonly params: TopicsParams; readonly result: readonly TopicSummary[] };
  /** Every rule, sorted by id. */
  'mapwarden/rules': { readonly params: RulesParams; readonly result: readonly RuleSummary[] };
  /** The Go language version of a file and where it comes from, or null when nothing tells. */
  'mapwarden/goVersion': { readonly params: DocumentReference; readonly result: GoVersion | null };
  /** The edits that put a suppression with this reason, or null when the place is gone. */
  'mapwarden/ignoreEdits': { readonly params: IgnoreParams; readonly result: WorkspaceEdit | null };
  /**
   * The edits that set a rule's severity in the `.mapwarden.json` that holds for a file; creates one in the workspace folder
   * when there is none. Null when the file that is there cannot be edited.
   */
  'mapwarden/severityEdits': { readonly params: SeverityParams; readonly result: WorkspaceEdit | null };
  /** What a report about a finding needs, or null when the finding is gone. */
  'mapwarden/reportData': { readonly params: FindingReference; readonly result: ReportData | null };
  /** The strategies that could empty the map at a place instead, best first; none where no statement empties one. */
  'mapwarden/strategies': { readonly params: PlaceReference; readonly result: readonly StrategyChoice[] };
  /** Two files with complementary build constraints that let a Go file compile before and after the release of a function. */
  'mapwarden/fallbackFiles': { readonly params: PlaceReference; readonly result: FallbackFilesAnswer };
  /** The last status again, for a client that starts to listen late. */
  'mapwarden/status': { readonly params: undefined; readonly result: ServerStatus };
}

/**
 * Notifications from the server, by method. What is logged goes through `window/logMessage`: Info for events, Debug for the
 * analysis trace and timings.
 */
export interface CustomNotifications {
  'mapwarden/statusChanged': ServerStatus;
}

/** Requests from the server, by method. */
export interface ServerRequests {
  /** The TypeScript compiler, for a server that cannot load files: its text, and those of the language's library by file name. */
  'mapwarden/typescript': { readonly params: undefined; readonly result: { readonly compiler: string; readonly libraries: PackedLibraries } };
}

/** Notifications from the client, by method. */
export interface ClientNotifications {
  /** Files that came or changed, for a server that has no disk to read; the deleted ones come as watched-file changes. */
  'mapwarden/files': { readonly files: readonly FileText[] };
}

export type ServerStatus =
  | { readonly state: 'ready' }
  /** `total` is 0 while it is not known. */
  | { readonly state: 'indexing'; readonly done: number; readonly total: number }
  /** Findings may be missing; `reason` is a sentence in the language of the settings. */
  | { readonly state: 'degraded'; readonly reason: string };

export interface DocumentReference {
  readonly uri: string;
}

export interface PlaceReference extends DocumentReference {
  readonly position: Position;
}

export interface StrategyChoice {
  readonly strategy: GoStrategy | WrapperKind | ContainerStrategy;
  readonly title: string;
  /** What follows from it, in a line; without an edit, why there is none. */
  readonly consequence: string;
  /** What is known of this container that bears on it, in some words; empty if there is nothing. */
  readonly known: string;
  /** Null where the strategy does not fit here. */
  readonly edit: WorkspaceEdit | null;
  /** The page about it, for `mapwarden/explain`. */
  readonly topic: string;
}

export interface FallbackFilesAnswer {
  /** Null if there is nothing to write; `reason` then says why, in the language of the settings. */
  readonly edit: WorkspaceEdit | null;
  /** The files that the edit creates. */
  readonly created: readonly string[];
  readonly reason: string;
}

export interface RuleInFile extends DocumentReference {
  readonly rule: string;
}

/** A finding by its rule and the range of its diagnostic. */
export interface FindingReference extends RuleInFile {
  readonly range: Range;
}

export interface IgnoreTarget extends FindingReference {
  /** One finding (a directive at its line), or every finding of the rule in the file. */
  readonly scope: 'line' | 'file';
}

export interface IgnoreParams extends IgnoreTarget {
  /** One line, not blank. */
  readonly reason: string;
}

export interface SeverityParams extends RuleInFile {
  readonly severity: 'off' | 'hint' | 'information' | 'warning' | 'error';
}

export interface ExplainParams {
  /** The id of a rule or a strategy, `section-2.3`, or `contents`. */
  readonly topic: string;
}

export interface ExplainedTopic {
  readonly title: string;
  /** The whole page; begins with the title as its first-level heading. Links to other pages are commands. */
  readonly markdown: string;
  /** The same as HTML for the body of a page, with a table of contents and figures in SVG. */
  readonly html: string;
  /** What the page is written in. */
  readonly language: 'en' | 'zh-cn';
  /** The word for the way back, in that language. */
  readonly back: string;
}

export type TopicsParams = Readonly<Record<string, never>>;

export interface TopicSummary {
  readonly topic: string;
  readonly title: string;
  readonly kind: 'contents' | 'rule' | 'go' | 'typescript' | 'page' | 'section';
}

export type RulesParams = Readonly<Record<string, never>>;

export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly severity: 'off' | 'hint' | 'information' | 'warning' | 'error';
  readonly preview: boolean;
}

export interface GoVersion {
  readonly version: string;
  /** Where it comes from: `go.mod`, `//go:build`, a setting; a sentence in the language of the settings. */
  readonly reason: string;
}

export interface ReportData {
  readonly mapwardenVersion: string;
  readonly rule: string;
  readonly message: string;
  readonly languageId: string;
  readonly goVersion: string | null;
  /** The source of the declaration around the finding. */
  readonly declaration: string;
}
