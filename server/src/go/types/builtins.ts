// Calls of predeclared functions and of those in package unsafe, after go/types' builtins.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { assignment } from './assignments.ts';
import { passArguments } from './calls.ts';
import type { Checker } from './checker.ts';
import { unparen } from '../syntax/receiver.ts';
import { complexOf, imaginaryPart, intConstant, realPart, stringLength, toFloat } from './constants/constant.ts';
import { compareConstants } from './constants/operators.ts';
import { convertUntyped, isValidIndex, matchTypes, operandAssignableTo, updateExprType } from './conversions.ts';
import { expr, exprOrType, multiExpr, use } from './expressions.ts';
import { indexValue } from './indexing.ts';
import type { ConstantValue } from './info.ts';
import { OperandMode } from './info.ts';
import { lookupFieldOrMethod } from './lookup.ts';
import { BuiltinId, ObjectKind, Variable, VariableKind } from './objects.ts';
import type { Operand } from './operand.ts';
import { Operand as NewOperand, operandOf } from './operand.ts';
import { allBasic, asTypeParam, coreType, everyTerm, everyUnderlying, identical, isKnown, isNumeric, isString, isTypeParam, isUntyped, underlying } from './predicates.ts';
import { alignOf, hasVariableSize, offsetOf, sizeOf } from './sizes.ts';
import { varType } from './type-expressions.ts';
import { BasicInfo, BasicKind, ChannelDirection, Interface, Pointer, Signature, Slice, Tuple, TypeKind, TypeParam, Union, emptyTuple, unknownType } from './types.ts';
import type { Type, UnionTerm } from './types.ts';
import { TypeName } from './objects.ts';
import { byteType, complex128Type, complex64Type, defaultType, emptyInterface, float32Type, float64Type, intType, stringType, uintptrType, unsafePointerType, untypedComplex, untypedFloat } from './universe.ts';

interface Arity {
  readonly count: number;
  readonly variadic?: boolean;
}

const arities: Readonly<Record<number, Arity>> = {
  [BuiltinId.Append]: { count: 1, variadic: true },
  [BuiltinId.Cap]: { count: 1 },
  [BuiltinId.Clear]: { count: 1 },
  [BuiltinId.Close]: { count: 1 },
  [BuiltinId.Complex]: { count: 2 },
  [BuiltinId.Copy]: { count: 2 },
  [BuiltinId.Delete]: { count: 2 },
  [BuiltinId.Imag]: { count: 1 },
  [BuiltinId.Len]: { count: 1 },
  [BuiltinId.Make]: { count: 1, variadic: true },
  [BuiltinId.Max]: { count: 1, variadic: true },
  [BuiltinId.Min]: { count: 1, variadic: true },
  [BuiltinId.New]: { count: 1 },
  [BuiltinId.Panic]: { count: 1 },
  [BuiltinId.Print]: { count: 0, variadic: true },
  [BuiltinId.Println]: { count: 0, variadic: true },
  [BuiltinId.Real]: { count: 1 },
  [BuiltinId.Recover]: { count: 0 },
  [BuiltinId.UnsafeAdd]: { count: 2 },
  [BuiltinId.UnsafeAlignof]: { count: 1 },
  [BuiltinId.UnsafeOffsetof]: { count: 1 },
  [BuiltinId.UnsafeSizeof]: { count: 1 },
  [BuiltinId.UnsafeSlice]: { count: 2 },
  [BuiltinId.UnsafeSliceData]: { count: 1 },
  [BuiltinId.UnsafeString]: { count: 2 },
  [BuiltinId.UnsafeStringData]: { count: 1 },
};

/** Checks a call of a predeclared function; false if it is wrong. */
export function builtinCall(check: Checker, x: Operand, call: ast.CallExpr, id: BuiltinId): boolean {
  if (call.ellipsis && id !== BuiltinId.Append) {
    use(check, ...call.args);
    return false;
  }
  const hadCall = check.env.hasCallOrReceive;
  const isLength = id === BuiltinId.Len || id === BuiltinId.Cap;
  if (isLength) check.env.hasCallOrReceive = false;
  const ok = dispatch(check, x, call, id);
  if (isLength) check.env.hasCallOrReceive = hadCall;
  return ok;
}

