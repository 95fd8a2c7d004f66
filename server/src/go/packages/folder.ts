// The packages of one folder, as one build sees it.

import type { DirectoryEntry } from '../../workspace/file-system.ts';
import { join } from '../../workspace/paths.ts';
import type { Source } from './go-file.ts';
import type { FileHeader } from './header.ts';
import type { Place } from './modules.ts';
import type { GoFile, GoModule, GoPackage } from './package.ts';
import { candidate, isUnconstrained, selects, targetsFor } from './selection.ts';
import type { Candidate, TargetGroup } from './selection.ts';
import { targetKey } from './target.ts';
import type { BuildTarget } from './target.ts';

/** What a folder asks the graph that it is part of. */
export interface FolderSources {
  entries(directory: string): ReadonlyMap<string, DirectoryEntry>;
  source(path: string): Source | undefined;
  file(path: string): GoFile | undefined;
  resolve(from: Place, path: string): PackageFolder | undefined;
}

/** The packages that one target gives. */
interface PackageSet {
  /** The name of the package that imports of the folder mean. */
  readonly name: string;
  readonly libraries: ReadonlyMap<string, PackageNode>;
  readonly tests: ReadonlyMap<string, PackageNode>;
  readonly all: readonly PackageNode[];
}

type PackageKind = GoPackage['kind'];

export class PackageFolder {
  readonly place: Place;
  readonly sources: FolderSources;
  readonly #target: BuildTarget;
  /** Counts what may have changed the file objects. */
  revision = 0;
  #checked = -1;
  #listing: ReadonlyMap<string, DirectoryEntry> | undefined;
  /** The Go files of the listing, readable or not. */
  #paths: readonly string[] = [];
  #candidates: readonly Candidate[] = [];
  #sets = new Map<string, PackageSet>();
  #libraries = new Map<BuildTarget, PackageNode | undefined>();
  #groups: readonly TargetGroup[] | undefined;
  #variants: readonly PackageNode[] | undefined;
  /** Every package that was made, by id, so that the same files give the same object. */
  readonly #nodes = new Map<string, PackageNode>();

  constructor(place: Place, target: BuildTarget, sources: FolderSources) {
    this.place = place;
    this.sources = sources;
    this.#target = target;
  }

  /** Says that a file of the folder changed, came or went. */
  invalidate(): void {
    this.revision++;
  }

  /** The packages for the current platform. */
  current(): readonly GoPackage[] {
    this.#check();
    return this.#setFor(this.#target).all;
  }

  /** The packages for the current platform, and those in which the other files build. */
  variants(): readonly GoPackage[] {
    this.#check();
    return this.#allVariants();
  }

  /** The package that a readable file is analysed in. */
  packageOf(path: string): GoPackage {
    this.#check();
    const current = this.#setFor(this.#target).all.find((node) => node.owns(path));
    const found = current ?? this.#allVariants().find((node) => node.owns(path));
    if (found) return found;
    // The file is in no listing: a document that was never saved, or one whose name is not a Go file's.
    const source = this.sources.source(path)!;
    return this.#solitary(candidate(path, source.header));
  }

