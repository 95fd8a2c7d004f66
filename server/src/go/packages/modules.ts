// Modules: which one a folder belongs to, and which folder an import path means. Follows the go command in module mode,
// with go.work, replace and vendor; versions are those of the main module's requirements, which since Go 1.17 name every
// module of the build.

import type { DirectoryCache } from '../../workspace/directory-cache.ts';
import type { FileSystem } from '../../workspace/file-system.ts';
import { dirname, isInside, join, relative } from '../../workspace/paths.ts';
import { isStandardPath } from './imports.ts';
import { parseModFile, parseModulesTxt, parseWorkFile } from './mod-file.ts';
import type { ModFile, VendoredModule, WorkFile } from './mod-file.ts';
import type { FileOrigin, GoModule, ModuleNotice, ModuleReplace } from './package.ts';
import { compareModuleVersions, parseGoVersion, versionWithoutGoLine } from './version.ts';
import type { VersionWithReason } from './version.ts';

/** The modules that are built together, and so decide together what an import path means. */
export interface BuildContext {
  /** Differs for every context that ever was: a changed go.mod or go.work gives another one. */
  readonly id: number;
  /** Empty for loose files. */
  readonly mainModules: readonly GoModule[];
  /** True for the modules of the Go distribution. */
  readonly standard: boolean;
  readonly notices: readonly ModuleNotice[];
}

/** A folder as one build sees it. */
export interface Place {
  readonly directory: string;
  readonly importPath: string;
  readonly module: GoModule | undefined;
  readonly context: BuildContext;
  readonly origin: FileOrigin;
  /** True if the folder belongs to no main module of the context and to no folder that replaces a module. */
  readonly dependency: boolean;
}

export interface ModuleEnvironment {
  readonly gomodcache?: string;
  readonly gowork?: string;
}

/** A context with what only this file looks at. */
interface Build extends BuildContext {
  readonly key: string;
  /** Equal for two contexts only if they resolve every path alike, as far as go.mod, go.work and modules.txt decide. */
  readonly signature: string;
  /** The versions of modules by path. */
  readonly requires: ReadonlyMap<string, string>;
  /** By `path@version`, or `path@` for every version. */
  readonly replaces: ReadonlyMap<string, ModuleReplace>;
  readonly vendor: VendorFolder | undefined;
  /** What import paths were found to mean; in the distribution by importing module and path. */
  readonly resolved: Map<string, Place | undefined>;
}

interface VendorFolder {
  readonly directory: string;
  readonly modules: ReadonlyMap<string, VendoredModule>;
  /** The version of the text of modules.txt. */
  readonly version: string;
}

interface Workspace {
  readonly path: string;
  readonly directory: string;
  readonly version: string;
  readonly file: WorkFile;
  readonly uses: readonly string[];
}

export class ModuleMap {
  readonly #fileSystem: FileSystem;
  readonly #directories: DirectoryCache;
  readonly #environment: ModuleEnvironment;
  readonly #nearest = new Map<string, string | undefined>();
  /** Modules by folder, with the version of the go.mod file they were read from. */
  readonly #modules = new Map<string, { readonly version: string; readonly module: GoModule }>();
  readonly #places = new Map<string, Place>();
  /** Modules that others require, with the go.mod they were made from. */
  readonly #dependencies = new Map<string, { readonly own: GoModule | undefined; readonly module: GoModule }>();
  #builds = new Map<string, Build>();
  #previousBuilds = new Map<string, Build>();
  /** The folders whose go.mod has been looked at since the last `forget`. */
  readonly #fresh = new Set<string>();
  #nextId = 1;

  constructor(fileSystem: FileSystem, directories: DirectoryCache, environment: ModuleEnvironment) {
    this.#fileSystem = fileSystem;
    this.#directories = directories;
    this.#environment = environment;
  }

