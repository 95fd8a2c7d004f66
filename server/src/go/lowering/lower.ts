// Go functions in the model's words. `lowerFunction` is the way in: it answers the body of a function declaration or
// literal, lowered together with everything it is written in, so that captured variables are known on both sides.
//
// Where types are not known, operations are opaque; nothing is guessed. Lowering never fails: past a limit the body is
// `incomplete`, and nothing may be concluded from it.

import { LimitReached, UnitBuilder, incompleteBody } from '../../model/builder.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { GoFile } from '../packages/package.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { TypeInfo } from '../types/info.ts';
import { buildBody } from './closures.ts';

type FunctionNode = ast.FuncDecl | ast.FuncLit;

/** What lowering needs to know of a file. */
export type LoweredFile = Pick<GoFile, 'path' | 'syntax' | 'languageVersion' | 'languageCeiling'>;

// Facts of a package live as long as its TypeInfo; trees keep their nodes when text before them changes, but not their
// offsets: a body is used again only while its function stands where it stood.
const bodies = new WeakMap<TypeInfo, WeakMap<FunctionNode, FunctionBody>>();

/** The body of a function. The same object is answered as long as nothing changes. */
export function lowerFunction(node: FunctionNode, info: TypeInfo, file: LoweredFile): FunctionBody {
  let known = bodies.get(info);
  if (!known) bodies.set(info, (known = new WeakMap()));
  const before = known.get(node);
  if (before && standsAt(before, node)) return before;
  const outermost = node.kind === NodeKind.FuncDecl ? node : (declarationAround(node, file.syntax) ?? node);
  // The node of a literal may be one that was read again.
  const around = known.get(outermost);
  const again = around && standsAt(around, outermost) ? around.unit.bodies.find((each) => standsAt(each, node)) : undefined;
  if (again) {
    known.set(node, again);
    return again;
  }
  lowerUnit(outermost, info, file, known);
  const body = known.get(node) ?? incompleteBody({ start: node.pos, end: node.end }, '');
  known.set(node, body);
  return body;
}

/** False if the function has been moved by an edit since it was lowered. */
export function standsAt({ span }: FunctionBody, node: FunctionNode): boolean {
  return span.start === node.pos && span.end === node.end;
}

function declarationAround(literal: ast.FuncLit, file: ast.File): ast.FuncDecl | undefined {
  let low = 0;
  let high = file.decls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (file.decls[middle]!.end <= literal.pos) low = middle + 1;
    else high = middle;
  }
  const declaration = file.decls[low];
  return declaration?.kind === NodeKind.FuncDecl && declaration.pos <= literal.pos && literal.end <= declaration.end ? declaration : undefined;
}

function lowerUnit(outermost: FunctionNode, info: TypeInfo, file: LoweredFile, known: WeakMap<FunctionNode, FunctionBody>): void {
  const unit = new UnitBuilder();
  if (outermost.kind === NodeKind.FuncDecl) info.prepare(outermost);
  try {
    const builder = buildBody(unit, undefined, outermost, info, { path: file.path, freshLoopVariables: freshLoopVariables(file) });
    known.set(outermost, builder.finish());
    for (const [node, index] of unit.nodes) known.set(node as FunctionNode, unit.bodies[index]!);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    const name = outermost.kind === NodeKind.FuncDecl ? outermost.name.name : '';
    known.set(outermost, incompleteBody({ start: outermost.pos, end: outermost.end }, name));
    for (const [node] of unit.nodes) {
      const { pos, end } = node as FunctionNode;
      known.set(node as FunctionNode, incompleteBody({ start: pos, end }, ''));
    }
  }
  unit.seal();
}

/** Since Go 1.22 each iteration of a loop has its own variables. Undefined if toolchains differ or nothing says. */
function freshLoopVariables(file: LoweredFile): boolean | undefined {
  const lowest = file.languageVersion?.version;
  const highest = file.languageCeiling?.version ?? lowest;
  if (lowest !== undefined && lowest >= 22) return true;
  if (highest !== undefined && highest < 22) return false;
  return undefined;
}
