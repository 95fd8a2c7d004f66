// Everything the command line does to the world goes through here, so that it runs in tests and knows no platform.

import type { AnalyzerEnvironment } from '../analyzer.ts';
import type { TypeScriptPackage } from '../typescript/compiler.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import type { ResultStore } from './result-cache.ts';

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Undefined where the output has no width. */
  readonly columns: number | undefined;
}

export interface CommandLineIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: AnalyzerEnvironment;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Another text for each build of the program. */
  readonly program: string;
  /** Absolute, with `/` between its parts. */
  readonly workingDirectory: string;
  /** A path as somebody typed it, made absolute. */
  absolute(path: string): string;
  /** @param limitFor the largest size in bytes at which a file is read */
  fileSystem(limitFor: (path: string) => number): FileSystem;
  /**
   * Where results of earlier runs are kept.
   * @param folder as somebody typed it; if not given, the platform's, as far as it has one
   * @param failed told of the first result that could not be kept in a folder that was given
   */
  resultStore(folder: string | undefined, failed: (error: unknown) => void): ResultStore | undefined;
  /** Loads the TypeScript compiler. */
  typescript(): TypeScriptPackage;
  /** Bytes; 0 when nobody knows. */
  sizeOf(path: string): number;
  /** True if a file may be written to and holds exactly `text`, so that nothing is lost by writing another text. */
  canReplace(path: string, text: string): boolean;
  /**
   * Writes a file that `canReplace`, with the byte order mark it has.
   * @throws Error when the disk does not take it.
   */
  replace(path: string, text: string): void;
  /** Milliseconds since some moment. */
  now(): number;
  /** Lets signals and output come through. */
  breathe(): Promise<void>;
  /**
   * Says that a part of a run, such as a folder, is looked at now.
   * @param size of its files in bytes
   */
  partBegins(size: number): void;
  /** Says that it has been let go. */
  partEnded(): void;
  /** Runs the language server until its client leaves. */
  serve(): Promise<number>;
}

/** What the user did wrong, in words for them: nothing was analysed, and the exit status is 2. */
export class UsageError extends Error {}
