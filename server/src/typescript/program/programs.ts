// Programs: of one file with the language's library (what can be said at once), and of a whole project (what can be said when
// there is time). A program is made from the one before it; what did not change is taken over.

import type ts from 'typescript';
import { compiler, type TypeScriptPackage } from '../compiler.ts';
import type { FileSystem, ReadResult } from '../../workspace/file-system.ts';
import { basename } from '../../workspace/paths.ts';
import { isReplaced } from '../replaced-trees.ts';
import { unitsOf } from '../units.ts';
import { bindUpdated } from './binding.ts';
import { bodyChangeIn, changedIn, regionOf, type BodyChange, type BodyEdit } from './body-edits.ts';
import { declarationChangeIn, KnownRegions, reachOf, type DeclarationChange } from './declaration-edits.ts';
import { ProgramDisk } from './disk.ts';
import { fileOptions, libraryYear, looseOptions } from './options.ts';
import { isLibraryPath, libraryFolder, platformDeclarations, platformPath } from './platform.ts';
import { Projects, type Project } from './projects.ts';
import { SourceCache } from './sources.ts';

/** Programs that are kept at once; each may hold a project with all it depends on. */
const programsKept = 3;
/** Single files whose trees are kept at once. */
const filesKept = 20;

export interface ProgramView {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly project: string;
}

/** A program before, of which all holds but what some edits changed. */
export interface Continued {
  readonly before: ts.Program;
  readonly edits: readonly BodyEdit[];
  /** True if nothing changed but what is in bodies of functions. */
  readonly isInside: boolean;
}

/** How a file changed: in bodies, if what others see of them is as it was; otherwise in what it declares. */
interface FileChange {
  readonly body: BodyChange | undefined;
  readonly declarations: DeclarationChange | undefined;
}

interface KeptProgram extends ProgramView {
  revision: number;
  /** The texts it was made of. */
  readonly versions: ReadonlyMap<string, string>;
  readonly regions: KnownRegions;
}

export class Programs {
  readonly #disk: ProgramDisk;
  readonly #projects: Projects;
  readonly #sources = new SourceCache();
  readonly #libraries: ReadonlyMap<string, string>;
  /** By project, the one used last at the end. */
  readonly #typed = new Map<string, KeptProgram>();
  readonly #single = new Map<string, ts.Program>();
  readonly #continued = new WeakMap<ts.Program, Continued>();
  readonly #changedPaths = new Set<string>();
  #revision = 0;
  /** False after files came or went: what modules resolve to must be found again. */
  #isListValid = true;

  constructor(fileSystem: FileSystem, { libraries }: Pick<TypeScriptPackage, 'libraries'>) {
    this.#disk = new ProgramDisk(fileSystem);
    this.#projects = new Projects(this.#disk);
    this.#libraries = libraries;
  }

  read(path: string): ReadResult {
    return this.#disk.read(path);
  }

  changed(path: string): void {
    this.#disk.forgetText(path);
    this.#changedPaths.add(path);
    this.#revision++;
  }

  invalidate(): void {
    this.#disk.forget();
    this.#projects.forget();
    this.#revision++;
    this.#isListValid = false;
  }

