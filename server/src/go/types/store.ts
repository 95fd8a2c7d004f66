// The types of many packages, found out on demand and kept until a change makes them stale.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { forEachChild } from '../syntax/walk.ts';
import { Checker, DeclarationState } from './checker.ts';
import type { CheckerHost } from './checker.ts';
import { PackageTypeInfo } from './package-info.ts';
import type { TypeInfo } from './info.ts';
import type { Package } from './objects.ts';
import type { SourceFile, SourcePackage } from './source.ts';
import { standardPackage } from './std/standard-library.ts';

export interface TypeStoreOptions {
  /** The declarations of a standard library package, for imports that no source was found for. Default: the facts. */
  readonly standardPackage?: (path: string, goos?: string) => SourcePackage | undefined;
}

interface Entry {
  readonly checker: Checker;
  readonly info: PackageTypeInfo;
  /** The ids of the packages that looked at this one. */
  readonly importers: Set<string>;
}

/** A file whose text is known, so that a changed declaration can be compared with what it was. */
interface TextFile extends SourceFile {
  readonly text: string;
}

/** A package as its importers see it. It has no `directory`: it outlives the release of that. */
interface Outline extends SourcePackage {
  readonly folder: string | undefined;
}

/** So many packages of other platforms are kept for what imports them. */
const foreignLimit = 48;

export class TypeStore implements CheckerHost {
  nesting = 0;
  private readonly entries = new Map<string, Entry>();
  /** By the id of the package. */
  private readonly outlines = new Map<string, Outline>();
  private readonly standardPackage: (path: string, goos?: string) => SourcePackage | undefined;

  constructor(options: TypeStoreOptions = {}) {
    this.standardPackage = options.standardPackage ?? standardPackage;
  }

  /** The types of a package. Ask again after every change: an older answer may be about declarations that are no more. */
  infoFor(source: SourcePackage): TypeInfo {
    return this.entryFor(source).info;
  }

  /** The package's own names, as importers see them. */
  packageFor(source: SourcePackage): Package {
    return this.entryFor(source).checker.package;
  }

  /** The package as its importers see it: enough to ask what it declares, and little to keep. */
  outlineFor(source: SourcePackage): Package {
    return this.entryFor(this.outlineOf(source)).checker.package;
  }

  importedBy(source: SourcePackage, path: string): Package | undefined {
    const resolved = source.resolveImport(path) ?? this.standardPackage(path, source.target?.goos);
    if (!resolved) return undefined;
    const imported = this.outlineOf(resolved);
    const entry = this.entryFor(imported);
    entry.importers.add(source.id);
    return entry.checker.package;
  }

  /**
   * Takes note that a declaration was replaced by another one read from the changed text. `file` is the file as it is now,
   * which has the place of the old one in the package.
   *
   * `body`: only what is inside the function changed; nothing else is affected. `package`: everything known about the
   * package and what imports it has been dropped.
   */
  replaceDeclaration(source: SourcePackage, file: SourceFile & { readonly text?: string }, previous: ast.Decl, changed: ast.Decl): 'body' | 'package' {
    const entry = this.entries.get(source.id);
    if (entry && replaceBody(entry.checker, file, previous, changed)) return 'body';
    this.drop(source.id);
    this.drop(`${source.id} outline`);
    this.outlines.delete(source.id);
    return 'package';
  }

  /** Drops everything: files were added or removed, or what imports resolve to has changed. */
  invalidate(): void {
    for (const { checker } of this.entries.values()) forget(checker);
    this.entries.clear();
    this.outlines.clear();
  }

  /** Drops packages of other platforms, in a run over many folders, once there are many. */
  releaseForeign(): void {
    const foreign = [...this.outlines].filter(([, outline]) => outline.foreign);
    if (foreign.length <= foreignLimit) return;
    for (const [id, outline] of foreign) {
      this.drop(outline.id);
      this.outlines.delete(id);
    }
  }