function dispatch(check: Checker, x: Operand, call: ast.CallExpr, id: BuiltinId): boolean {
  const arity = arities[id] ?? { count: 0 };
  const takesExpressions = id === BuiltinId.Make || id === BuiltinId.New || id === BuiltinId.UnsafeOffsetof;
  const args = takesExpressions ? [] : operands(check, call.args);
  const count = takesExpressions ? call.args.length : args.length;
  if (count < arity.count || (!arity.variadic && count > arity.count)) {
    if (takesExpressions) use(check, ...call.args);
    return false;
  }
  const [first, second] = args;
  if (first) x.assign(first);
  const anyInvalid = args.some((arg) => arg.mode === OperandMode.Invalid);
  if (anyInvalid && !survivesInvalid(x, id)) return false;
  switch (id) {
    case BuiltinId.Append:
      return append(check, x, call, args);
    case BuiltinId.Cap:
    case BuiltinId.Len:
      return length(check, x, call, id);
    case BuiltinId.Clear:
      if (!everyUnderlying(x.type, (under) => under?.kind === TypeKind.Map || under?.kind === TypeKind.Slice)) return false;
      return statement(check, x, call, [x.type]);
    case BuiltinId.Close:
      if (!everyUnderlying(x.type, (under) => under?.kind === TypeKind.Chan && under.direction !== ChannelDirection.ReceiveOnly)) return false;
      return statement(check, x, call, [x.type]);
    case BuiltinId.Complex:
      return second !== undefined && complexCall(check, x, second, call);
    case BuiltinId.Copy:
      return second !== undefined && copy(check, x, second, call);
    case BuiltinId.Delete:
      return second !== undefined && deleteCall(check, x, second, call);
    case BuiltinId.Imag:
    case BuiltinId.Real:
      return part(check, x, call, id);
    case BuiltinId.Make:
      return make(check, x, call);
    case BuiltinId.Max:
    case BuiltinId.Min:
      return extreme(check, x, args, call, id === BuiltinId.Max ? Token.GTR : Token.LSS);
    case BuiltinId.New:
      return newCall(check, x, call);
    case BuiltinId.Panic:
      assignment(check, x, emptyInterface);
      return x.mode !== OperandMode.Invalid && statement(check, x, call, [emptyInterface]);
    case BuiltinId.Print:
    case BuiltinId.Println:
      for (const arg of args) assignment(check, arg, undefined);
      return !args.some((arg) => arg.mode === OperandMode.Invalid) && statement(check, x, call, args.map((arg) => arg.type));
    case BuiltinId.Recover:
      return value(check, x, call, emptyInterface, []);
    default:
      return unsafeCall(check, x, second, call, id);
  }
}

/** len, cap and append say what they give although an argument is wrong. */
function survivesInvalid(x: Operand, id: BuiltinId): boolean {
  return id === BuiltinId.Append && x.mode !== OperandMode.Invalid;
}

function operands(check: Checker, list: readonly ast.Expr[]): readonly Operand[] {
  const [first] = list;
  if (!first) return [];
  if (list.length === 1) return multiExpr(check, first, false).operands;
  return list.map((e) => {
    const x = new NewOperand();
    expr(check, undefined, x, e);
    return x;
  });
}

function signatureOf(result: Type | undefined, params: readonly Type[]): Signature {
  const vars = params.map((type) => new Variable(VariableKind.Parameter, '', undefined, undefined, defaultType(type)));
  const results = result ? new Tuple([new Variable(VariableKind.Result, '', undefined, undefined, result)]) : emptyTuple;
  return new Signature(vars.length > 0 ? new Tuple(vars) : emptyTuple, results, false);
}

/** Keeps the signature that the predeclared function has in this call. */
function recordBuiltin(check: Checker, call: ast.CallExpr, signature: Signature): void {
  let fun = call.fun;
  for (;;) {
    check.setFact(fun, OperandMode.Builtin, signature, undefined);
    if (fun.kind !== NodeKind.ParenExpr) return;
    fun = fun.x;
  }
}

function statement(check: Checker, x: Operand, call: ast.CallExpr, params: readonly Type[]): boolean {
  x.mode = OperandMode.NoValue;
  x.value = undefined;
  recordBuiltin(check, call, signatureOf(undefined, params));
  return true;
}

function value(check: Checker, x: Operand, call: ast.CallExpr, type: Type, params: readonly Type[]): boolean {
  x.setValue(type);
  recordBuiltin(check, call, signatureOf(type, params));
  return true;
}

function constant(x: Operand, type: Type, result: ConstantValue | undefined): boolean {
  x.mode = OperandMode.Constant;
  x.type = type;
  x.value = result;
  return true;
}

function isByteSlice(type: Type | undefined): boolean {
  return type?.kind === TypeKind.Slice && identical(type.elem, byteType);
}

