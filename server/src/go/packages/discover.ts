// The Go files at and below the paths that somebody names.

import { discover } from '../../workspace/discover.ts';
import type { Discovery, FileKind } from '../../workspace/discover.ts';
import type { PackageGraph } from './graph.ts';
import { isIgnoredName } from './selection.ts';

const foldersOfOthers: ReadonlySet<string> = new Set(['vendor', 'testdata', 'node_modules']);

/** Go's files, and the folders that the go command leaves out of `./...`. Test files count. */
export const goFiles: FileKind = {
  wants: (name) => name.endsWith('.go') && !isIgnoredName(name),
  accepts: (name) => name.endsWith('.go'),
  enters: (name) => !isIgnoredName(name) && !foldersOfOthers.has(name),
};

export interface GoSource {
  readonly path: string;
  /** True if the file itself was named, and not a folder around it. */
  readonly named: boolean;
  /** True for generated code, which is analysed only if it is named. */
  readonly generated: boolean;
}

/** The Go files of a discovery, in its order. Each is read when it is its turn. */
export function* discoverGoFiles(graph: PackageGraph, discovery: Omit<Discovery, 'kinds'>): Generator<GoSource, void> {
  for (const found of discover({ ...discovery, kinds: [goFiles] })) {
    if (found.kind !== 'file') continue;
    const { path, named } = found;
    yield { path, named, generated: graph.file(path)?.generated ?? false };
  }
}