  /** The folder as the build sees it that it belongs to itself. */
  placeOf(directory: string): Place {
    let place = this.#places.get(directory);
    if (!place) this.#places.set(directory, (place = this.#findPlace(directory)));
    return place;
  }

  /** The folder that an import path means for the files of a place; undefined if none is known, or it may not be imported there. */
  resolve(from: Place, path: string): Place | undefined {
    if (path === '' || path === 'C' || path === 'unsafe' || path.startsWith('/')) return undefined;
    if (/^\.\.?(\/|$)/.test(path)) {
      const place = from.module ? undefined : this.placeOf(join(from.directory, path));
      return place && !place.module && this.#hasGoFiles(place.directory) ? place : undefined;
    }
    const build = this.#buildOf(from.context);
    if (!build) return undefined;
    const found = build.standard ? this.#resolveInDistribution(build, from, path) : this.#resolvePath(build, from, path);
    return found && isVisible(found.importPath, from) ? found : undefined;
  }

  /** The folder of the nearest go.mod file at or above a folder. */
  nearestModule(directory: string): string | undefined {
    if (this.#nearest.has(directory)) return this.#nearest.get(directory);
    const parent = dirname(directory);
    const found = this.#directories.hasFile(directory, 'go.mod') ? directory : parent === directory ? undefined : this.nearestModule(parent);
    this.#nearest.set(directory, found);
    return found;
  }

  /** Says that a go.mod, go.work or modules.txt file is another one, or that files or folders came or went. */
  forget(): void {
    this.#nearest.clear();
    this.#fresh.clear();
    this.#places.clear();
    for (const [key, build] of this.#builds) {
      build.resolved.clear();
      this.#previousBuilds.set(key, build);
    }
    this.#builds = new Map();
  }

  /** Says that Go files came or went, so that import paths may mean other folders. */
  forgetImports(): void {
    for (const build of this.#builds.values()) build.resolved.clear();
  }

  /** True if a place is still what it was before `forget`. */
  isCurrent(place: Place): boolean {
    const build = this.#buildOf(place.context);
    if (!build) return false;
    const own = this.placeOf(place.directory);
    // The folder may have been reached by an import from another build than its own.
    const now = own.context === build ? own : this.#searchPath(build, build.requires, place.importPath);
    return now?.directory === place.directory && now.module === place.module && now.importPath === place.importPath;
  }

  // --- Builds -----------------------------------------------------------------------------------------------------

  #buildOf(context: BuildContext): Build | undefined {
    const build = context as Build;
    const current = this.#builds.get(build.key) ?? this.#build(build.key);
    return current === build ? build : undefined;
  }

  /** The build of a key: `loose`, the path of a go.work file, or the folder of a main module. */
  #build(key: string): Build {
    const known = this.#builds.get(key);
    if (known) return known;
    const made = this.#makeBuild(key);
    const previous = this.#previousBuilds.get(key);
    // Whoever holds the context keeps it, if nothing that it rests on has changed.
    const build = previous?.signature === made.signature && sameModules(previous.mainModules, made.mainModules) ? previous : made;
    this.#previousBuilds.delete(key);
    this.#builds.set(key, build);
    return build;
  }

