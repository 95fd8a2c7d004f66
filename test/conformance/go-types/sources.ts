// The packages that the go command listed, as our checker reads them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from '../../../server/src/go/syntax/parser.ts';
import type { File } from '../../../server/src/go/syntax/ast.ts';
import { parseGoVersion } from '../../../server/src/go/packages/version.ts';
import type { SourceFile, SourcePackage } from '../../../server/src/go/types/source.ts';
import { hasStandardPackage, standardPackage } from '../../../server/src/go/types/std/standard-library.ts';
import type { Description } from './oracle.ts';

export interface SourceOptions {
  /** True if imports of the standard library are answered from the facts instead of its sources. */
  readonly facts: boolean;
}

export interface ParseTime {
  milliseconds: number;
  units: number;
}

/** Milliseconds of processor time that this process has used, garbage collection included. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export class Sources {
  private readonly packages = new Map<string, ListedPackage>();
  readonly parsing: ParseTime = { milliseconds: 0, units: 0 };
  constructor(readonly descriptions: ReadonlyMap<string, Description>, readonly options: SourceOptions) {}

  package(path: string): SourcePackage | undefined {
    const known = this.packages.get(path);
    if (known) return known;
    const description = this.descriptions.get(path);
    if (!description || path === 'unsafe') return undefined;
    const made = new ListedPackage(description, this);
    this.packages.set(path, made);
    return made;
  }

  imported(path: string): SourcePackage | undefined {
    if (this.options.facts && this.descriptions.get(path)?.standard && hasStandardPackage(path)) return standardPackage(path);
    return this.package(path);
  }

  /** Drops all trees. */
  forget(): void {
    this.packages.clear();
  }
}

class ListedPackage implements SourcePackage {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly directory: string;
  readonly files: readonly ListedFile[];
  constructor(private readonly description: Description, private readonly sources: Sources) {
    this.id = `listed:${description.path}`;
    // A package with its tests is listed as `p [p.test]`.
    this.path = description.path.split(' ', 1)[0] ?? '';
    this.name = description.name;
    this.directory = description.dir;
    const version = description.version === undefined ? undefined : parseGoVersion(description.version);
    this.files = description.files.map((name) => new ListedFile(join(description.dir, name), version, sources.parsing));
  }

  resolveImport(path: string): SourcePackage | undefined {
    return this.sources.imported(this.description.importMap?.[path] ?? path);
  }
}

export class ListedFile implements SourceFile {
  readonly languageVersion: { readonly version: number } | undefined;
  private read: { readonly text: string; readonly tree: File } | undefined;
  constructor(readonly path: string, version: number | undefined, private readonly parsing: ParseTime) {
    this.languageVersion = version === undefined ? undefined : { version };
  }

  get syntax(): File {
    return this.content().tree;
  }

  get text(): string {
    return this.content().text;
  }

  private content(): { readonly text: string; readonly tree: File } {
    if (this.read) return this.read;
    const text = new TextDecoder().decode(readFileSync(this.path));
    const begun = processorTime();
    const tree = parseFile(text);
    this.parsing.milliseconds += processorTime() - begun;
    this.parsing.units += text.length;
    this.read = { text, tree };
    return this.read;
  }
}