/** The element type that all slices of a type's type set have, or undefined. */
function sliceElement(type: Type): Type | undefined {
  let elem: Type | undefined;
  const all = everyUnderlying(type, (under) => {
    if (under?.kind !== TypeKind.Slice || (elem && !identical(elem, under.elem))) return false;
    elem = under.elem;
    return true;
  });
  return all ? elem : undefined;
}

/** True for []byte and strings, and type parameters for them; `needString`: at least one must be a string. */
function isBytesOrString(type: Type, needString: boolean): boolean {
  let hasString = false;
  const all = everyUnderlying(type, (under) => {
    if (under && isString(under)) {
      hasString = true;
      return true;
    }
    return isByteSlice(under);
  });
  return all && (hasString || !needString);
}

function append(check: Checker, x: Operand, call: ast.CallExpr, args: readonly Operand[]): boolean {
  const elem = sliceElement(x.type);
  if (!elem) return false;
  const second = args[1];
  let signature: Signature | undefined;
  if (args.length === 2 && call.ellipsis && second && operandAssignableTo(check, x, new Slice(byteType)) && isBytesOrString(second.type, true)) {
    // append([]byte, string...)
    signature = signatureOf(x.type, [x.type, second.type]);
  } else {
    signature = signatureOf(x.type, [x.type, new Slice(elem)]);
    signature.variadic = true;
    passArguments(check, call, signature, [], args, []);
  }
  signature.variadic = true;
  recordBuiltin(check, call, signature);
  x.mode = OperandMode.Value;
  x.value = undefined;
  return true;
}

function arrayBehindPointer(type: Type): Type {
  if (type.kind !== TypeKind.Pointer) return type;
  const array = underlying(type.elem);
  return array.kind === TypeKind.Array ? array : type;
}

function length(check: Checker, x: Operand, call: ast.CallExpr, id: BuiltinId): boolean {
  const isLen = id === BuiltinId.Len;
  const hasLength = (type: Type | undefined): boolean => {
    const t = type && arrayBehindPointer(type);
    switch (t?.kind) {
      case TypeKind.Basic:
        return isLen && isString(t);
      case TypeKind.Array:
      case TypeKind.Slice:
      case TypeKind.Chan:
        return true;
      case TypeKind.Map:
        return isLen;
      default:
        return false;
    }
  };
  if (isTypeParam(x.type)) {
    if (!everyUnderlying(x.type, hasLength)) return false;
    return value(check, x, call, intType, [x.type]);
  }
  const type = arrayBehindPointer(underlying(x.type));
  if (!hasLength(type)) return false;
  if (type.kind === TypeKind.Basic && x.mode === OperandMode.Constant) {
    return constant(x, intType, x.value?.kind === 'string' ? intConstant(stringLength(x.value)) : undefined);
  }
  if (type.kind === TypeKind.Array && !check.env.hasCallOrReceive) {
    return constant(x, intType, type.length >= 0 ? intConstant(type.length) : undefined);
  }
  return value(check, x, call, intType, [x.type]);
}

function complexCall(check: Checker, x: Operand, y: Operand, call: ast.CallExpr): boolean {
  const xUntyped = isUntyped(x.type);
  const yUntyped = isUntyped(y.type);
  if (xUntyped && !yUntyped) convertUntyped(check, x, y.type);
  else if (yUntyped && !xUntyped) convertUntyped(check, y, x.type);
  else if (xUntyped && yUntyped) {
    if (x.mode === OperandMode.Constant && y.mode === OperandMode.Constant) {
      for (const operand of [x, y]) {
        if (isNumeric(operand.type) && (operand.value === undefined || toFloat(operand.value))) operand.type = untypedFloat;
      }
    } else {
      convertUntyped(check, x, float64Type);
      convertUntyped(check, y, float64Type);
    }
  }
  if ((x.mode as OperandMode) === OperandMode.Invalid || (y.mode as OperandMode) === OperandMode.Invalid || !identical(x.type, y.type)) return false;
  const result = applied(check, x.type, complexFor);
  if (!result) return false;
  if (x.mode === OperandMode.Constant && y.mode === OperandMode.Constant) {
    return constant(x, result, x.value && y.value && complexOf(x.value, y.value));
  }
  return value(check, x, call, result, [x.type, x.type]);
}

function complexFor(type: Type): Type | undefined {
  const t = underlying(type);
  switch (t.kind === TypeKind.Basic ? t.basic : undefined) {
    case BasicKind.Float32:
      return complex64Type;
    case BasicKind.Float64:
      return complex128Type;
    case BasicKind.UntypedFloat:
      return untypedComplex;
    default:
      return undefined;
  }
}

