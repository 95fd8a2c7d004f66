// Composite literals: maps and slices are new containers, structs and arrays are values.

import { NONE, Op } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { ObjectKind } from '../types/objects.ts';
import { TypeKind } from '../types/types.ts';
import type { Struct, Type } from '../types/types.ts';
import type { Lowering } from './context.ts';
import { value } from './expressions.ts';
import { coreOf, pointee } from './shapes.ts';
import { commonField } from './struct-literals.ts';

export function compositeLiteral(low: Lowering, literal: ast.CompositeLit): number {
  const type = low.info.typeOf(literal);
  const target = pointee(type);
  // An element `{…}` of a list of pointers is `&T{…}`.
  if (target) return low.builder.emit(Op.Allocate, Shape.Pointer, literal.pos, literal.end, parts(low, literal, target));
  return parts(low, literal, type);
}

function parts(low: Lowering, literal: ast.CompositeLit, type: Type): number {
  const core = coreOf(type);
  switch (core?.kind) {
    case TypeKind.Struct:
      return structParts(low, literal, core, type);
    case TypeKind.Map:
      return elements(low, literal, Op.Make, Shape.Map);
    case TypeKind.Slice:
      return elements(low, literal, Op.Make, Shape.List);
    case TypeKind.Array:
      return elements(low, literal, Op.Aggregate, Shape.Array);
    default:
      return low.opaque(literal.elts.map((element) => value(low, element.kind === NodeKind.KeyValueExpr ? element.value : element)), Shape.Unknown, literal);
  }
}

function structParts(low: Lowering, literal: ast.CompositeLit, struct: Struct, type: Type): number {
  const { package: package_ } = low.info;
  const list: number[] = [];
  literal.elts.forEach((element, index) => {
    if (element.kind !== NodeKind.KeyValueExpr) {
      const field = struct.fields[index];
      const part = value(low, element);
      if (field) list.push(low.field(commonField(package_, type, index, field)), part);
      return;
    }
    const object = element.key.kind === NodeKind.Ident ? low.info.useOf(element.key) : undefined;
    const part = value(low, element.value);
    if (object?.kind === ObjectKind.Variable) list.push(low.field(commonField(package_, type, struct.fields.indexOf(object), object)), part);
  });
  const { builder } = low;
  return builder.emit(Op.Aggregate, Shape.Record, literal.pos, literal.end, NONE, NONE, builder.list(list));
}

function elements(low: Lowering, literal: ast.CompositeLit, kind: Op, shape: Shape): number {
  const list: number[] = [];
  for (const element of literal.elts) {
    if (element.kind !== NodeKind.KeyValueExpr) {
      list.push(NONE, value(low, element));
      continue;
    }
    const key = value(low, element.key);
    list.push(key, value(low, element.value));
  }
  const { builder } = low;
  return builder.emit(kind, shape, literal.pos, literal.end, NONE, NONE, builder.list(list));
}
