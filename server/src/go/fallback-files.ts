// Two files with complementary build constraints, for a function that newer Go has and older Go has not: one with the
// function, one with what stands in for it. The choice is made when the program is compiled.
//
//	clear_go121.go   //go:build go1.21     func clearMap(m) { clear(m) }
//	clear_old.go     //go:build !go1.21    func clearMap(m) { for k := range m { delete(m, k) } }

import type { MapOperation } from './map-operations.ts';
import type { GoFile } from './packages/package.ts';
import type { TypeInfo } from './types/info.ts';
import { lineEndOf } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';

export interface FallbackFiles {
  /** What is written at the place: the call of the new function. */
  readonly edits: readonly Edit[];
  /** Base names and texts of the two files. */
  readonly files: readonly [FallbackFile, FallbackFile];
  /** The Go release that has the function: 21 for Go 1.21. */
  readonly since: number;
}

export interface FallbackFile {
  readonly name: string;
  readonly text: string;
}

/** `not-needed`: every Go that compiles the file has the function. `not-possible`: the place has no form that compiles. */
export type FallbackAnswer = FallbackFiles | 'not-needed' | 'not-possible';

/** The first releases with clear, with sync.Map.Clear, with type parameters, and with `//go:build` lines. */
const clearVersion = 21;
const syncMapClearVersion = 23;
const genericsVersion = 18;
const buildLineVersion = 17;

/**
 * @param operation what is done to a map at the place; without one only the files are written
 * @param exists whether a file of a base name is in the folder
 */
export function fallbackFilesFor(file: GoFile, info: TypeInfo, operation: MapOperation | undefined, exists: (name: string) => boolean): FallbackAnswer {
  const isSyncMap = operation?.kind === 'sync-map-emptied';
  const since = isSyncMap ? syncMapClearVersion : clearVersion;
  const version = isSyncMap ? file.libraryFloor?.version : oldestOf(file);
  if (version === undefined || version >= since) return 'not-needed';
  const isFree = (name: string): boolean => info.lookup(name, file.syntax, file.syntax.name.end) === undefined;
  const name = (isSyncMap ? ['clearSyncMap', 'emptySyncMap'] : ['clearMap', 'emptyMap', 'removeAll']).find(isFree);
  const base = ['clear', 'clearmap', 'clearfallback'].find((each) => !exists(fileName(file, each, `go1${since}`)) && !exists(fileName(file, each, 'old')));
  const parameter = isSyncMap ? '(m *sync.Map)' : parameterFor(operation, version);
  if (name === undefined || base === undefined || parameter === undefined) return 'not-possible';
  const edits = operation?.statement ? callOf(name, operation, isSyncMap) : [];
  if (!edits) return 'not-possible';
  const write = (constraint: string, comment: string, body: readonly string[]): string => textOf(file, constraint, version, isSyncMap, [`// ${name} ${comment}`, `func ${name}${parameter} {`, ...body.map((line) => `\t${line}`), '}']);
  const [newer, older] = isSyncMap
    ? [['m.Clear()'], ['m.Range(func(k, _ interface{}) bool {', '\tm.Delete(k)', '\treturn true', '})']]
    : [['clear(m)'], ['for k := range m {', '\tdelete(m, k)', '}']];
  return {
    edits,
    since,
    files: [
      { name: fileName(file, base, `go1${since}`), text: write(`go1.${since}`, 'removes every entry of m.', newer) },
      { name: fileName(file, base, 'old'), text: write(`!go1.${since}`, isSyncMap ? 'removes the entries of m; what is stored meanwhile may stay.' : 'removes the entries of m; those under NaN keys stay.', older) },
    ],
  };
}

/** The oldest Go that may compile the file. */
function oldestOf({ languageVersion, libraryFloor }: GoFile): number | undefined {
  const versions = [languageVersion?.version, libraryFloor?.version].filter((version) => version !== undefined);
  return versions.length === 0 ? undefined : Math.min(...versions);
}

function parameterFor(operation: MapOperation | undefined, version: number): string | undefined {
  if (version >= genericsVersion) return '[M ~map[K]V, K comparable, V any](m M)';
  return operation?.type === undefined ? undefined : `(m ${operation.type})`;
}

/** The call that takes the place of the statement; undefined if the map cannot be named as an argument. */
function callOf(name: string, { statement, map, isAddress }: MapOperation, isSyncMap: boolean): readonly Edit[] | undefined {
  if (!statement) return undefined;
  if (isSyncMap && isAddress === undefined) return undefined;
  return [{ ...statement, newText: `${name}(${isSyncMap && isAddress === false ? '&' : ''}${map})` }];
}

function fileName({ isTest }: GoFile, base: string, suffix: string): string {
  return `${base}_${suffix}${isTest ? '_test' : ''}.go`;
}

function textOf(file: GoFile, constraint: string, version: number, importsSync: boolean, lines: readonly string[]): string {
  const newLine = lineEndOf(file.text);
  const all = [
    `//go:build ${constraint}`,
    ...(version < buildLineVersion ? [`// +build ${constraint}`] : []),
    '',
    `package ${file.packageName}`,
    '',
    ...(importsSync ? ['import "sync"', ''] : []),
    ...lines,
    '',
  ];
  return all.join(newLine);
}
