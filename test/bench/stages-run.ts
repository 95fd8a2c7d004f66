// Run by stages.mjs: parses, types and checks every Go file below a folder, and prints the CPU seconds of each stage as JSON. Reading
// the disk is a stage of its own, whoever asks for it: parsing begins with a text.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GoWalker } from '../../server/src/analyzer/go-walker.ts';
import { commentsIn } from '../../server/src/go/syntax/comments.ts';
import { parseFile } from '../../server/src/go/syntax/parser.ts';
import { PackageGraph } from '../../server/src/go/packages/graph.ts';
import { standardPackage } from '../../server/src/go/types/std/standard-library.ts';
import { TypeStore } from '../../server/src/go/types/store.ts';
import type { FileSystem } from '../../server/src/workspace/file-system.ts';
import { DiskFileSystem } from '../../server/src/node/disk-file-system.ts';
import { rules } from '../../server/src/rules/registry.ts';

const folder = process.argv[2]!;
const seconds = { read: 0, parse: 0, types: 0, rules: 0 };
let stage: keyof typeof seconds | undefined;
const disk = timed(new DiskFileSystem());
let files = 0;
let bytes = 0;

const graph = new PackageGraph({ fileSystem: disk, environment: { goos: 'linux', goarch: 'amd64' } });
const store = new TypeStore({ standardPackage });
const walker = new GoWalker(rules);

for (const directory of foldersBelow(folder)) {
  const packages = graph.packagesIn(directory);
  for (const one of packages) {
    for (const file of one.ownFiles) {
      files++;
      bytes += file.text.length;
      const { text } = file;
      spend('parse', () => parseFile(text));
      void file.syntax;
    }
  }
  for (const one of packages) {
    const info = store.infoFor(one);
    for (const file of one.ownFiles) {
      spend('types', () => file.syntax.decls.forEach((declaration) => info.prepare(declaration)));
      const failed = new Set<string>();
      const input = { file, package: one, info, commentsIn: (start: number, end: number) => commentsIn(file.syntax, { start, end }), failed: () => {} };
      spend('rules', () => {
        const walk = walker.over(input, failed);
        for (const declaration of file.syntax.decls) walk.reportsIn(declaration);
        walker.checkFile(input, failed);
      });
    }
  }
  store.release(directory);
  // As a run over many folders does: what files are stays known for those that import the folder.
  graph.keepHeaders((each) => each === directory);
}

process.stdout.write(JSON.stringify({ files, bytes, readSeconds: seconds.read, parseSeconds: seconds.parse, typesSeconds: seconds.types, rulesSeconds: seconds.rules }));

/** Counts the CPU time of some work for a stage, and for no other one that it is part of. */
function spend<Result>(of: keyof typeof seconds, work: () => Result): Result {
  const around = stage;
  stage = of;
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1e6;
  seconds[of] += spent;
  if (around) seconds[around] -= spent;
  stage = around;
  return result;
}

function timed(disk: FileSystem): FileSystem {
  return {
    readFile: (path) => spend('read', () => disk.readFile(path)),
    readDirectory: (path) => spend('read', () => disk.readDirectory(path)),
    kindOf: (path) => spend('read', () => disk.kindOf(path)),
    realPath: (path) => spend('read', () => disk.realPath(path)),
  };
}

function foldersBelow(path: string): readonly string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const own = entries.some((entry) => entry.isFile() && entry.name.endsWith('.go')) ? [path] : [];
  const below = entries.filter((entry) => entry.isDirectory() && entry.name !== 'testdata' && !entry.name.startsWith('_') && !entry.name.startsWith('.'));
  return [...own, ...below.flatMap((entry) => foldersBelow(join(path, entry.name)))];
}