  #makeBuild(key: string): Build {
    const empty = { key, id: this.#nextId++, signature: key, mainModules: [], standard: false, notices: [], requires: new Map(), replaces: new Map(), vendor: undefined, resolved: new Map() };
    if (key === 'loose') return empty;
    const workspace = key.endsWith('.work') ? this.#readWorkspace(key) : undefined;
    if (workspace) return this.#makeWorkspaceBuild(empty, workspace);
    const main = this.#moduleAt(key);
    if (!main) return empty;
    if (isDistribution(main)) {
      const cmd = main.path === 'std' ? this.#moduleAt(join(key, 'cmd')) : undefined;
      const mainModules = cmd ? [main, cmd] : [main];
      return { ...empty, standard: true, mainModules, notices: mainModules.flatMap((module) => module.notices), signature: this.#signature(key, mainModules) };
    }
    const vendor = this.#readVendor(key);
    const replaces = new Map<string, ModuleReplace>();
    addReplaces(replaces, main.replaces);
    return {
      ...empty,
      mainModules: [main],
      notices: main.notices,
      requires: new Map(main.requires.map((require) => [require.path, require.version])),
      replaces,
      vendor,
      signature: `${this.#signature(key, [main])} ${vendor?.version ?? ''}`,
    };
  }

  #makeWorkspaceBuild(empty: Build, workspace: Workspace): Build {
    const notices = [...workspace.file.notices];
    const mainModules: GoModule[] = [];
    for (const [index, directory] of workspace.uses.entries()) {
      const module = this.#moduleAt(directory);
      const use = workspace.file.uses[index]!;
      if (!module) notices.push({ path: workspace.path, line: use.line, message: `use ${use.directory}: there is no go.mod file` });
      else if (!mainModules.includes(module)) mainModules.push(module);
    }
    const requires = new Map<string, string>();
    const replaces = new Map<string, ModuleReplace>();
    addReplaces(replaces, replacesOf(workspace.file, workspace.directory));
    for (const module of mainModules) {
      addReplaces(replaces, module.replaces);
      for (const { path, version } of module.requires) {
        const other = requires.get(path);
        if (other === undefined || compareModuleVersions(other, version) < 0) requires.set(path, version);
      }
    }
    const vendor = this.#readVendor(workspace.directory);
    return {
      ...empty,
      mainModules,
      notices: [...notices, ...mainModules.flatMap((module) => module.notices)],
      requires,
      replaces,
      vendor,
      signature: `${this.#signature(empty.key, mainModules)} ${workspace.version} ${vendor?.version ?? ''}`,
    };
  }

