// The packages of everything that is analysed. Folders are read when they are first asked for, and again when something in
// them changed; objects stay the same as long as what they stand for does.

import type { File } from '../syntax/ast.ts';
import { DirectoryCache } from '../../workspace/directory-cache.ts';
import type { FileSystem } from '../../workspace/file-system.ts';
import { basename, dirname, isInside } from '../../workspace/paths.ts';
import { PackageFolder } from './folder.ts';
import { GoFileNode, SourceCache } from './go-file.ts';
import { ModuleMap } from './modules.ts';
import type { Place } from './modules.ts';
import type { GoFile, GoModule, GoPackage, ModuleNotice } from './package.ts';
import { candidate, exclusion } from './selection.ts';
import type { BuildTarget } from './target.ts';
import { fileVersions, newestGoVersion } from './version.ts';
import type { GoVersion, VersionWithReason } from './version.ts';

/** Where Go's own files are, as far as known, and the platform that files are chosen for. */
export interface GoEnvironment {
  readonly goos: string;
  readonly goarch: string;
  readonly goroot?: string;
  readonly gomodcache?: string;
  /** As the variable GOWORK: `off`, or the path of a go.work file that replaces the search for one. */
  readonly gowork?: string;
  /** Build tags that hold besides those of the platform. */
  readonly tags?: readonly string[];
}

export interface PackageGraphOptions {
  readonly fileSystem: FileSystem;
  readonly environment: GoEnvironment;
  /** The version that a setting puts in the place of a go line, for the files of a folder. */
  readonly goVersionFor?: (directory: string) => VersionWithReason | undefined;
  /** Texts of more UTF-16 units than this are skipped. */
  readonly maxFileSize?: number;
}

/** `content`: the text of a file changed. `list`: a file or folder came or went. */
export type ChangeKind = 'content' | 'list';

export class PackageGraph {
  readonly #environment: GoEnvironment;
  readonly #goVersionFor: (directory: string) => VersionWithReason | undefined;
  readonly #fileSystem: FileSystem;
  readonly #directories: DirectoryCache;
  readonly #modules: ModuleMap;
  readonly #sources: SourceCache;
  readonly #files = new Map<string, GoFileNode>();
  readonly #settings = new Map<string, VersionWithReason | undefined>();
  /** The targets of plain builds by release. */
  readonly #targets = new Map<GoVersion, BuildTarget>();
  /** By folder; one folder may be part of several builds. */
  readonly #folders = new Map<string, PackageFolder[]>();

  constructor(options: PackageGraphOptions) {
    this.#environment = options.environment;
    this.#goVersionFor = options.goVersionFor ?? (() => undefined);
    this.#fileSystem = options.fileSystem;
    this.#directories = new DirectoryCache(options.fileSystem);
    this.#modules = new ModuleMap(options.fileSystem, this.#directories, options.environment);
    this.#sources = new SourceCache(options.fileSystem, options.maxFileSize);
  }

  /**
   * Many folders will be asked for one after another, and nobody will ask for errors in generated files: of what is read from now on
   * bodies of generated functions, and the texts behind outlines, are read when somebody asks.
   */
  spareGenerated(): void {
    this.#sources.sparing = true;
  }