  /** The packages that somebody asked for. */
  loaded(): readonly GoPackage[] {
    this.#check();
    return [...new Set([...[...this.#sets.values()].flatMap((set) => set.all), ...(this.#variants ?? [])])];
  }

  /** True for a package of the current platform's build. */
  isCurrent(node: PackageNode): boolean {
    this.#check();
    return this.#setFor(this.#target).all.includes(node);
  }

  /** What an import of the folder means for a target; undefined if no file is built for it. */
  library(target: BuildTarget): PackageNode | undefined {
    this.#check();
    if (!this.#libraries.has(target)) this.#libraries.set(target, this.#findLibrary(target));
    return this.#libraries.get(target);
  }

  #findLibrary(target: BuildTarget): PackageNode | undefined {
    const current = this.#setFor(this.#target);
    const plain = current.libraries.get(current.name);
    // Most folders have the same files everywhere. They are one package then, whatever their imports are.
    const same = this.#candidates.every((file) => file.isTest || selects(target, file) === selects(this.#target, file));
    if (same) return plain;
    const set = this.#setFor(target);
    return set.libraries.get(set.name);
  }

  /** What an external test finds under the path of the package that it tests. */
  tested(target: BuildTarget, name: string): PackageNode | undefined {
    this.#check();
    const set = this.#setFor(target);
    return set.tests.get(name) ?? set.libraries.get(name);
  }

  /** Reads the folder again if something in it changed. Packages are made anew only if files moved between them. */
  #check(): void {
    if (this.#checked === this.revision) return;
    this.#checked = this.revision;
    const listing = this.sources.entries(this.place.directory);
    if (listing !== this.#listing) {
      this.#listing = listing;
      this.#paths = [...listing.values()]
        .filter(({ name, kind }) => kind === 'file' && name.endsWith('.go'))
        .map(({ name }) => join(this.place.directory, name));
    }
    const before = this.#candidates;
    const candidates: Candidate[] = [];
    let moved = false;
    for (const path of this.#paths) {
      const source = this.sources.source(path);
      if (!source) continue;
      const known = before[candidates.length];
      const same = known?.path === path && known.header === source.header;
      const file = same ? known : candidate(path, source.header);
      moved ||= !same && (known?.path !== path || !decidesAlike(known.header, source.header));
      candidates.push(file);
    }
    this.#candidates = candidates;
    if (!moved && candidates.length === before.length) return;
    this.#sets = new Map();
    this.#libraries = new Map();
    this.#groups = undefined;
    this.#variants = undefined;
  }

  #allVariants(): readonly PackageNode[] {
    if (this.#variants) return this.#variants;
    const variants = [...this.#setFor(this.#target).all];
    const placed = new Set(variants.flatMap((node) => node.ownPaths));
    for (const { target } of this.#targetGroups()) {
      const own = this.#setFor(target).all.filter((node) => node.ownPaths.length > 0);
      variants.push(...own);
      for (const node of own) node.ownPaths.forEach((path) => placed.add(path));
    }
    for (const candidate of this.#candidates) {
      if (!placed.has(candidate.path)) variants.push(this.#solitary(candidate));
    }
    return (this.#variants = variants);
  }

  #targetGroups(): readonly TargetGroup[] {
    return (this.#groups ??= targetsFor(this.#target, this.#candidates.filter((file) => !selects(this.#target, file))));
  }

  #keyOf(target: BuildTarget): string {
    return targetKey(target, this.#target.release);
  }

  #setFor(target: BuildTarget): PackageSet {
    const key = this.#keyOf(target);
    let set = this.#sets.get(key);
    if (!set) this.#sets.set(key, (set = this.#makeSet(target, key)));
    return set;
  }

  #makeSet(target: BuildTarget, key: string): PackageSet {
    const plainKey = this.#keyOf(this.#target);
    const isPlain = key === plainKey;
    const selected = this.#candidates.filter((file) => selects(target, file));
    const group = isPlain ? undefined : this.#targetGroups().find((other) => this.#keyOf(other.target) === key);
    const own = new Set(isPlain ? selected : group?.files);
    const name = mainName(selected);
    const suffix = isPlain ? '' : ` ${key}`;
    const libraries = new Map<string, PackageNode>();
    const tests = new Map<string, PackageNode>();
    const all: PackageNode[] = [];
    const make = (kind: PackageKind, packageName: string, files: readonly Candidate[], ownFiles: readonly Candidate[]): PackageNode => {
      const library = kind === 'library' ? undefined : libraries.get(packageName);
      const other = packageName === name ? '' : ` ${packageName}`;
      return this.#node(`${this.place.importPath}${kind === 'library' ? '' : ` ${kind}`}${other}${suffix}`, { kind, name: packageName, target, files, own: ownFiles, library });
    };
    for (const [packageName, files] of grouped(selected.filter((file) => !file.isTest), name)) {
      const node = make('library', packageName, files, files.filter((file) => own.has(file)));
      libraries.set(packageName, node);
      all.push(node);
    }
    const inside = selected.filter((file) => file.isTest && !isExternal(file));
    for (const [packageName, files] of grouped(inside, name)) {
      const tested = libraries.get(packageName)?.candidates ?? [];
      const node = make('test', packageName, [...tested, ...files].sort(byPath), files.filter((file) => own.has(file)));
      tests.set(packageName, node);
      all.push(node);
    }
    const outside = selected.filter((file) => file.isTest && isExternal(file));
    for (const [packageName, files] of grouped(outside, name)) {
      all.push(make('external-test', packageName, files, files.filter((file) => own.has(file))));
    }
    return { name, libraries, tests, all };
  }

  /** The package of a file that no target chooses: the file alone, with those that every target chooses if it is one of theirs. */
  #solitary(file: Candidate): PackageNode {
    const set = this.#setFor(this.#target);
    const external = file.isTest && isExternal(file);
    const name = external ? testedName(file) : file.header.packageName;
    const belongs = name !== '' && name !== 'main' && libraryOrTest(set, name) && !external;
    const beside = belongs ? this.#candidates.filter((other) => isUnconstrained(other) && !other.isTest && other.header.packageName === name && other.path !== file.path) : [];
    const kind: PackageKind = external ? 'external-test' : file.isTest ? 'test' : 'library';
    return this.#node(`${this.place.importPath} ${kind} ${file.name}`, {
      kind,
      name,
      target: this.#target,
      files: [...beside, file].sort(byPath),
      own: [file],
      library: kind === 'library' ? undefined : set.libraries.get(name),
    });
  }

  #node(id: string, contents: NodeContents): PackageNode {
    const known = this.#nodes.get(id);
    if (known?.hasSame(contents)) {
      known.renew(contents);
      return known;
    }
    const node = new PackageNode(id, this, contents);
    this.#nodes.set(id, node);
    return node;
  }
}

interface NodeContents {
  readonly kind: PackageKind;
  /** Without `_test` for an external test. */
  readonly name: string;
  readonly target: BuildTarget;
  readonly files: readonly Candidate[];
  readonly own: readonly Candidate[];
  readonly library: PackageNode | undefined;
}

export class PackageNode implements GoPackage {
  readonly id: string;
  readonly kind: PackageKind;
  readonly name: string;
  readonly target: BuildTarget;
  readonly paths: readonly string[];
  readonly ownPaths: readonly string[];
  readonly #folder: PackageFolder;
  readonly #testedName: string;
  #candidates: readonly Candidate[];
  #library: PackageNode | undefined;
  #revision = -1;
  #files: readonly GoFile[] = [];
  #ownFiles: readonly GoFile[] = [];

