// Expressions that denote memory: variables, fields, elements, what pointers point to.

import { Flag, NONE } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { isBlank, unparen } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import type { Selection } from '../types/info.ts';
import { TypeKind } from '../types/types.ts';
import type { Type } from '../types/types.ts';
import { value } from './expressions.ts';
import type { Lowering } from './context.ts';
import { coreOf, pointee } from './shapes.ts';
import { commonField } from './struct-literals.ts';

/**
 * The place an expression denotes. A value that has no place (the result of a call) is put into a temporary, so that its
 * fields have one. Undefined if it is not known what the expression denotes; nothing has been emitted then.
 */
export function place(low: Lowering, expression: ast.Expr): number | undefined {
  const inner = unparen(expression);
  switch (inner.kind) {
    case NodeKind.Ident: {
      const object = low.info.objectOf(inner);
      return object?.kind === ObjectKind.Variable ? low.builder.variablePlace(low.variable(object)) : undefined;
    }
    case NodeKind.SelectorExpr:
      return selectorPlace(low, inner);
    case NodeKind.IndexExpr:
      return indexPlace(low, inner);
    case NodeKind.StarExpr:
      return pointee(low.info.typeOf(inner.x)) ? low.builder.target(value(low, inner.x)) : undefined;
    default:
      return undefined;
  }
}

/** The place of an expression, or that of a temporary that holds its value. */
export function placeOrTemporary(low: Lowering, expression: ast.Expr): number {
  const direct = place(low, expression);
  if (direct !== undefined) return direct;
  return low.builder.temporary(value(low, expression), low.shape(expression), expression.pos, expression.end);
}

function selectorPlace(low: Lowering, selector: ast.SelectorExpr): number | undefined {
  const selection = low.selection(selector);
  if (!selection) {
    const object = low.info.useOf(selector.sel);
    return object?.kind === ObjectKind.Variable && object.isPackageLevel ? low.builder.variablePlace(low.variable(object)) : undefined;
  }
  if (selection.kind !== 'field') return undefined;
  return embeddedPlace(low, selector, selection, selection.index.length);
}

/**
 * The place reached from a selector's operand by the first `steps` field indices of the selection; all of them lead to
 * the field itself, all but the last to the receiver of a promoted method. Undefined if a type on the way is not known.
 */
export function embeddedPlace(low: Lowering, selector: ast.SelectorExpr, selection: Selection, steps: number): number | undefined {
  const path = structPath(low, selection.receiver, selection.index, steps);
  if (!path) return undefined;
  const { builder } = low;
  let type = selection.receiver;
  let at = NONE;
  const inner = pointee(type);
  if (inner) {
    at = builder.target(value(low, selector.x));
    type = inner;
  } else {
    at = placeOrTemporary(low, selector.x);
  }
  path.forEach((field, index) => {
    at = builder.fieldPlace(at, low.field(field));
    if (index === path.length - 1) return;
    if (pointee(field.type)) at = builder.target(builder.read(at, Shape.Pointer, selector.x.pos, selector.x.end));
  });
  return at;
}

/** The fields that indices lead through, or undefined if a type is not the struct it should be. */
function structPath(low: Lowering, receiver: Type, indices: readonly number[], steps: number): ReturnType<typeof fieldAt>[] | undefined {
  const path: ReturnType<typeof fieldAt>[] = [];
  let type: Type = pointee(receiver) ?? receiver;
  for (let i = 0; i < steps; i++) {
    const core = coreOf(type);
    if (core?.kind !== TypeKind.Struct) return undefined;
    const field = fieldAt(core, indices[i]!);
    if (!field) return undefined;
    path.push(commonField(low.info.package, type, indices[i]!, field));
    type = pointee(field.type) ?? field.type;
  }
  return path;
}

function fieldAt(struct: Extract<Type, { readonly kind: TypeKind.Struct }>, index: number): (typeof struct.fields)[number] {
  return struct.fields[index]!;
}

function indexPlace(low: Lowering, expression: ast.IndexExpr): number | undefined {
  const index = expression.indices[0];
  if (!index || expression.indices.length > 1) return undefined;
  const core = coreOf(low.info.typeOf(expression.x));
  const { builder } = low;
  switch (core?.kind) {
    case TypeKind.Map:
    case TypeKind.Slice: {
      const container = value(low, expression.x);
      return builder.element(container, value(low, index));
    }
    case TypeKind.Pointer: {
      if (coreOf(core.elem)?.kind !== TypeKind.Array) return undefined;
      const target = builder.target(value(low, expression.x));
      return builder.indexPlace(target, value(low, index));
    }
    case TypeKind.Array: {
      const base = placeOrTemporary(low, expression.x);
      return builder.indexPlace(base, value(low, index));
    }
    default:
      return undefined;
  }
}

/** What an assignment assigns to, with its operands evaluated. */
export interface Target {
  readonly expression: ast.Expr;
  /** Undefined for the blank identifier and where it is not known what is assigned to. */
  readonly place: number | undefined;
  /** The values that the expression consists of where its place is not known: they may keep what is assigned. */
  readonly holders: readonly number[];
}

/** Evaluates the operands of the left side of an assignment. */
export function targetOf(low: Lowering, expression: ast.Expr): Target {
  const inner = unparen(expression);
  if (isBlank(inner)) return { expression: inner, place: undefined, holders: [] };
  const at = place(low, inner);
  return { expression: inner, place: at, holders: at === undefined ? operands(low, inner) : [] };
}

/** Assigns a value to a target. The span of the write is that of the target. */
export function store(low: Lowering, target: Target, stored: number, flags: number = Flag.None): void {
  const { expression } = target;
  if (target.place === undefined) {
    if (!isBlank(expression)) low.opaque([...target.holders, stored], Shape.Unknown, expression);
    return;
  }
  low.builder.write(target.place, stored, low.shape(expression), expression.pos, expression.end, flags);
}

/** The values of the operands of an expression whose meaning is not known. */
export function operands(low: Lowering, expression: ast.Expr): number[] {
  switch (expression.kind) {
    case NodeKind.SelectorExpr:
      return isPackageName(low, expression.x) ? [] : [value(low, expression.x)];
    case NodeKind.IndexExpr:
      return [value(low, expression.x), ...expression.indices.map((index) => value(low, index))];
    case NodeKind.StarExpr:
      return [value(low, expression.x)];
    default:
      return [];
  }
}

function isPackageName(low: Lowering, expression: ast.Expr): boolean {
  return expression.kind === NodeKind.Ident && low.info.modeOf(expression) === 'package';
}
