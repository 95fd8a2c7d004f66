// How Go's types behave, in the model's words.

import { Shape } from '../../model/objects.ts';
import { BasicInfo, BasicKind, TypeKind } from '../types/types.ts';
import type { Basic, Type } from '../types/types.ts';
import { coreType, isTypeParam, underlying } from '../types/predicates.ts';

/** The shape of values of a type. Type parameters have the shape that all their type arguments must have, if there is one. */
export function shapeOf(type: Type): Shape {
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Basic:
      return basicShape(under);
    case TypeKind.Pointer:
      return Shape.Pointer;
    case TypeKind.Slice:
      return Shape.List;
    case TypeKind.Array:
      return Shape.Array;
    case TypeKind.Map:
      return Shape.Map;
    case TypeKind.Chan:
      return Shape.Channel;
    case TypeKind.Struct:
      return Shape.Record;
    case TypeKind.Signature:
      return Shape.Function;
    case TypeKind.Tuple:
      return Shape.Tuple;
    case TypeKind.Interface:
      return isTypeParam(type) ? parameterShape(type) : Shape.Interface;
    default:
      return Shape.Unknown;
  }
}

function parameterShape(type: Type): Shape {
  const core = coreType(type);
  return core && !isTypeParam(core) && core.kind !== TypeKind.Interface ? shapeOf(core) : Shape.Unknown;
}

function basicShape(type: Basic): Shape {
  if (type.info & BasicInfo.Numeric) return Shape.Number;
  if (type.info & BasicInfo.String) return Shape.String;
  if (type.info & BasicInfo.Boolean) return Shape.Boolean;
  // unsafe.Pointer may be turned into the address of anything.
  return type.basic === BasicKind.UntypedNil ? Shape.Interface : Shape.Unknown;
}

/** The type whose elements, fields or results an operand of the type has: looks through names and type parameters. */
export function coreOf(type: Type): Type | undefined {
  return isTypeParam(type) ? coreType(type) : underlying(type);
}

/** The type a pointer points to; undefined for other types. */
export function pointee(type: Type): Type | undefined {
  const core = coreOf(type);
  return core?.kind === TypeKind.Pointer ? core.elem : undefined;
}