function floatFor(type: Type): Type | undefined {
  const t = underlying(type);
  switch (t.kind === TypeKind.Basic ? t.basic : undefined) {
    case BasicKind.Complex64:
      return float32Type;
    case BasicKind.Complex128:
      return float64Type;
    case BasicKind.UntypedComplex:
      return untypedFloat;
    default:
      return undefined;
  }
}

/** The result for a type; for a type parameter a type parameter of the results for its type set. */
function applied(check: Checker, type: Type, result: (type: Type) => Type | undefined): Type | undefined {
  const parameter = asTypeParam(type);
  if (!parameter) return result(type);
  const terms: UnionTerm[] = [];
  const all = everyTerm(parameter, (term) => {
    const each = term?.type && result(term.type);
    if (!each) return false;
    terms.push({ tilde: term.tilde, type: each });
    return true;
  });
  if (!all) return undefined;
  const name = new TypeName(parameter.obj.name, check.package, undefined, undefined);
  const made = new TypeParam(name, parameter.index, new Interface([], [new Union(terms)], false, true));
  name.typ = made;
  return made;
}

function part(check: Checker, x: Operand, call: ast.CallExpr, id: BuiltinId): boolean {
  if (isUntyped(x.type)) {
    if (x.mode !== OperandMode.Constant) convertUntyped(check, x, complex128Type);
    else if (isNumeric(x.type)) x.type = untypedComplex;
  }
  if ((x.mode as OperandMode) === OperandMode.Invalid) return false;
  const result = applied(check, x.type, floatFor);
  if (!result) return false;
  if (x.mode === OperandMode.Constant) {
    return constant(x, result, x.value && (id === BuiltinId.Real ? realPart(x.value) : imaginaryPart(x.value)));
  }
  return value(check, x, call, result, [x.type]);
}

function copy(check: Checker, x: Operand, y: Operand, call: ast.CallExpr): boolean {
  const isBytes = operandAssignableTo(check, x, new Slice(byteType)) && isBytesOrString(y.type, false);
  if (!isBytes) {
    const to = sliceElement(x.type);
    const from = sliceElement(y.type) ?? (allBasic(y.type, BasicInfo.String) ? byteType : undefined);
    if (!to || !from || !identical(to, from)) return false;
  }
  return value(check, x, call, intType, [x.type, y.type]);
}

function deleteCall(check: Checker, x: Operand, key: Operand, call: ast.CallExpr): boolean {
  const map = x.type;
  let keyType: Type | undefined;
  const all = everyUnderlying(map, (under) => {
    if (under?.kind !== TypeKind.Map || (keyType && !identical(keyType, under.key))) return false;
    keyType = under.key;
    return true;
  });
  const wanted = keyType as Type | undefined;
  if (!all || !wanted) return false;
  x.assign(key);
  assignment(check, x, wanted);
  if (x.mode === OperandMode.Invalid) return false;
  return statement(check, x, call, [map, wanted]);
}

function make(check: Checker, x: Operand, call: ast.CallExpr): boolean {
  const [first, ...rest] = call.args;
  if (!first) return false;
  const type = varType(check, first);
  const sizes = rest.map((size) => {
    const at = indexValue(check, size, undefined);
    return at === undefined ? unknownType : check.factOf(size)?.type ?? intType;
  });
  if (!isKnown(type)) return false;
  const core = coreType(type);
  const min = core?.kind === TypeKind.Slice ? 2 : 1;
  if (core?.kind !== TypeKind.Slice && core?.kind !== TypeKind.Map && core?.kind !== TypeKind.Chan) return false;
  if (call.args.length < min || call.args.length > min + 1) return false;
  return value(check, x, call, type, [type, ...sizes]);
}

function extreme(check: Checker, x: Operand, args: readonly Operand[], call: ast.CallExpr, op: Token): boolean {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg.mode === OperandMode.Invalid || !allBasic(arg.type, BasicInfo.Ordered)) return false;
    if (index === 0) continue;
    matchTypes(check, x, arg);
    if (x.mode === OperandMode.Invalid || !identical(x.type, arg.type)) return false;
    if (x.mode === OperandMode.Constant && arg.mode === OperandMode.Constant) {
      if (x.value === undefined || arg.value === undefined) x.value = undefined;
      else if (compareConstants(arg.value, op, x.value)) x.assign(arg);
    } else {
      x.mode = OperandMode.Value;
      x.value = undefined;
    }
  }
  if ((x.mode as OperandMode) !== OperandMode.Constant) {
    x.mode = OperandMode.Value;
    x.value = undefined;
    // The result has a type even if all arguments are untyped values.
    assignment(check, x, emptyInterface);
    if ((x.mode as OperandMode) === OperandMode.Invalid) return false;
  }
  for (const arg of args) {
    if (arg.expr) updateExprType(check, arg.expr, x.type, true);
  }
  if ((x.mode as OperandMode) !== OperandMode.Constant) recordBuiltin(check, call, signatureOf(x.type, args.map(() => x.type)));
  return true;
}

