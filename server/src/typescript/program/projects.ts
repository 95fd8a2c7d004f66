// Which project a file belongs to: the nearest tsconfig.json or jsconfig.json that takes it in, itself or through its
// references. A file that none takes in is read together with its folder, with the options of the nearest configuration.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { dirname, join } from '../../workspace/paths.ts';
import { typeScriptFiles } from '../files.ts';
import type { ProgramDisk } from './disk.ts';
import { completeOptions, declaredMajorFor, looseOptions } from './options.ts';

export interface Project {
  /** The path of the configuration, or of the folder for files that no configuration takes in. */
  readonly id: string;
  readonly folder: string;
  readonly rootNames: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly references: readonly ts.ProjectReference[] | undefined;
}

interface Configuration extends Project {
  readonly files: ReadonlySet<string>;
}

const configurationNames: readonly string[] = ['tsconfig.json', 'jsconfig.json'];

export class Projects {
  readonly #disk: ProgramDisk;
  readonly #configurations = new Map<string, Configuration | undefined>();
  readonly #parsed = new Map<string, ts.ParsedCommandLine | undefined>();
  readonly #byFile = new Map<string, Project>();
  readonly #folders = new Map<string, Project>();

  constructor(disk: ProgramDisk) {
    this.#disk = disk;
  }

  /** Configurations, or the list of files, changed. */
  forget(): void {
    this.#configurations.clear();
    this.#parsed.clear();
    this.#byFile.clear();
    this.#folders.clear();
  }

  /**
   * @param reaches whether the program of a project has a file that its configuration does not name
   */
  projectOf(path: string, reaches: (project: Project, path: string) => boolean): Project {
    let project = this.#byFile.get(path);
    if (!project) this.#byFile.set(path, (project = this.#find(path, reaches)));
    return project;
  }

  /** The options that hold for a file, as far as configurations tell without a program; undefined if there is none around it. */
  optionsFor(path: string): ts.CompilerOptions | undefined {
    const around = this.#configurationsAround(dirname(path));
    for (const configuration of around) {
      const owner = this.#ownerOf(path, configuration, new Set());
      if (owner) return owner.options;
    }
    return around[0]?.options;
  }

  #find(path: string, reaches: (project: Project, path: string) => boolean): Project {
    const around = this.#configurationsAround(dirname(path));
    for (const configuration of around) {
      const owner = this.#ownerOf(path, configuration, new Set());
      if (owner) return owner;
    }
    const [nearest] = around;
    if (nearest && nearest.rootNames.length > 0 && (nearest.options.allowJs || isTypeScript(path)) && reaches(nearest, path)) return nearest;
    return this.#folderProject(dirname(path), nearest);
  }

  /** The configuration itself, or one that it refers to. */
  #ownerOf(path: string, configuration: Configuration, seen: Set<string>): Configuration | undefined {
    if (seen.has(configuration.id)) return undefined;
    seen.add(configuration.id);
    if (configuration.files.has(path)) return configuration;
    for (const reference of configuration.references ?? []) {
      const referred = this.#configurationAt(compiler.resolveProjectReferencePath(reference));
      const owner = referred && this.#ownerOf(path, referred, seen);
      if (owner) return owner;
    }
    return undefined;
  }

  /** Nearest first, up to the root of the repository. */
  #configurationsAround(folder: string): readonly Configuration[] {
    const found: Configuration[] = [];
    for (let at = folder; ; at = dirname(at)) {
      for (const name of configurationNames) {
        const configuration = this.#configurationAt(join(at, name));
        if (configuration) {
          found.push(configuration);
          break;
        }
      }
      if (at === dirname(at) || this.#disk.kindOf(join(at, '.git')) !== undefined) return found;
    }
  }

  #configurationAt(path: string): Configuration | undefined {
    if (this.#configurations.has(path)) return this.#configurations.get(path);
    const parsed = this.parse(path);
    const folder = dirname(path);
    const configuration = parsed && {
      id: path,
      folder,
      rootNames: parsed.fileNames,
      options: parsed.options,
      references: parsed.projectReferences,
      files: new Set(parsed.fileNames),
    };
    this.#configurations.set(path, configuration);
    return configuration;
  }

  /** A configuration with what it extends; undefined if there is none at the path. */
  parse(path: string): ts.ParsedCommandLine | undefined {
    if (this.#parsed.has(path)) return this.#parsed.get(path);
    const parsed = this.#disk.kindOf(path) === 'file' ? compiler.getParsedCommandLineOfConfigFile(path, {}, this.#disk.configHost) : undefined;
    const completed = parsed && { ...parsed, options: completeOptions(parsed.options, declaredMajorFor(dirname(path), this.#disk)) };
    this.#parsed.set(path, completed);
    return completed;
  }

  #folderProject(folder: string, nearest: Configuration | undefined): Project {
    const kept = this.#folders.get(folder);
    if (kept) return kept;
    const names = this.#disk.entriesOf(folder).files.filter((name) => typeScriptFiles.accepts(name) && typeScriptFiles.wants(name));
    const options: ts.CompilerOptions = nearest ? { ...nearest.options, allowJs: true, moduleDetection: compiler.ModuleDetectionKind.Force } : looseOptions();
    delete options.rootDir;
    const project = { id: `${folder}/`, folder, rootNames: names.map((name) => join(folder, name)), options, references: undefined };
    this.#folders.set(folder, project);
    return project;
  }
}

function isTypeScript(path: string): boolean {
  return !/\.[mc]?jsx?$/.test(path);
}
