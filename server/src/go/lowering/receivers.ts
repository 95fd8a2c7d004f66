// The receiver a method is called with or bound to: Go takes its address, follows pointers and walks through embedded
// fields without saying so.

import { Op } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import type * as ast from '../syntax/ast.ts';
import type { Selection } from '../types/info.ts';
import { ObjectKind } from '../types/objects.ts';
import { isInterface } from '../types/predicates.ts';
import type { Lowering } from './context.ts';
import { value } from './expressions.ts';
import { embeddedPlace } from './places.ts';
import { TypeKind } from '../types/types.ts';
import { coreOf, pointee, shapeOf } from './shapes.ts';

/** The value of the receiver of `x.m`, as the method gets it. */
export function boundReceiver(low: Lowering, selector: ast.SelectorExpr, selection: Selection): number {
  const method = selection.object;
  const steps = selection.index.length - 1;
  const holder = holderType(selection);
  const { pos, end } = selector.x;
  const wantsPointer = method.kind === ObjectKind.Func && method.pointerReceiver;
  if (steps === 0 && (isInterface(selection.receiver) || (pointee(selection.receiver) !== undefined) === wantsPointer)) return value(low, selector.x);
  const at = embeddedPlace(low, selector, selection, steps);
  if (at === undefined || holder === undefined) return low.opaque([value(low, selector.x)], Shape.Unknown, selector.x);
  const { builder } = low;
  if (steps === 0) return wantsPointer ? builder.addressOf(at, pos, end) : builder.read(at, shapeOf(pointee(holder) ?? holder), pos, end);
  const holdsPointer = pointee(holder) !== undefined;
  if (holdsPointer === wantsPointer || isInterface(holder)) return builder.read(at, shapeOf(holder), pos, end);
  if (wantsPointer) return builder.addressOf(at, pos, end);
  const pointer = builder.read(at, Shape.Pointer, pos, end);
  return builder.emit(Op.Read, shapeOf(pointee(holder)!), pos, end, builder.target(pointer));
}

/** The type of the embedded field that declares the method, or of x itself. */
function holderType(selection: Selection): Selection['receiver'] | undefined {
  let type = selection.receiver;
  for (let i = 0; i < selection.index.length - 1; i++) {
    const field = fieldsOf(type)?.[selection.index[i]!];
    if (!field) return undefined;
    type = field.type;
  }
  return type;
}

function fieldsOf(type: Selection['receiver']): readonly { readonly type: Selection['receiver'] }[] | undefined {
  const struct = coreOf(pointee(type) ?? type);
  return struct?.kind === TypeKind.Struct ? struct.fields : undefined;
}
