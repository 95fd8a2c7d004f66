import { FileChangeType, type FileEvent } from 'vscode-languageserver';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { asRecord } from './json.ts';
import { pathOfUri } from './uris.ts';

/** The files of a workspace that the client handed over, for a server that has no disk to read. */
export class HandedOverFiles {
  readonly fileSystem = new MemoryFileSystem();

  /** Takes what has the shape of `{ files: [{ uri, text }] }`, and says what became different. */
  add(value: unknown): FileEvent[] {
    const { files } = asRecord(value);
    if (!Array.isArray(files)) return [];
    return files.flatMap((file): FileEvent[] => {
      const { uri, text } = asRecord(file);
      if (typeof uri !== 'string' || typeof text !== 'string') return [];
      const path = pathOfUri(uri);
      const type = this.fileSystem.kindOf(path) === 'file' ? FileChangeType.Changed : FileChangeType.Created;
      this.fileSystem.write(path, text);
      return [{ uri, type }];
    });
  }

  delete(uri: string): void {
    this.fileSystem.delete(pathOfUri(uri));
  }
}