function newCall(check: Checker, x: Operand, call: ast.CallExpr): boolean {
  const [argument] = call.args;
  if (!argument) return false;
  exprOrType(check, x, argument, false);
  if (x.mode === OperandMode.Invalid || x.mode === OperandMode.Builtin) return false;
  // new(expression) is Go 1.26; in older files it is an error, and means the same.
  if (x.mode !== OperandMode.TypeExpr && isUntyped(x.type)) {
    assignment(check, x, undefined);
    if ((x.mode as OperandMode) === OperandMode.Invalid) return false;
  }
  const type = x.type;
  return value(check, x, call, new Pointer(type), [type]);
}

function unsafeCall(check: Checker, x: Operand, y: Operand | undefined, call: ast.CallExpr, id: BuiltinId): boolean {
  switch (id) {
    case BuiltinId.UnsafeAdd:
      assignment(check, x, unsafePointerType);
      if (x.mode === OperandMode.Invalid || !y || !isValidIndex(check, y, true)) return false;
      return value(check, x, call, unsafePointerType, [unsafePointerType, y.type]);
    case BuiltinId.UnsafeAlignof:
    case BuiltinId.UnsafeSizeof: {
      assignment(check, x, undefined);
      if (x.mode === OperandMode.Invalid) return false;
      if (hasVariableSize(x.type)) return value(check, x, call, uintptrType, [x.type]);
      const size = id === BuiltinId.UnsafeSizeof ? sizeOf(x.type) : alignOf(x.type);
      return constant(x, uintptrType, size === undefined ? undefined : intConstant(size));
    }
    case BuiltinId.UnsafeOffsetof:
      return offsetCall(check, x, call);
    case BuiltinId.UnsafeSlice: {
      const core = coreType(x.type);
      if (core?.kind !== TypeKind.Pointer || !y || !isValidIndex(check, y, false)) return false;
      return value(check, x, call, new Slice(core.elem), [core, y.type]);
    }
    case BuiltinId.UnsafeSliceData: {
      const core = coreType(x.type);
      if (core?.kind !== TypeKind.Slice) return false;
      return value(check, x, call, new Pointer(core.elem), [core]);
    }
    case BuiltinId.UnsafeString:
      assignment(check, x, new Pointer(byteType));
      if (x.mode === OperandMode.Invalid || !y || !isValidIndex(check, y, false)) return false;
      return value(check, x, call, stringType, [new Pointer(byteType), y.type]);
    case BuiltinId.UnsafeStringData:
      assignment(check, x, stringType);
      if (x.mode === OperandMode.Invalid) return false;
      return value(check, x, call, new Pointer(byteType), [stringType]);
    default:
      return false;
  }
}

function offsetCall(check: Checker, x: Operand, call: ast.CallExpr): boolean {
  const [argument] = call.args;
  const selector = argument && unparen(argument);
  if (selector?.kind !== NodeKind.SelectorExpr) {
    use(check, ...call.args);
    return false;
  }
  expr(check, undefined, x, selector.x);
  if (x.mode === OperandMode.Invalid) return false;
  const under = underlying(x.type);
  const base = under.kind === TypeKind.Pointer && underlying(under.elem).kind === TypeKind.Struct ? under.elem : x.type;
  const found = lookupFieldOrMethod(base, false, check.package.path, selector.sel.name);
  if (typeof found === 'string' || found.object.kind !== ObjectKind.Variable || found.indirect) return false;
  check.recordSelection(selector, { kind: 'field', receiver: base, object: found.object, index: found.index, indirect: false });
  const mode = x.mode === OperandMode.Variable ? OperandMode.Variable : OperandMode.Value;
  check.record(operandOf(mode, found.object.type, selector));
  if (hasVariableSize(base)) return value(check, x, call, uintptrType, [found.object.type]);
  const offset = offsetOf(base, found.index);
  return constant(x, uintptrType, offset === undefined ? undefined : intConstant(offset));
}