  #signature(key: string, modules: readonly GoModule[]): string {
    return [key, ...modules.map((module) => `${module.directory}@${this.#modules.get(module.directory)?.version}`)].join(' ');
  }

  /** The vendor folder of a module or workspace, if modules.txt says what is in it. */
  #readVendor(root: string): VendorFolder | undefined {
    const directory = join(root, 'vendor');
    if (!this.#directories.hasFile(directory, 'modules.txt')) return undefined;
    const read = this.#fileSystem.readFile(join(directory, 'modules.txt'));
    if (read.kind !== 'text') return undefined;
    return { directory, modules: new Map(parseModulesTxt(read.text).map((module) => [module.path, module])), version: read.version };
  }

  #readWorkspace(path: string): Workspace | undefined {
    const read = this.#fileSystem.readFile(path);
    if (read.kind !== 'text') return undefined;
    const file = parseWorkFile(path, read.text);
    const directory = dirname(path);
    return { path, directory, version: read.version, file, uses: file.uses.map((use) => join(directory, use.directory)) };
  }

  /** The go.work file that holds for a folder: that of the environment, or the nearest one at or above it. */
  #workspacePath(directory: string): string | undefined {
    const { gowork } = this.#environment;
    if (gowork === 'off') return undefined;
    if (gowork !== undefined && gowork !== '') return gowork;
    for (let folder = directory; ; folder = dirname(folder)) {
      if (this.#directories.hasFile(folder, 'go.work')) return join(folder, 'go.work');
      if (dirname(folder) === folder) return undefined;
    }
  }

  // --- Folders to places ------------------------------------------------------------------------------------------

  #findPlace(directory: string): Place {
    const root = this.nearestModule(directory);
    const vendored = this.#vendoredPlace(directory, root);
    if (vendored) return vendored;
    const module = root === undefined ? undefined : this.#moduleAt(root);
    if (!module) {
      return { directory, importPath: directory, module: undefined, context: this.#build('loose'), origin: 'workspace', dependency: false };
    }
    return placeInModule(this.#buildFor(module), module, directory, this.#originOf(directory), false);
  }

  #buildFor(module: GoModule): Build {
    if (isDistribution(module)) {
      const parent = dirname(module.directory);
      const isPart = module.path === 'cmd' && this.#moduleAt(parent)?.path === 'std';
      return this.#build(isPart ? parent : module.directory);
    }
    const workspace = this.#workspacePath(module.directory);
    const build = workspace === undefined ? undefined : this.#build(workspace);
    return build?.mainModules.includes(module) ? build : this.#build(module.directory);
  }

  /** The place of a folder in the vendor folder of its module or workspace. */
  #vendoredPlace(directory: string, root: string | undefined): Place | undefined {
    if (!directory.includes('/vendor/')) return undefined;
    const module = root === undefined ? undefined : this.#moduleAt(root);
    const build = module && this.#buildFor(module);
    if (module && build?.standard) {
      if (!isInside(join(module.directory, 'vendor'), directory)) return undefined;
      return placeInModule(build, module, directory, 'vendor', true);
    }
    if (build?.vendor && isInside(build.vendor.directory, directory)) return this.#placeInVendor(build, relative(build.vendor.directory, directory));
    const workspace = this.#workspacePath(directory);
    const shared = workspace === undefined ? undefined : this.#build(workspace);
    if (!shared?.vendor || !isInside(shared.vendor.directory, directory)) return undefined;
    return this.#placeInVendor(shared, relative(shared.vendor.directory, directory));
  }

  #originOf(directory: string): FileOrigin {
    const cache = this.#environment.gomodcache;
    return cache !== undefined && isInside(cache, directory) ? 'module-cache' : 'workspace';
  }

  // --- Import paths to places -------------------------------------------------------------------------------------

  #resolveInDistribution(build: Build, from: Place, path: string): Place | undefined {
    const key = `${from.module?.path} ${path}`;
    if (!build.resolved.has(key)) build.resolved.set(key, this.#searchDistribution(build, from, path));
    return build.resolved.get(key);
  }

  #searchDistribution(build: Build, from: Place, path: string): Place | undefined {
    const [std, cmd] = build.mainModules;
    if (!isStandardPath(path)) {
      // Both modules of the distribution import their vendored packages by the plain path.
      const owner = from.module === cmd || std?.path === 'cmd' ? cmd ?? std : std;
      const directory = owner && join(owner.directory, `vendor/${path}`);
      return directory !== undefined && this.#hasGoFiles(directory) ? placeInModule(build, owner!, directory, 'vendor', true) : undefined;
    }
    const isCommand = path === 'cmd' || path.startsWith('cmd/');
    const owner = isCommand ? cmd ?? std : std;
    if (!owner || (owner.path === 'cmd') !== isCommand) return undefined;
    const directory = isCommand ? join(dirname(owner.directory), path) : join(owner.directory, path);
    return this.#hasGoFiles(directory) ? placeInModule(build, owner, directory, 'workspace', false) : undefined;
  }

  #resolvePath(build: Build, from: Place, path: string): Place | undefined {
    if (!build.resolved.has(path)) build.resolved.set(path, this.#searchPath(build, build.requires, path));
    const found = build.resolved.get(path);
    // A go.mod of before Go 1.17 leaves out what only dependencies need; the dependency's own says which version it asks for.
    if (found || !from.dependency || !from.module) return found;
    return this.#searchPath(build, new Map(from.module.requires.map((require) => [require.path, require.version])), path);
  }

  /** Tries the modules whose path starts the import path, longest first; the first that has a package there provides it. */
  #searchPath(build: Build, requires: ReadonlyMap<string, string>, path: string): Place | undefined {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const modulePath = path.slice(0, end);
      const rest = path.slice(end + 1);
      const main = build.mainModules.find((module) => module.path === modulePath);
      if (main) {
        const directory = join(main.directory, rest);
        const isPart = this.#hasGoFiles(directory) && this.nearestModule(directory) === main.directory;
        if (isPart) return placeInModule(build, main, directory, 'workspace', false);
        continue;
      }
      if (build.vendor?.modules.has(modulePath) && this.#hasGoFiles(`${build.vendor.directory}/${path}`)) return this.#placeInVendor(build, path);
      const place = this.#placeInRequired(build, modulePath, requires.get(modulePath), rest);
      if (place) return place;
    }
    return undefined;
  }

  #placeInVendor(build: Build, path: string): Place | undefined {
    if (!build.vendor) return undefined;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const vendored = build.vendor.modules.get(path.slice(0, end));
      if (!vendored) continue;
      const directory = `${build.vendor.directory}/${path}`;
      const module = this.#vendoredModule(vendored, `${build.vendor.directory}/${vendored.path}`);
      return { directory, importPath: path, module, context: build, origin: 'vendor', dependency: true };
    }
    return undefined;
  }

  #placeInRequired(build: Build, modulePath: string, version: string | undefined, rest: string): Place | undefined {
    const replace = build.replaces.get(`${modulePath}@${version ?? ''}`) ?? build.replaces.get(`${modulePath}@`);
    if (version === undefined && replace?.replacement.kind !== 'directory') return undefined;
    if (replace?.replacement.kind === 'directory') {
      const root = replace.replacement.directory;
      const directory = join(root, rest);
      if (!this.#hasGoFiles(directory) || (rest !== '' && this.nearestModule(directory) !== this.nearestModule(root))) return undefined;
      const module = this.#dependencyModule(root, modulePath, undefined);
      return { directory, importPath: pathIn(modulePath, rest), module, context: build, origin: this.#originOf(directory), dependency: false };
    }
    const cache = this.#environment.gomodcache;
    if (cache === undefined) return undefined;
    const source = replace?.replacement ?? { path: modulePath, version: version! };
    const root = `${cache}/${escapeUpperCase(source.path)}@${escapeUpperCase(source.version)}`;
    const directory = join(root, rest);
    if (!this.#hasGoFiles(directory)) return undefined;
    const module = this.#dependencyModule(root, modulePath, source.version);
    return { directory, importPath: pathIn(modulePath, rest), module, context: build, origin: 'module-cache', dependency: true };
  }

  // --- Modules ----------------------------------------------------------------------------------------------------

  #moduleAt(directory: string): GoModule | undefined {
    if (!this.#directories.hasFile(directory, 'go.mod')) return undefined;
    const known = this.#modules.get(directory);
    if (known && this.#fresh.has(directory)) return known.module;
    this.#fresh.add(directory);
    const path = join(directory, 'go.mod');
    const read = this.#fileSystem.readFile(path);
    const version = read.kind === 'text' ? read.version : read.kind;
    if (known?.version === version) return known.module;
    const fault: ModFile = { module: '', go: undefined, toolchain: undefined, requires: [], replaces: [], notices: [{ path, line: 0, message: `cannot be read: ${read.kind}` }] };
    const module = moduleOf(read.kind === 'text' ? parseModFile(path, read.text) : fault, directory);
    this.#modules.set(directory, { version, module });
    return module;
  }

  /** A module that others require, under the path they require it by. Its faults are not the user's. */
  #dependencyModule(directory: string, path: string, version: string | undefined): GoModule {
    const key = `${directory} ${path}`;
    const own = this.#moduleAt(directory);
    const known = this.#dependencies.get(key);
    if (known && known.own === own && known.module.version === version) return known.module;
    const withoutFile: VersionWithReason = { version: versionWithoutGoLine, reason: `no go.mod in ${path}` };
    let module: GoModule;
    if (own?.path === path && own.version === version) module = own;
    else if (own) module = { ...own, path, version, notices: [] };
    else module = { path, directory, version, goVersion: versionWithoutGoLine, goVersionReason: withoutFile, toolchain: undefined, requires: [], replaces: [], notices: [] };
    this.#dependencies.set(key, { own, module });
    return module;
  }

  #vendoredModule(vendored: VendoredModule, directory: string): GoModule {
    const key = `${directory} ${vendored.path} ${vendored.version} ${vendored.go}`;
    const known = this.#dependencies.get(key);
    if (known) return known.module;
    const goVersion = vendored.go === undefined ? versionWithoutGoLine : parseGoVersion(vendored.go);
    const reason = vendored.go === undefined ? `no go line for ${vendored.path} in vendor/modules.txt` : `go ${vendored.go} for ${vendored.path} in vendor/modules.txt`;
    const module: GoModule = {
      path: vendored.path,
      directory,
      version: vendored.version,
      goVersion,
      goVersionReason: goVersion === undefined ? undefined : { version: goVersion, reason },
      toolchain: undefined,
      requires: [],
      replaces: [],
      notices: [],
    };
    this.#dependencies.set(key, { own: undefined, module });
    return module;
  }

  #hasGoFiles(directory: string): boolean {
    for (const entry of this.#directories.entries(directory).values()) {
      if (entry.kind === 'file' && entry.name.endsWith('.go') && !/^[_.]/.test(entry.name)) return true;
    }
    return false;
  }
}