  /** The year of the ECMAScript library that a file is compiled with; that of the newest where nothing is said. */
  libraryYearFor(path: string): number {
    return libraryYear(this.#projects.optionsFor(path) ?? {});
  }

  /** The file and the language's library. */
  ofFile(path: string): ProgramView {
    const options = fileOptions();
    const rootNames = [platformPath, path];
    const oldProgram = this.#single.get(path);
    this.#single.delete(path);
    const program = compiler.createProgram({ rootNames, options, host: this.#host(options, 'file'), ...(oldProgram && { oldProgram }) });
    this.#single.set(path, program);
    const file = program.getSourceFile(path);
    if (file && this.#sources.isUpdated(file)) bindUpdated(file, options);
    if (this.#single.size > filesKept) this.#single.delete(this.#single.keys().next().value!);
    return { program, checker: program.getTypeChecker(), project: path };
  }

  /** The project that the file belongs to. The same view until something changes. */
  ofProject(path: string): ProgramView {
    if (!this.#isListValid) {
      this.#typed.clear();
      this.#isListValid = true;
    }
    const project = this.#projects.projectOf(path, (candidate, file) => this.#programOf(candidate).program.getSourceFile(file) !== undefined);
    return this.#programOf(project);
  }

  #programOf(project: Project): KeptProgram {
    const before = this.#typed.get(project.id);
    this.#typed.delete(project.id);
    const kept = before && (before.revision === this.#revision || !this.#isAffected(before)) ? before : this.#createProgram(project, before);
    kept.revision = this.#revision;
    this.#typed.set(project.id, kept);
    if (this.#typed.size > programsKept) {
      this.#typed.delete(this.#typed.keys().next().value!);
      this.#forgetUnused();
    }
    return kept;
  }

  #isAffected(kept: KeptProgram): boolean {
    return [...kept.versions].some(([path, version]) => {
      const read = this.#disk.read(path);
      return read.kind !== 'text' || read.version !== version;
    });
  }

  #createProgram(project: Project, before: KeptProgram | undefined): KeptProgram {
    const { rootNames, options, references } = project;
    const changes = before && this.#changesSince(before);
    const versions = new Map<string, string>();
    const host = this.#host(options, kindOf(options), versions);
    const create = (more: Partial<ts.CreateProgramOptions>): ts.Program => compiler.createProgram({ rootNames, options, host, ...more });
    const program = firstThatWorks([
      () => create({ ...(references && { projectReferences: references }), ...(before && { oldProgram: before.program }) }),
      // The compiler has states that it takes for impossible. What led there is left out.
      () => create({}),
      () => compiler.createProgram({ rootNames, options: looseOptions(), host }),
    ]);
    // The checker binds what is not bound.
    if (before) for (const file of program.getSourceFiles()) if (this.#sources.isUpdated(file)) bindUpdated(file, program.getCompilerOptions());
    const checker = program.getTypeChecker();
    const continued = before && changes && continuedFrom(before, changes, program, checker);
    if (continued) this.#continued.set(program, continued);
    return { program, checker, project: project.id, revision: this.#revision, versions, regions: continued ? before.regions : new KnownRegions() };
  }

  /** The program that this one goes on from, for whoever asks first: it is not kept any longer. */
  takeContinued({ program }: ProgramView): Continued | undefined {
    const continued = this.#continued.get(program);
    this.#continued.delete(program);
    return continued;
  }

  /** The changes by path; undefined after one that reaches too far. */
  #changesSince({ program, checker, versions, regions }: KeptProgram): ReadonlyMap<string, FileChange> | undefined {
    const changes = new Map<string, FileChange>();
    for (const [path, version] of versions) {
      const read = this.#disk.read(path);
      if (read.kind !== 'text') return undefined;
      if (read.version === version) continue;
      const file = program.getSourceFile(path);
      if (!file || isReplaced(file)) return undefined;
      const body = bodyChangeIn(unitsOf(file), file, checker, read.text);
      // Where a result is written nothing inside of the braces can be seen.
      const declarations = body?.parts.every(({ surface }) => surface === '') ? undefined : declarationChangeIn(program, checker, file, read.text, regions);
      if (!body && !declarations) return undefined;
      changes.set(path, { body, declarations });
    }
    return changes;
  }

  #forgetUnused(): void {
    const used = new Set([...this.#typed.values()].flatMap(({ program }) => program.getSourceFiles().map(({ fileName }) => fileName)));
    this.#sources.retain((path, kind) => kind.startsWith('file') || used.has(path));
  }

  #host(options: ts.CompilerOptions, kind: string, versions?: Map<string, string>): ts.CompilerHost & { useSourceOfProjectReferenceRedirect?(): boolean } {
    const disk = this.#disk;
    return {
      getSourceFile: (path, parseOptions) => {
        const read = this.#readSource(path);
        if (read?.kind !== 'text') return undefined;
        const format = typeof parseOptions === 'object' ? parseOptions : { languageVersion: parseOptions };
        if (isLibraryPath(path)) return libraryFile(path, read.text, format);
        versions?.set(path, read.version);
        return this.#sources.parse(path, read, `${kind} ${format.impliedNodeFormat ?? ''}`, { ...format, jsDocParsingMode: compiler.JSDocParsingMode.ParseForTypeInfo });
      },
      getDefaultLibFileName: (of) => `${libraryFolder}/${compiler.getDefaultLibFileName(of)}`,
      getDefaultLibLocation: () => libraryFolder,
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => {},
      fileExists: (path) => (path.startsWith(libraryFolder) ? this.#libraryText(path) !== undefined : disk.kindOf(path) === 'file'),
      directoryExists: (path) => disk.kindOf(path) === 'directory',
      getDirectories: (path) => [...disk.entriesOf(path).directories],
      readFile: (path) => disk.configHost.readFile(path),
      realpath: (path) => disk.realPath(path),
      readDirectory: (path, extensions, excludes, includes, depth) => [...disk.configHost.readDirectory(path, extensions, excludes, includes, depth)],
      jsDocParsingMode: compiler.JSDocParsingMode.ParseForTypeInfo,
      // Projects that this one refers to are read from their sources: nothing was built.
      useSourceOfProjectReferenceRedirect: () => true,
      getParsedCommandLine: (path) => this.#projects.parse(path),
    };
  }

  #readSource(path: string): { readonly kind: 'text'; readonly text: string; readonly version: string } | undefined {
    if (path.startsWith(libraryFolder)) {
      const text = this.#libraryText(path);
      return text === undefined ? undefined : { kind: 'text', text, version: '' };
    }
    const read = this.#disk.read(path);
    return read.kind === 'text' ? read : undefined;
  }

  #libraryText(path: string): string | undefined {
    return path === platformPath ? platformDeclarations : this.#libraries.get(basename(path));
  }
}

/** Undefined if the programs differ in more than those changes and what they reach. */
function continuedFrom({ program: before, regions }: KeptProgram, changes: ReadonlyMap<string, FileChange>, program: ts.Program, checker: ts.TypeChecker): Continued | undefined {
  const files = program.getSourceFiles();
  const filesBefore = before.getSourceFiles();
  if (files.length !== filesBefore.length || files.some((file, i) => file !== filesBefore[i] && !(changes.has(file.fileName) && file.fileName === filesBefore[i]!.fileName))) return undefined;
  const edits: BodyEdit[] = [];
  const seen = new Map<string, DeclarationChange>();
  for (const [path, { body, declarations }] of changes) {
    const file = program.getSourceFile(path);
    const nodes = file && body && changedIn(body, unitsOf(file), file, checker);
    if (nodes) for (const node of nodes) edits.push({ before: before.getSourceFile(path)!, region: regionOf(node) });
    else if (declarations) seen.set(path, declarations);
    else return undefined;
  }
  if (seen.size === 0) return { before, edits, isInside: true };
  const reached = reachOf(seen, program, checker, regions);
  if (!reached) return undefined;
  for (const region of reached) edits.push({ before: before.getSourceFile(region.getSourceFile().fileName)!, region });
  for (const path of seen.keys()) edits.push({ before: before.getSourceFile(path)!, region: program.getSourceFile(path)!.endOfFileToken });
  return { before, edits, isInside: false };
}

function firstThatWorks<T>(attempts: readonly (() => T)[]): T {
  for (const attempt of attempts.slice(0, -1)) {
    try {
      return attempt();
    } catch {
      // The next one is simpler.
    }
  }
  return attempts.at(-1)!();
}

/** The library's files never change, whoever reads them: each is parsed and bound once. */
const libraryFiles = new Map<string, ts.SourceFile>();

function libraryFile(path: string, text: string, format: ts.CreateSourceFileOptions): ts.SourceFile {
  const key = `${format.languageVersion} ${path}`;
  let file = libraryFiles.get(key);
  if (!file) libraryFiles.set(key, (file = compiler.createSourceFile(path, text, { ...format, jsDocParsingMode: compiler.JSDocParsingMode.ParseNone })));
  return file;
}

/**
 * Files parsed and bound under these options are the same: programs that agree in them share their files. They are those that the
 * compiler calls `affectsSourceFile`, without the ones that only say what is reported.
 */
function kindOf(options: ts.CompilerOptions): string {
  const { target, module, moduleResolution, moduleDetection, jsx, jsxImportSource, importHelpers, alwaysStrict, strict } = options;
  return JSON.stringify([target, module, moduleResolution, moduleDetection, jsx, jsxImportSource, importHelpers, alwaysStrict, strict]);
}
