// Edits between the braces of functions that nobody outside of them sees: what was found out about everything else holds.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { bodyStart, isFunctionWithBlock, surfaceOf, unitChanged, type FunctionWithBlock, type Unit } from '../units.ts';
import { changesBetween, movedOffset, type Change } from '../../text/change.ts';
import type { Span } from '../../text/span.ts';

/** Changes of a text that lie between the braces of its units. To be made before the tree is updated, which takes the old one apart. */
export interface BodyChange {
  readonly changes: readonly Change[];
  /** How many units there were. */
  readonly units: number;
  readonly parts: readonly ChangedPart[];
}

interface ChangedPart {
  /** The index of the unit. */
  readonly changed: number;
  /** Where its braces are in the text before. */
  readonly braces: Span;
  readonly surface: string;
}

/** Such a change of one unit once both trees are there. */
export interface BodyEdit {
  readonly before: ts.SourceFile;
  /** What has to be looked at anew, in the tree after: the function, or the statement that it is a part of. */
  readonly region: ts.Node;
}

/** Undefined if the text changed anywhere but between the braces of units, or in a way that others may see. */
export function bodyChangeIn(units: readonly Unit[], file: ts.SourceFile, checker: ts.TypeChecker, text: string): BodyChange | undefined {
  const changes = changesBetween(file.text, text);
  const parts: ChangedPart[] = [];
  for (const change of changes) {
    const unit = unitChanged(units, change);
    if (!unit) return undefined;
    const changed = units.indexOf(unit);
    if (parts.some((each) => each.changed === changed)) continue;
    const surface = surfaceOf(unit.node, file, checker);
    if (surface === undefined) return undefined;
    parts.push({ changed, braces: { start: bodyStart(unit.node), end: unit.node.body.end }, surface });
  }
  return { changes, units: units.length, parts };
}

/** The functions that were changed, in the tree after; undefined if the new text has other units, or others see a change. */
export function changedIn({ changes, units: count, parts }: BodyChange, units: readonly Unit[], file: ts.SourceFile, checker: ts.TypeChecker): readonly FunctionWithBlock[] | undefined {
  if (units.length !== count) return undefined;
  const found: FunctionWithBlock[] = [];
  for (const { changed, braces, surface } of parts) {
    const after = units[changed]?.node;
    if (!after || !isFunctionWithBlock(after)) return undefined;
    if (bodyStart(after) !== movedOffset(braces.start, changes) || after.body.end !== movedOffset(braces.end, changes)) return undefined;
    if (surfaceOf(after, file, checker) !== surface) return undefined;
    found.push(after);
  }
  return found;
}

/** What a function's own type may tell about: the member it is, or the statement it stands in. */
export function regionOf(node: FunctionWithBlock): ts.Node {
  let at: ts.Node = node;
  while (!compiler.isStatement(at) && !(compiler.isClassElement(at) && compiler.isClassLike(at.parent)) && !compiler.isSourceFile(at.parent)) at = at.parent;
  return at;
}