function moduleOf(file: ModFile, directory: string): GoModule {
  const { go } = file;
  const missing = { version: versionWithoutGoLine, reason: 'no go line in go.mod' };
  const written = go?.version === undefined ? undefined : { version: go.version, reason: `go ${go.text} in go.mod line ${go.line}` };
  const goVersionReason = go ? written : missing;
  return {
    path: file.module ?? '',
    directory,
    version: undefined,
    goVersion: goVersionReason?.version,
    goVersionReason,
    toolchain: file.toolchain,
    requires: file.requires,
    replaces: replacesOf(file, directory),
    notices: file.notices,
  };
}

function replacesOf(file: ModFile | WorkFile, directory: string): readonly ModuleReplace[] {
  return file.replaces.map(({ path, version, newPath, newVersion }) => ({
    path,
    version,
    replacement:
      newVersion === undefined
        ? { kind: 'directory' as const, directory: join(directory, newPath) }
        : { kind: 'module' as const, path: newPath, version: newVersion },
  }));
}

/** Adds what is not there yet: go.work speaks before the modules it uses. */
function addReplaces(replaces: Map<string, ModuleReplace>, added: readonly ModuleReplace[]): void {
  for (const replace of added) {
    const key = `${replace.path}@${replace.version ?? ''}`;
    if (!replaces.has(key)) replaces.set(key, replace);
  }
}