  /**
   * Drops what importers see of packages that nobody will ask for: those of folders that are not needed, unless a package that stays
   * has looked at them. They are read again if somebody asks nevertheless.
   */
  releaseOutlines(isNeeded: (directory: string) => boolean): void {
    const kept = new Set<string>();
    const stack: string[] = [];
    const imports = new Map<string, string[]>();
    for (const [id, { importers }] of this.entries) {
      for (const importer of importers) {
        const list = imports.get(importer);
        if (list) list.push(id);
        else imports.set(importer, [id]);
      }
    }
    const folders = new Map([...this.outlines.values()].map(({ id, folder }) => [id, folder]));
    for (const id of this.entries.keys()) {
      const folder = folders.get(id);
      if (folder === undefined || isNeeded(folder)) stack.push(id);
    }
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (kept.has(id)) continue;
      kept.add(id);
      stack.push(...(imports.get(id) ?? []));
    }
    for (const [id, outline] of this.outlines) {
      if (outline.folder === undefined || isNeeded(outline.folder) || kept.has(outline.id)) continue;
      this.drop(outline.id);
      this.outlines.delete(id);
    }
  }

  /** The folders of packages whose trees are being looked at, outlines left out. */
  folders(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { checker } of this.entries.values()) {
      if (checker.source.directory !== undefined) found.add(checker.source.directory);
    }
    return found;
  }

  /** Drops a package, and what imports it. */
  dropPackage(source: SourcePackage): void {
    this.drop(source.id);
  }

  /** Drops the packages of a folder and below it, and what imports them. The trees of the folder's own files may not be used any more. */
  release(directory: string): void {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    for (const [id, { checker }] of [...this.entries]) {
      const folder = checker.source.directory ?? '';
      if (folder === directory || folder.startsWith(prefix)) this.drop(id, directory);
    }
  }

  /**
   * A package as its importers see it: its declarations, read without function bodies. It is a package of its own to the
   * store, so that it outlives the release of the trees it was read from.
   */
  private outlineOf(source: SourcePackage): SourcePackage {
    const known = this.outlines.get(source.id);
    if (known) return known;
    const files = source.files.map((file) => ({ path: file.path, syntax: file.outline ?? file.syntax, languageVersion: file.languageVersion }));
    const outline: Outline = {
      id: `${source.id} outline`,
      path: source.path,
      name: source.name,
      files,
      // Nobody asks about expressions in it.
      ownFiles: [],
      isOutline: true,
      folder: source.directory,
      foreign: source.foreign === true,
      resolveImport: (path: string) => source.resolveImport(path),
    };
    this.outlines.set(source.id, outline);
    return outline;
  }

  private entryFor(source: SourcePackage): Entry {
    const known = this.entries.get(source.id);
    if (known && known.checker.source === source) return known;
    if (known) this.drop(source.id);
    const checker = new Checker(source, this);
    const entry: Entry = { checker, info: new PackageTypeInfo(checker), importers: new Set() };
    this.entries.set(source.id, entry);
    return entry;
  }

  /** @param released the folder of those whose trees go, too: what was kept at their nodes goes with them */
  private drop(id: string, released?: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    if (released === undefined || entry.checker.source.directory !== released) forget(entry.checker);
    for (const importer of entry.importers) this.drop(importer, released);
  }
}

/** Removes what a checker kept at the nodes of its files. */
function forget(checker: Checker): void {
  for (const state of checker.states.values()) {
    if (state.touched && state.file.recording) clear(state.node);
  }
}

function clear(root: ast.Node): void {
  const stack: ast.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ('fact' in node) node.fact = undefined;
    if (node.kind === NodeKind.Ident) node.object = undefined;
    if (node.kind === NodeKind.SelectorExpr) node.selection = undefined;
    forEachChild(node, (child) => {
      stack.push(child);
    });
  }
}

/** Replaces the body of a function whose signature is written as before; false if more than that changed. */
function replaceBody(checker: Checker, file: SourceFile & { readonly text?: string }, previous: ast.Decl, changed: ast.Decl): boolean {
  const state = checker.states.get(previous);
  if (!state || previous.kind !== NodeKind.FuncDecl || changed.kind !== NodeKind.FuncDecl) return false;
  const before = state.file.source as Partial<TextFile>;
  const [object] = state.objects;
  if (before.text === undefined || file.text === undefined || !object || !('pointerReceiver' in object)) return false;
  if (previous.name.name === '_' || !previous.body || !changed.body) return false;
  if (before.text.slice(previous.pos, previous.body.pos) !== file.text.slice(changed.pos, changed.body.pos)) return false;
  const replaced = new DeclarationState(changed, state.file);
  replaced.declares(object);
  state.file.source = file;
  state.file.syntax = file.syntax;
  checker.states.delete(previous);
  checker.states.set(changed, replaced);
  checker.declarations.setFunction(object, replaced);
  object.ident = changed.name;
  object.declaration = changed;
  // Read again, so that parameters stand at the new nodes.
  object.typ = undefined;
  if (state.file.recording) changed.name.object = object;
  for (const each of checker.declarations.objects()) {
    if (each.file === before) each.file = file;
  }
  return true;
}
