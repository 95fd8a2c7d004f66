// From a file's tree to the model: every function of a file, and its top level, as bodies of one unit.

import type ts from 'typescript';
import { BodyBuilder, LimitReached } from '../../model/builder.ts';
import type { FunctionBody, Unit } from '../../model/function-body.ts';
import type { TypeQueries } from '../types/queries.ts';
import type { TypeScriptFile } from '../file.ts';
import type { BodyEdit } from '../program/body-edits.ts';
import { isReplaced } from '../replaced-trees.ts';
import { LoweringAnswers } from './answers.ts';
import { FileLowering } from './context.ts';
import type { LoweredFunction, Lowering } from './context.ts';
import { linkOperators } from './expressions.ts';
import { statements } from './statements.ts';

export interface LoweredFile {
  readonly path: string;
  readonly unit: Unit;
  /** By the index of their body. */
  readonly functions: readonly LoweredFunction[];
  /** The function that a node declares. */
  functionOf(node: object): LoweredFunction | undefined;
}

interface Lowered {
  readonly answers: LoweringAnswers;
  /** By tree; undefined for files that are larger than what can be lowered. */
  readonly files: Map<ts.SourceFile, LoweredFile | undefined>;
}

/** By program: files that several programs have are different ones in each, as far as their types may be. */
const lowered = new WeakMap<TypeQueries, Lowered>();

function loweredWith(types: TypeQueries): Lowered {
  let ofProgram = lowered.get(types);
  if (!ofProgram) lowered.set(types, (ofProgram = { answers: new LoweringAnswers(types), files: new Map() }));
  return ofProgram;
}

/** What was asked of the types of a program while its files were lowered. */
export function answersOf(types: TypeQueries): LoweringAnswers {
  return loweredWith(types).answers;
}

/** All functions of a file; undefined if the file is larger than what can be lowered. The same object while its types hold. */
export function lowerFile(file: TypeScriptFile, types: TypeQueries): LoweredFile | undefined {
  const { answers, files } = loweredWith(types);
  if (files.has(file.syntax)) return files.get(file.syntax);
  const result = lower(file, answers);
  files.set(file.syntax, result);
  return result;
}

/**
 * Takes over what was lowered in the program before: all files but the edited ones and those that name something which is
 * declared elsewhere now.
 */
export function goOnLowering(before: TypeQueries, now: TypeQueries, edits: readonly BodyEdit[]): void {
  const known = lowered.get(before);
  if (!known) return;
  lowered.delete(before);
  known.answers.goOnWith(now, edits.map(({ region }) => region));
  for (const [tree, file] of known.files) if (edits.some((edit) => edit.before === tree) || (file && namesReplaced(file))) known.files.delete(tree);
  lowered.set(now, known);
}

function namesReplaced({ unit, functions }: LoweredFile): boolean {
  const origins = [...[...unit.variables, ...unit.fields, ...unit.callees].map(({ origin }) => origin), ...functions.map((each) => each.class?.base)];
  return origins.some((origin) => origin !== undefined && isNode(origin) && isReplaced(origin));
}

export function isNode(value: object): value is ts.Node {
  return typeof (value as Partial<ts.Node>).getSourceFile === 'function';
}

function lower(source: TypeScriptFile, answers: LoweringAnswers): LoweredFile | undefined {
  linkOperators();
  const file = new FileLowering(source, answers);
  const builder = new BodyBuilder(file.unit, undefined, { start: 0, end: source.text.length }, '');
  file.enter(source.syntax, builder.index);
  const low: Lowering = { file, builder, thisNode: undefined, frames: [], jumps: [], pendingLabel: undefined };
  try {
    statements(low, source.syntax.statements);
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
  file.leave({ body: builder.finish(), node: source.syntax, kind: 'module', isExported: false, isAsync: false, isGenerator: false });
  const byNode = new Map<object, LoweredFunction>(file.functions.map((each) => [each.node, each]));
  return { path: source.path, unit: file.unit, functions: file.functions, functionOf: (node) => byNode.get(node) };
}

/** The body of a function, or of a file's top level, in the model's words; undefined where it cannot be lowered. */
export function lowerFunction(around: ts.FunctionLikeDeclaration | ts.SourceFile, types: TypeQueries, file: TypeScriptFile): FunctionBody | undefined {
  return lowerFile(file, types)?.functionOf(around)?.body;
}
