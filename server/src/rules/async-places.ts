// What the rules about races across await have in common: the program that a file or project is, and places of the text.

import type ts from 'typescript';
import { AsyncProgram } from '../analysis/async/program.ts';
import type { AsyncFile, AsyncFunction, Point } from '../analysis/async/program.ts';
import { isOfValue } from '../analysis/async/cells.ts';
import type { Access } from '../analysis/async/cells.ts';
import { LineIndex } from '../text/line-index.ts';
import { oneLine } from '../text/one-line.ts';
import { nodeAt } from '../typescript/async-fixes.ts';
import { isNode, lowerFile } from '../typescript/lowering/lower.ts';
import { LoweredProject } from '../typescript/lowering/project.ts';
import type { TypeScriptFile } from '../typescript/file.ts';
import { isTestPath } from '../typescript/files.ts';
import type { StaticType, TypeQueries } from '../typescript/types/queries.ts';
import type { Edit } from '../text/span.ts';
import type { Fix, RelatedPlace, Report } from './rule.ts';
import type { TypeScriptDetector, TypeScriptProject, TypeScriptSettledContext } from './typescript-context.ts';

const programs = new WeakMap<TypeScriptProject, AsyncProgram>();

/** The project as a program whose files are lowered when they are needed. A generated file that somebody asks about stands by itself. */
function programOf({ file, project, types }: TypeScriptSettledContext): AsyncProgram {
  if (file.generated) return new AsyncProgram(new LoweredProject([file], types));
  let known = programs.get(project);
  if (!known) {
    // Tests run one after another, and what they empty is their own.
    const files = project.files.filter(({ path, generated }) => !generated && !isOfTests(path, project));
    programs.set(project, (known = new AsyncProgram(new LoweredProject(files, types, project.throwIfCancelled))));
  }
  return known;
}

/** Most files say none of these words, and need no lowering. */
function maySuspend(file: TypeScriptFile): boolean {
  let may = suspending.get(file);
  if (may === undefined) suspending.set(file, (may = saysSuspend(file.text)));
  return may;
}

const suspending = new WeakMap<TypeScriptFile, boolean>();

function saysSuspend(text: string): boolean {
  if (text.includes('await') || text.includes('async') || text.includes('.then(') || text.includes('.finally(') || text.includes('Promise')) return true;
  // An index that a timer looks up.
  return text.includes('setTimeout(') && text.includes('.splice(');
}

/** Tests run one after another. What the folders around a project are called says nothing. */
function isOfTests(path: string, project: TypeScriptProject): boolean {
  let around = foldersAround.get(project);
  if (around === undefined) foldersAround.set(project, (around = folderAround(project)));
  return isTestPath(path.slice(around));
}

const foldersAround = new WeakMap<TypeScriptProject, number>();

/** How long the path of the folder is that all files of a project are in. */
function folderAround({ files }: TypeScriptProject): number {
  const [first, ...others] = files;
  if (!first) return 0;
  let length = first.path.lastIndexOf('/') + 1;
  for (const { path } of others) while (length > 0 && !path.startsWith(first.path.slice(0, length))) length = first.path.lastIndexOf('/', length - 2) + 1;
  return length;
}

export interface Found {
  readonly at: Point;
  readonly report: Report;
}

export interface Sources {
  readonly program: AsyncProgram;
  readonly types: TypeQueries;
  textOf(path: string): string;
  syntaxOf(path: string): ts.SourceFile | undefined;
}

/** A detector that looks at each function of a file with what its project says: `find` gives what it finds in one function. */
export function asyncDetector(find: (sources: Sources, file: AsyncFile, of: AsyncFunction) => readonly Found[]): TypeScriptDetector {
  return {
    settledFile(context) {
      const { file, types, project } = context;
      if (isOfTests(file.path, project) || !maySuspend(file)) return;
      const lowered = lowerFile(file, types);
      if (!lowered) return;
      const sources: Sources = { program: programOf(context), types, textOf: (path) => project.file(path)?.text ?? '', syntaxOf: (path) => project.file(path)?.syntax };
      for (const of of lowered.functions) for (const { report } of find(sources, lowered, of)) context.report(report);
    },
  };
}

export function spanAt({ function: of, operation }: Point): { readonly start: number; readonly end: number } {
  return of.body.spanOf(operation);
}

/** A place with what is said about it. */
export function related(at: Point, id: string, given: Readonly<Record<string, string>> = {}): RelatedPlace {
  return { path: at.file.path, span: spanAt(at), message: { id, arguments: given } };
}

const longestText = 60;

/** The code of an operation on one line. */
export function codeAt(at: Point, { textOf }: Sources): string {
  const { start, end } = spanAt(at);
  return oneLine(textOf(at.file.path).slice(start, end), longestText);
}

/** `file.ts:12`. */
export function placeName(at: Point, { textOf }: Sources): string {
  const { path } = at.file;
  return `${path.slice(path.lastIndexOf('/') + 1)}:${new LineIndex(textOf(path)).line(spanAt(at).start) + 1}`;
}

/** The key of an element as it is written; empty for variables. */
export function cellName(access: Access, sources: Sources): string {
  if (access.keyAt) return `${access.name}[${codeAt(access.keyAt, sources)}]`;
  if (access.key < 0) return access.name;
  // Of `view.set([a, b], 2)` an index is nowhere written.
  const index = access.function.body.constantOf(access.key);
  if (typeof index === 'number') return `${access.name}[${index}]`;
  return `${access.name}[${codeAt({ ...access, operation: access.key }, sources)}]`;
}

/** The declared type of what a variable or field holds, or of an element under a key; undefined if it is not declared here. */
export function typeOfCell(access: Access, { types }: Sources): StaticType | undefined {
  const { name } = access.root as { readonly name?: ts.Node };
  // Fields of values whose type is not known have no declaration.
  if (!name || !isNode(access.root)) return undefined;
  const held = types.typeAt(name);
  return isOfValue(access) ? held : held.elements;
}

/**
 * The one unsafe fix that some edits make, if there are any: `fix` says what it does, `caution` what it may change.
 * @param kind of rules that have several: `fix-claim`, `caution-claim`
 */
export function unsafeFix(edits: readonly Edit[] | Edit | undefined, kind?: string): readonly Fix[] {
  if (edits === undefined) return [];
  const id = (word: string): string => (kind === undefined ? word : `${word}-${kind}`);
  return [{ title: { id: id('fix') }, safe: false, caution: { id: id('caution') }, edits: [edits].flat() }];
}

/** What is written at an operation, with the file it is in. */
export function syntaxAt(at: Point, { syntaxOf }: Sources): { readonly node: ts.Node; readonly file: ts.SourceFile } | undefined {
  const file = syntaxOf(at.file.path);
  const node = file && nodeAt(file, spanAt(at));
  return node && file && { node, file };
}
