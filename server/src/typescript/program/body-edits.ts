// Edits between the braces of one function that nobody outside of it sees: what was found out about everything else holds.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { bodyStart, isFunctionWithBlock, surfaceOf, unitChanged, type FunctionWithBlock, type Unit } from '../units.ts';
import { changeBetween, movedOffset, type Change } from '../../text/change.ts';
import type { Span } from '../../text/span.ts';

/** A change of a text between the braces of one of its units. To be made before the tree is updated, which takes the old one apart. */
export interface BodyChange {
  readonly change: Change;
  /** How many units there were. */
  readonly units: number;
  /** The index of the unit. */
  readonly changed: number;
  /** Where its braces are in the text before. */
  readonly braces: Span;
  readonly surface: string;
}

/** Such a change once both trees are there. */
export interface BodyEdit {
  readonly before: ts.SourceFile;
  /** What has to be looked at anew, in the tree after: the function, or the statement that it is a part of. */
  readonly region: ts.Node;
}

/** Undefined if the text changed anywhere but between the braces of one unit, or in a way that others may see. */
export function bodyChangeIn(units: readonly Unit[], file: ts.SourceFile, checker: ts.TypeChecker, text: string): BodyChange | undefined {
  const change = changeBetween(file.text, text);
  const unit = unitChanged(units, change);
  const surface = unit && surfaceOf(unit.node, file, checker);
  if (!unit || surface === undefined) return undefined;
  return { change, units: units.length, changed: units.indexOf(unit), braces: { start: bodyStart(unit.node), end: unit.node.body.end }, surface };
}

/** The function that was changed, in the tree after; undefined if the new text has other units, or others see the change. */
export function changedIn({ change, units: count, changed, braces, surface }: BodyChange, units: readonly Unit[], file: ts.SourceFile, checker: ts.TypeChecker): FunctionWithBlock | undefined {
  const after = units[changed]?.node;
  if (units.length !== count || !after || !isFunctionWithBlock(after)) return undefined;
  if (bodyStart(after) !== braces.start || after.body.end !== movedOffset(braces.end, change)) return undefined;
  return surfaceOf(after, file, checker) === surface ? after : undefined;
}

/** What a function's own type may tell about: the member it is, or the statement it stands in. */
export function regionOf(node: FunctionWithBlock): ts.Node {
  let at: ts.Node = node;
  while (!compiler.isStatement(at) && !(compiler.isClassElement(at) && compiler.isClassLike(at.parent)) && !compiler.isSourceFile(at.parent)) at = at.parent;
  return at;
}