  constructor(id: string, folder: PackageFolder, contents: NodeContents) {
    this.id = id;
    this.kind = contents.kind;
    this.name = contents.kind === 'external-test' ? `${contents.name}_test` : contents.name;
    this.target = contents.target;
    this.paths = contents.files.map((file) => file.path);
    this.ownPaths = contents.own.map((file) => file.path);
    this.#folder = folder;
    this.#testedName = contents.name;
    this.#candidates = contents.files;
    this.#library = contents.library;
  }

  get path(): string {
    const { importPath } = this.#folder.place;
    return this.kind === 'external-test' ? `${importPath}_test` : importPath;
  }

  get directory(): string {
    return this.#folder.place.directory;
  }

  get foreign(): boolean {
    return !this.#folder.isCurrent(this);
  }

  get module(): GoModule | undefined {
    return this.#folder.place.module;
  }

  get standardLibrary(): boolean {
    return this.#folder.place.context.standard;
  }

  get dependency(): boolean {
    return this.#folder.place.dependency;
  }

  get library(): GoPackage | undefined {
    return this.#library;
  }

  get files(): readonly GoFile[] {
    this.#readFiles();
    return this.#files;
  }

  get ownFiles(): readonly GoFile[] {
    this.#readFiles();
    return this.#ownFiles;
  }

  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  owns(path: string): boolean {
    return this.ownPaths.includes(path);
  }

  resolveImport(path: string): GoPackage | undefined {
    const { place, sources } = this.#folder;
    if (this.kind === 'external-test' && path === place.importPath) return this.#folder.tested(this.target, this.#testedName);
    return sources.resolve(place, path)?.library(this.target);
  }

  /** True if the package would have the same name and files. */
  hasSame(contents: NodeContents): boolean {
    return (
      contents.name === this.#testedName &&
      contents.kind === this.kind &&
      sameStrings(contents.files.map((file) => file.path), this.paths) &&
      sameStrings(contents.own.map((file) => file.path), this.ownPaths)
    );
  }

  renew(contents: NodeContents): void {
    this.#candidates = contents.files;
    this.#library = contents.library;
  }

  /** Asks for the file objects again if one may have changed. Files that are gone are left out until the package is made anew. */
  #readFiles(): void {
    if (this.#revision === this.#folder.revision) return;
    this.#revision = this.#folder.revision;
    this.#files = this.#read(this.paths, this.#files);
    this.#ownFiles = this.#read(this.ownPaths, this.#ownFiles);
  }

  /** The current file objects; the same array if they are the same. */
  #read(paths: readonly string[], before: readonly GoFile[]): readonly GoFile[] {
    const files = paths.map((path) => this.#folder.sources.file(path)).filter((file) => file !== undefined);
    return files.length === before.length && files.every((file, index) => file === before[index]) ? before : files;
  }
}

/** True if two headers of a file put it into the same packages. */
function decidesAlike(a: FileHeader, b: FileHeader): boolean {
  if (a.packageName !== b.packageName || a.usesCgo !== b.usesCgo || a.build.kind !== b.build.kind) return false;
  return a.build.kind === 'none' || b.build.kind === 'none' || a.build.text === b.build.text;
}

/** The name that most files give the package; the first of those in the order of the files. */
function mainName(selected: readonly Candidate[]): string {
  const libraryFiles = selected.filter((file) => !file.isTest);
  const counts = new Map<string, number>();
  for (const file of libraryFiles.length > 0 ? libraryFiles : selected) {
    const name = isExternal(file) ? testedName(file) : file.header.packageName;
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  let best = '';
  for (const [name, count] of counts) {
    if (count > (counts.get(best) ?? 0)) best = name;
  }
  return best;
}

/** Files by package name, that of the folder first; files without a readable package clause go with the folder's name. */
function grouped(files: readonly Candidate[], folderName: string): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>([[folderName, []]]);
  for (const file of files) {
    const name = isExternal(file) ? testedName(file) : file.header.packageName || folderName;
    const group = groups.get(name);
    if (group) group.push(file);
    else groups.set(name, [file]);
  }
  if (groups.get(folderName)!.length === 0) groups.delete(folderName);
  return groups;
}

/** True for test files whose package name ends with `_test`. */
function isExternal(file: Candidate): boolean {
  return file.isTest && file.header.packageName.endsWith('_test');
}

function testedName(file: Candidate): string {
  return file.header.packageName.slice(0, -'_test'.length);
}

function libraryOrTest(set: PackageSet, name: string): boolean {
  return set.libraries.has(name) || set.tests.has(name);
}

function byPath(a: Candidate, b: Candidate): number {
  return a.path < b.path ? -1 : 1;
}

function sameStrings(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