  /** The file, or undefined if it cannot be read as text (then `skipReason` says why). */
  file(path: string): GoFile | undefined {
    const source = this.#sources.source(path);
    const known = this.#files.get(path);
    if (!source) {
      this.#files.delete(path);
      return undefined;
    }
    if (known?.source === source) return known;
    const directory = dirname(path);
    const place = this.#modules.placeOf(directory);
    const { header } = source;
    const versions = fileVersions(this.#settingFor(directory) ?? place.module?.goVersionReason, header.build);
    const isTest = path.endsWith('_test.go');
    const excludedBy = exclusion(this.#targetOf(place), candidate(path, header));
    const node = new GoFileNode(path, source, { versions, isTest, excludedBy, origin: place.origin });
    this.#files.set(path, node);
    return node;
  }

  /** Why a file cannot be analysed: missing, unreadable, binary, too large. Undefined if it can. */
  skipReason(path: string): string | undefined {
    return this.#sources.skipReason(path);
  }

  /** The package that findings of the file are reported from (`ownFiles` holds it); undefined if the file cannot be read. */
  packageOf(path: string): GoPackage | undefined {
    if (!this.#sources.source(path)) return undefined;
    return this.#folderAt(this.#modules.placeOf(dirname(path))).packageOf(path);
  }

  /** The packages of a folder for the environment's platform: library, test, external-test, as far as they have files. */
  packagesIn(directory: string): readonly GoPackage[] {
    return this.#folderAt(this.#modules.placeOf(directory)).current();
  }

  /**
   * All packages of a folder: those of the environment's platform, then the file sets in which the remaining files build.
   * Each readable Go file of the folder is in `ownFiles` of exactly one of them.
   */
  variantsOf(directory: string): readonly GoPackage[] {
    return this.#folderAt(this.#modules.placeOf(directory)).variants();
  }

  /** The module that the files of a folder belong to; undefined outside any module. */
  moduleOf(directory: string): GoModule | undefined {
    return this.#modules.placeOf(directory).module;
  }

  /** The folders of a module that hold Go files, in the order of their paths, without those that patterns such as `./...` leave out. */
  foldersOf(module: GoModule): readonly string[] {
    const found: string[] = [];
    const stack = [module.directory];
    for (let directory = stack.pop(); directory !== undefined; directory = stack.pop()) {
      const entries = this.#directories.entries(directory);
      if (directory !== module.directory && entries.get('go.mod')?.kind === 'file') continue;
      if ([...entries].some(([name, { kind }]) => kind === 'file' && name.endsWith('.go'))) found.push(directory);
      for (const [name, { kind }] of entries) {
        const leftOut = name.startsWith('.') || name.startsWith('_') || name === 'testdata' || name === 'vendor' || name === 'node_modules';
        if (kind === 'directory' && !leftOut) stack.push(`${directory}/${name}`);
      }
    }
    return found.sort();
  }

  /** The faults in the go.mod and go.work files that a folder depends on. */
  noticesFor(directory: string): readonly ModuleNotice[] {
    return this.#modules.placeOf(directory).context.notices;
  }

  /** The loaded packages with a file that imports a package of this folder. */
  importersOf(directory: string): readonly GoPackage[] {
    const places = [this.#modules.placeOf(directory), ...(this.#folders.get(directory) ?? []).map((folder) => folder.place)];
    // Vendored packages are imported by the end of their path. Other paths cannot mean the folder, and are not looked up.
    const mayMean = (path: string): boolean => path.startsWith('.') || places.some(({ importPath }) => importPath === path || importPath.endsWith(`/${path}`));
    const importers: GoPackage[] = [];
    for (const folder of this.#allFolders()) {
      const means = (path: string): boolean => mayMean(path) && this.#modules.resolve(folder.place, path)?.directory === directory;
      importers.push(...folder.loaded().filter((package_) => package_.files.some((file) => file.imports.some(means))));
    }
    return importers;
  }

  /** Says that something changed on disk or in an editor. Answers the folders whose packages may be others now. */
  invalidate(path: string, change: ChangeKind): readonly string[] {
    const name = basename(path);
    if (change === 'list') this.#directories.forget(path);
    if (name === 'go.mod' || name === 'go.work' || name === 'modules.txt') return this.#modulesChanged(dirname(path));
    if (change === 'content' || name.endsWith('.go')) {
      this.#sources.invalidate(path);
      if (change === 'list') this.#modules.forgetImports();
      const folders = this.#folders.get(dirname(path)) ?? [];
      for (const folder of folders) folder.invalidate();
      return folders.length > 0 ? [dirname(path)] : [];
    }
    if (this.#fileSystem.kindOf(path) === 'file') return [];
    // A folder came or went, with whatever is in it.
    this.#sources.invalidateBelow(path);
    const below = [...this.#folders.keys()].filter((directory) => isInside(path, directory));
    for (const directory of below) this.#folders.get(directory)?.forEach((folder) => folder.invalidate());
    return [...new Set([...below, ...this.#modulesChanged(path)])];
  }

  /** Hands over the tree of a changed text, so that it is not parsed again. It is used if `text` is the file's text when it is next asked for. */
  adopt(path: string, text: string, syntax: File): void {
    this.#sources.adopt(path, text, syntax);
  }

  /** Says that `goVersionFor` answers differently now. */
  versionsChanged(): void {
    this.#settings.clear();
    this.#files.clear();
    for (const folder of this.#allFolders()) folder.invalidate();
  }

  /** Drops trees and packages kept for a folder; they are read again when asked for. */
  release(directory: string): void {
    this.#folders.delete(directory);
    for (const path of this.#sources.release(directory)) this.#files.delete(path);
  }

  /** Drops the texts and trees of folders: they are read again when asked for. Which packages the files form stays known. */
  keepHeaders(isMeant: (directory: string) => boolean): void {
    this.#sources.keepHeaders(isMeant);
  }

  /** The folders that are no longer what they were, after go.mod, go.work or modules.txt files at or below `root` changed. */
  #modulesChanged(root: string): readonly string[] {
    this.#modules.forget();
    const changed: string[] = [];
    for (const [directory, folders] of this.#folders) {
      const kept = folders.filter((folder) => this.#modules.isCurrent(folder.place));
      if (kept.length === folders.length) continue;
      changed.push(directory);
      this.#folders.set(directory, kept);
    }
    for (const path of this.#files.keys()) {
      if (isInside(root, path) || changed.includes(dirname(path))) this.#files.delete(path);
    }
    // File objects hold versions: where they were dropped, packages must ask for them again.
    for (const folder of this.#allFolders()) {
      if (isInside(root, folder.place.directory)) folder.invalidate();
    }
    return changed;
  }

  *#allFolders(): Iterable<PackageFolder> {
    for (const folders of this.#folders.values()) yield* folders;
  }

  #folderAt(place: Place): PackageFolder {
    let folders = this.#folders.get(place.directory);
    if (!folders) this.#folders.set(place.directory, (folders = []));
    let folder = folders.find((other) => other.place.context === place.context);
    if (!folder) {
      folder = new PackageFolder(place, this.#targetOf(place), {
        entries: (directory) => this.#directories.entries(directory),
        source: (path) => this.#sources.source(path),
        file: (path) => this.file(path),
        resolve: (from, path) => {
          const found = this.#modules.resolve(from, path);
          return found && this.#folderAt(found);
        },
      });
      folders.push(folder);
    }
    return folder;
  }

  /** The target of plain builds. Go's own sources are built by their own release. */
  #targetOf(place: Place): BuildTarget {
    const { goos, goarch, tags = [] } = this.#environment;
    const release = (place.context.standard ? place.context.mainModules[0]?.goVersion : undefined) ?? newestGoVersion;
    let target = this.#targets.get(release);
    if (!target) this.#targets.set(release, (target = { goos, goarch, release, cgo: true, compiler: 'gc', tags: [...tags].sort() }));
    return target;
  }

  #settingFor(directory: string): VersionWithReason | undefined {
    if (!this.#settings.has(directory)) this.#settings.set(directory, this.#goVersionFor(directory));
    return this.#settings.get(directory);
  }
}
