// A file system that writes down what it was asked and what it answered, as hashes: whoever asks the same of a disk later knows
// whether anything is different.

import { digest } from '../text/digest.ts';
import type { DirectoryEntry, FileSystem, ReadResult } from './file-system.ts';
import { relative } from './paths.ts';

/** Something that was asked about a path, and a hash of the answer; where a path really is counts from itself. */
export type Answer = readonly [question: 'read' | 'list' | 'kind' | 'real', path: string, hash: string];

export class RecordedFileSystem implements FileSystem {
  readonly #fileSystem: FileSystem;
  #answers: Map<string, Answer> | undefined;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** From now on everything is written down, until `stop`. */
  start(): void {
    this.#answers = new Map();
  }

  /** What was answered since `start`, each question once. */
  stop(): readonly Answer[] {
    const answers = [...(this.#answers?.values() ?? [])];
    this.#answers = undefined;
    return answers;
  }

  readFile(path: string): ReadResult {
    const result = this.#fileSystem.readFile(path);
    this.#record('read', path, result);
    return result;
  }

  readDirectory(path: string): readonly DirectoryEntry[] {
    const entries = this.#fileSystem.readDirectory(path);
    this.#record('list', path, entries);
    return entries;
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const kind = this.#fileSystem.kindOf(path);
    this.#record('kind', path, kind);
    return kind;
  }

  realPath(path: string): string {
    const real = this.#fileSystem.realPath(path);
    this.#record('real', path, relative(path, real));
    return real;
  }

  #record(question: Answer[0], path: string, answer: unknown): void {
    const key = `${question} ${path}`;
    if (this.#answers && !this.#answers.has(key)) this.#answers.set(key, [question, path, hashOf(answer)]);
  }
}

/** True if a file system answers as was written down. */
export function answersAlike(fileSystem: FileSystem, answers: readonly Answer[]): boolean {
  return answers.every(([question, path, hash]) => {
    switch (question) {
      case 'read':
        return hashOf(fileSystem.readFile(path)) === hash;
      case 'list':
        return hashOf(fileSystem.readDirectory(path)) === hash;
      case 'kind':
        return hashOf(fileSystem.kindOf(path)) === hash;
      case 'real':
        return hashOf(relative(path, fileSystem.realPath(path))) === hash;
    }
  });
}

function hashOf(answer: unknown): string {
  // The version of a text stands for it.
  return digest(JSON.stringify(answer, (key, value: unknown) => (key === 'text' ? undefined : value)) ?? '');
}