function placeInModule(context: BuildContext, module: GoModule, directory: string, origin: FileOrigin, dependency: boolean): Place {
  const rest = directory === module.directory ? '' : relative(module.directory, directory);
  const prefix = module.path === 'std' ? '' : module.path;
  // Without a module path nothing can import the folder; it is known by its own path.
  const importPath = module.path === '' ? directory : pathIn(prefix, rest) || 'std';
  return { directory, importPath, module, context, origin, dependency };
}

function pathIn(modulePath: string, rest: string): string {
  return modulePath === '' || rest === '' ? modulePath + rest : `${modulePath}/${rest}`;
}

/** True for the modules of the Go distribution itself. */
function isDistribution(module: GoModule): boolean {
  return module.path === 'std' || module.path === 'cmd';
}

function sameModules(a: readonly GoModule[], b: readonly GoModule[]): boolean {
  return a.length === b.length && a.every((module, index) => module === b[index]);
}

/** True if a path may be imported: what lies below `internal` is there for the tree around that folder only. */
function isVisible(path: string, from: Place): boolean {
  const elements = path.split('/');
  const last = elements.lastIndexOf('internal');
  if (last < 0) return true;
  const parent = elements.slice(0, last).join('/');
  if (parent === '') return from.context.standard;
  return from.importPath === parent || from.importPath.startsWith(`${parent}/`);
}

/** Module cache folders write upper-case letters as `!` and the lower-case letter. */
function escapeUpperCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
