// Loops.

import { Flag, NONE, Op } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { isBlank } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import { BasicInfo, TypeKind } from '../types/types.ts';
import type { Type } from '../types/types.ts';
import type { LabelTargets, Lowering } from './context.ts';
import { condition, value } from './expressions.ts';
import { store, targetOf } from './places.ts';
import { coreOf, pointee, shapeOf } from './shapes.ts';
import { blockStatements, defineName, statement } from './statements.ts';

/** Lowers a loop's body: break and continue in it go to the loop. */
function loopBody(low: Lowering, body: ast.BlockStmt, labels: LabelTargets | undefined, breakTo: number, continueTo: number): void {
  const outer = { breakTo: low.breakTo, continueTo: low.continueTo, fallthroughTo: low.fallthroughTo };
  low.breakTo = breakTo;
  low.continueTo = continueTo;
  low.fallthroughTo = NONE;
  if (labels) {
    labels.breakTo = breakTo;
    labels.continueTo = continueTo;
  }
  blockStatements(low, body.list);
  low.breakTo = outer.breakTo;
  low.continueTo = outer.continueTo;
  low.fallthroughTo = outer.fallthroughTo;
}

function takeLabel(low: Lowering): LabelTargets | undefined {
  const labels = low.pendingLabel;
  low.pendingLabel = undefined;
  return labels;
}

export function forStatement(low: Lowering, node: ast.ForStmt): void {
  const labels = takeLabel(low);
  const { builder } = low;
  if (node.init) statement(low, node.init);
  markLoopVariables(low, node.init);
  const exit = builder.newBlock();
  const head = builder.newBlock();
  const post = node.post ? builder.newBlock() : head;
  builder.openLoop('while', { start: node.pos, end: node.end }, head, exit, post);
  const body = builder.newBlock();
  builder.startBlock(head);
  if (node.cond) condition(low, node.cond, body, exit);
  builder.startBlock(body);
  loopBody(low, node.body, labels, exit, post);
  if (node.post) {
    builder.startBlock(post);
    statement(low, node.post);
  }
  if (builder.isOpen) builder.jump(head);
  builder.closeLoop();
  builder.startBlock(exit);
}

function markLoopVariables(low: Lowering, init: ast.Stmt | undefined): void {
  if (init?.kind !== NodeKind.AssignStmt || init.token !== Token.DEFINE) return;
  for (const name of init.lhs) {
    const object = name.kind === NodeKind.Ident ? low.info.definitionOf(name) : undefined;
    if (object?.kind !== ObjectKind.Variable) continue;
    low.declareLoopVariable(object);
  }
}

/** `for k, v := range x`: Iterate before the loop, Next at its head, then the key and the value. */
export function rangeStatement(low: Lowering, node: ast.RangeStmt): void {
  const labels = takeLabel(low);
  const { builder } = low;
  const subject = value(low, node.x);
  const shape = low.shape(node.x);
  const iterate = builder.emit(Op.Iterate, shape, node.x.pos, node.x.end, subject);
  const exit = builder.newBlock();
  const head = builder.newBlock();
  const loop = builder.openLoop('iterate', { start: node.pos, end: node.end }, head, exit);
  const body = builder.newBlock();
  builder.startBlock(head);
  const next = builder.emit(Op.Next, Shape.Boolean, node.x.pos, node.x.end, iterate);
  builder.setIteration(loop, iterate, next);
  builder.branch(next, body, exit);
  builder.startBlock(body);
  const types = elementTypes(low.info.typeOf(node.x));
  assignPart(low, node, node.key, Op.IterationKey, next, types[0]);
  assignPart(low, node, node.value, Op.IterationValue, next, types[1]);
  loopBody(low, node.body, labels, exit, head);
  if (builder.isOpen) builder.jump(head);
  builder.closeLoop();
  builder.startBlock(exit);
}

function assignPart(low: Lowering, node: ast.RangeStmt, part: ast.Expr | undefined, kind: Op, next: number, type: Type | undefined): void {
  if (!part || isBlank(part)) return;
  const target = node.token === Token.DEFINE ? undefined : targetOf(low, part);
  const shape = type ? shapeOf(type) : low.shape(part);
  const given = low.builder.emit(kind, shape, part.pos, part.end, next);
  if (target) store(low, target, given, Flag.None);
  else defineLoopVariable(low, part, given);
}

function defineLoopVariable(low: Lowering, part: ast.Expr, given: number): void {
  const object = part.kind === NodeKind.Ident ? low.info.definitionOf(part) : undefined;
  if (object?.kind === ObjectKind.Variable) low.declareLoopVariable(object);
  defineName(low, part, given);
}

/** The types of keys and values of a range expression, where the type itself says. */
function elementTypes(type: Type): readonly (Type | undefined)[] {
  const core = coreOf(pointee(type) ?? type);
  switch (core?.kind) {
    case TypeKind.Map:
      return [core.key, core.elem];
    case TypeKind.Slice:
    case TypeKind.Array:
      return [undefined, core.elem];
    case TypeKind.Chan:
      return [core.elem, undefined];
    case TypeKind.Basic:
      return core.info & BasicInfo.Numeric ? [type, undefined] : [];
    default:
      return [];
  }
}
