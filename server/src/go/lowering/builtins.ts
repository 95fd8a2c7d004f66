// Calls of predeclared functions.

import { End } from '../../model/function-body.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { Role, Shape } from '../../model/objects.ts';
import type * as ast from '../syntax/ast.ts';
import { BuiltinId } from '../types/objects.ts';
import { pushArguments } from './calls.ts';
import type { Lowering } from './context.ts';
import { value } from './expressions.ts';

export function builtinCall(low: Lowering, call: ast.CallExpr, builtin: BuiltinId): number {
  const { builder } = low;
  const { pos, end, args } = call;
  const first = args[0];
  switch (builtin) {
    case BuiltinId.Make:
      return make(low, call);
    case BuiltinId.New:
      return allocate(low, call);
    case BuiltinId.Append:
      return append(low, call);
    case BuiltinId.Len:
    case BuiltinId.Cap: {
      if (!first) break;
      const kind = builtin === BuiltinId.Len ? Op.Length : Op.Capacity;
      return builder.emit(kind, Shape.Number, pos, end, value(low, first));
    }
    case BuiltinId.Delete:
    case BuiltinId.Copy: {
      if (args.length < 2) break;
      const kind = builtin === BuiltinId.Delete ? Op.Delete : Op.CopyElements;
      const container = value(low, args[0]!);
      return builder.emit(kind, builtin === BuiltinId.Delete ? builder.shapeOf(container) : Shape.Number, pos, end, container, value(low, args[1]!));
    }
    case BuiltinId.Clear: {
      if (!first) break;
      const container = value(low, first);
      return builder.emit(Op.Clear, builder.shapeOf(container), pos, end, container);
    }
    case BuiltinId.Close:
      if (!first) break;
      return builder.emit(Op.Close, Shape.Channel, pos, end, value(low, first));
    case BuiltinId.Panic:
      return panic(low, call);
    case BuiltinId.Recover:
      return builder.emit(Op.Call, Shape.Interface, pos, end, low.builtinCallee('recover', Role.Recovers));
    case BuiltinId.Max:
    case BuiltinId.Min:
    case BuiltinId.Complex:
    case BuiltinId.Real:
    case BuiltinId.Imag:
      return pure(low, call);
    case BuiltinId.Print:
    case BuiltinId.Println: {
      const list: number[] = [];
      pushArguments(low, call, list);
      return builder.emit(Op.Call, Shape.Unknown, pos, end, low.builtinCallee('println', Role.Reads), NONE, builder.list(list));
    }
    default:
      break;
  }
  // Package unsafe, and calls with arguments missing.
  const list: number[] = [];
  const types = builtin === BuiltinId.UnsafeSizeof || builtin === BuiltinId.UnsafeAlignof || builtin === BuiltinId.UnsafeOffsetof;
  if (!types) pushArguments(low, call, list);
  return low.opaque(list, low.shape(call), call);
}

/** A predeclared function in a defer or go statement: its arguments are read now, what it does happens later. */
export function postponedBuiltin(low: Lowering, call: ast.CallExpr, builtin: BuiltinId, mode: number): number {
  const list: number[] = [];
  pushArguments(low, call, list);
  const { builder } = low;
  const callee = low.builtinCallee(...nameAndRole(builtin));
  return builder.emit(Op.Call, Shape.Unknown, call.pos, call.end, callee, NONE, builder.list(list), mode);
}

function nameAndRole(builtin: BuiltinId): [string, Role] {
  switch (builtin) {
    case BuiltinId.Clear:
      return ['clear', Role.Clears];
    case BuiltinId.Delete:
      return ['delete', Role.Deletes];
    case BuiltinId.Close:
      return ['close', Role.Closes];
    case BuiltinId.Recover:
      return ['recover', Role.Recovers];
    case BuiltinId.Panic:
      return ['panic', Role.Unwinds];
    case BuiltinId.Print:
    case BuiltinId.Println:
      return ['println', Role.Reads];
    default:
      return ['', Role.None];
  }
}

function make(low: Lowering, call: ast.CallExpr): number {
  const shape = low.shape(call);
  const size = call.args[1] ? value(low, call.args[1]) : NONE;
  const capacity = call.args[2] ? value(low, call.args[2]) : NONE;
  if (shape === Shape.Unknown) return low.opaque([size, capacity], shape, call);
  return low.builder.emit(Op.Make, shape, call.pos, call.end, size, capacity);
}

/** `new(T)`, and since Go 1.26 `new(x)`. */
function allocate(low: Lowering, call: ast.CallExpr): number {
  const argument = call.args[0];
  const mode = argument ? low.info.modeOf(argument) : 'invalid';
  const first = !argument || mode === 'type' || mode === 'invalid' ? NONE : value(low, argument);
  return low.builder.emit(Op.Allocate, Shape.Pointer, call.pos, call.end, first);
}

function append(low: Lowering, call: ast.CallExpr): number {
  const { builder } = low;
  const list: number[] = [];
  pushArguments(low, call, list);
  const target = list.shift();
  if (target === undefined) return low.opaque([], low.shape(call), call);
  return builder.emit(Op.Append, Shape.List, call.pos, call.end, target, NONE, builder.list(list), call.ellipsis ? Flag.Spread : Flag.None);
}

function panic(low: Lowering, call: ast.CallExpr): number {
  const { builder } = low;
  const argument = call.args[0] ? value(low, call.args[0]) : NONE;
  const result = builder.emit(Op.Panic, Shape.Unknown, call.pos, call.end, argument);
  builder.emit(Op.RunDefers, Shape.Unknown, NONE, NONE);
  builder.end(End.Panic);
  return result;
}

function pure(low: Lowering, call: ast.CallExpr): number {
  const { builder } = low;
  const list: number[] = [];
  pushArguments(low, call, list);
  let result = list[0] ?? low.opaque([], Shape.Unknown, call);
  for (let i = 1; i < Math.max(list.length, 2); i++) {
    result = builder.emit(Op.Compute, low.shape(call), call.pos, call.end, result, list[i] ?? NONE, Operator.Other);
  }
  return result;
}
