// The compiler options of a project. TypeScript 6 changed what holds when a tsconfig says nothing; a project that was written
// for an older version is read as that version would. Faults in options end no analysis: what is wrong is left out.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { dirname } from '../../workspace/paths.ts';
import type { ProgramDisk } from './disk.ts';

/** Options that nobody sets: nothing is written, and nothing of the workspace's checks is repeated. */
function always(): ts.CompilerOptions {
  return {
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    emitDeclarationOnly: false,
    checkJs: false,
    skipLibCheck: true,
    maxNodeModuleJsDepth: 0,
    ignoreDeprecations: '6.0',
    plugins: [],
  };
}

/** The options of a configuration, completed. `declaredMajor`: the major version of TypeScript that the project declares. */
export function completeOptions(given: ts.CompilerOptions, declaredMajor: number | undefined): ts.CompilerOptions {
  const options: ts.CompilerOptions = { ...given };
  for (const name of ['tsBuildInfoFile', 'outFile', 'outDir', 'declarationDir', 'declarationMap', 'noLib', 'generateCpuProfile', 'generateTrace'] as const) delete options[name];
  if (declaredMajor === undefined || declaredMajor < 6) {
    options.types ??= ['*'];
    options.strict ??= false;
    if (options.module === undefined && options.moduleResolution === undefined) {
      options.module = compiler.ModuleKind.CommonJS;
      options.moduleResolution = compiler.ModuleResolutionKind.Node10;
    }
  }
  return { ...options, ...always() };
}

/** What stands for the library that is ahead of every edition. */
const nextYear = 9999;
/** The first year whose edition has its year as its name. */
const firstYear = 2015;

/** The year of the library that options choose: by `lib`, else by `target`. */
export function libraryYear({ lib, target }: ts.CompilerOptions): number {
  const years = (lib ?? []).flatMap((name) => {
    // As the compiler names the files: `lib.es2022.d.ts`, `lib.esnext.d.ts`, `lib.es2017.string.d.ts`. A part is not the whole.
    const [, edition, rest] = name.split('.');
    if (rest !== 'd' && rest !== 'full') return [];
    if (edition === 'esnext') return [nextYear];
    if (edition === 'es5') return [firstYear - 1];
    if (edition === 'es6') return [firstYear];
    return edition?.startsWith('es') === true && Number.isInteger(Number(edition.slice(2))) ? [Number(edition.slice(2))] : [];
  });
  if (years.length > 0) return Math.max(...years);
  if (target === undefined || target >= compiler.ScriptTarget.ESNext) return nextYear;
  return target < compiler.ScriptTarget.ES2015 ? firstYear - 1 : firstYear + target - compiler.ScriptTarget.ES2015;
}

/** For files that belong to no project. */
export function looseOptions(): ts.CompilerOptions {
  return {
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.Preserve,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    moduleDetection: compiler.ModuleDetectionKind.Force,
    allowJs: true,
    jsx: compiler.JsxEmit.Preserve,
    strict: true,
    resolveJsonModule: true,
    types: ['*'],
    ...always(),
  };
}

/** The libraries of the language alone, without a platform's. */
export function fileOptions(): ts.CompilerOptions {
  return {
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    moduleDetection: compiler.ModuleDetectionKind.Force,
    lib: ['lib.esnext.d.ts'],
    allowJs: true,
    jsx: compiler.JsxEmit.Preserve,
    strict: true,
    noResolve: true,
    types: [],
    ...always(),
  };
}

/** The major version of the TypeScript that the nearest package.json with one declares. */
export function declaredMajorFor(folder: string, disk: ProgramDisk): number | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const declared = declaredIn(`${at === '/' ? '' : at}/package.json`, disk);
    if (declared !== undefined) return declared;
    if (at === dirname(at)) return undefined;
  }
}

function declaredIn(path: string, disk: ProgramDisk): number | undefined {
  if (disk.kindOf(path) !== 'file') return undefined;
  const text = disk.configHost.readFile(path);
  const content: unknown = text === undefined ? undefined : compiler.parseConfigFileTextToJson(path, text).config;
  for (const list of ['devDependencies', 'dependencies', 'peerDependencies']) {
    const range = property(property(content, list), 'typescript');
    const major = typeof range === 'string' ? lowestMajor(range) : undefined;
    if (major !== undefined) return major;
  }
  return undefined;
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The first number of a range: 5 of `^5.4.2`, `~5`, `>=5 <7`, `npm:typescript@5`. */
function lowestMajor(range: string): number | undefined {
  const version = range.slice(range.lastIndexOf('@') + 1);
  for (let at = 0; at < version.length; at++) {
    const major = Number.parseInt(version.slice(at), 10);
    if (!Number.isNaN(major)) return Math.abs(major);
  }
  return undefined;
}
