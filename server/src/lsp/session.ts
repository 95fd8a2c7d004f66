import type { Connection } from 'vscode-languageserver';
import type { FileAnalysis } from '../analyzer.ts';
import type { Rule } from '../rules/rule.ts';
import type { OverlayFileSystem } from '../workspace/overlay.ts';
import type { Client } from './client.ts';
import type { Configuration } from './configuration.ts';
import type { OpenDocuments } from './documents.ts';
import type { AnalyzerFacade } from './facade.ts';
import type { Log } from './log.ts';
import type { Places } from './places.ts';
import type { Strings } from './strings.ts';

/** What every request works with. It holds the state that a client told; answers are computed from it each time. */
export interface Session {
  readonly connection: Connection;
  readonly log: Log;
  readonly client: Client;
  readonly configuration: Configuration;
  readonly documents: OpenDocuments;
  readonly files: OverlayFileSystem;
  readonly places: Places;
  readonly analyzer: AnalyzerFacade;
  /** Analyses a file for its diagnostics, and tells the status and the notices what came of it. */
  analyze(path: string): FileAnalysis;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The version of Mapwarden. */
  readonly version: string;
  /** The words for the language of the settings. */
  readonly strings: Strings;
  /** The path of a document that can have findings, open or not; undefined for any other. */
  analysedPath(uri: string): string | undefined;
  /** The client's own spelling for an open document. */
  uriOf(path: string): string;
}
