// The predeclared names and package unsafe (spec: "Predeclared identifiers", "Package unsafe"). They never change.

import { boolConstant, intConstant } from './constants/constant.ts';
import { Builtin, BuiltinId, Constant, Func, Nil, Package, TypeName, Variable, VariableKind } from './objects.ts';
import type { Obj } from './objects.ts';
import { Scope } from './scope.ts';
import { comparableTypeSet, topTypeSet } from './type-set.ts';
import { Alias, Basic, BasicInfo, BasicKind, Interface, Named, Signature, Tuple, emptyTuple } from './types.ts';
import type { Type } from './types.ts';

export const universe = new Scope(undefined, -1, -1);
export const unsafePackage = new Package('unsafe', 'unsafe', new Scope(universe, -1, -1), false);

function declare(object: Obj): void {
  universe.insert(object);
}

function basic(kind: BasicKind, info: number, name: string): Basic {
  const type = new Basic(kind, info, name);
  if ((info & BasicInfo.Untyped) === 0) declare(new TypeName(name, undefined, undefined, type));
  return type;
}

const signed = BasicInfo.Integer;
const unsigned = BasicInfo.Integer | BasicInfo.Unsigned;

export const boolType = basic(BasicKind.Bool, BasicInfo.Boolean, 'bool');
export const intType = basic(BasicKind.Int, signed, 'int');
export const int8Type = basic(BasicKind.Int8, signed, 'int8');
export const int16Type = basic(BasicKind.Int16, signed, 'int16');
export const int32Type = basic(BasicKind.Int32, signed, 'int32');
export const int64Type = basic(BasicKind.Int64, signed, 'int64');
export const uintType = basic(BasicKind.Uint, unsigned, 'uint');
export const uint8Type = basic(BasicKind.Uint8, unsigned, 'uint8');
export const uint16Type = basic(BasicKind.Uint16, unsigned, 'uint16');
export const uint32Type = basic(BasicKind.Uint32, unsigned, 'uint32');
export const uint64Type = basic(BasicKind.Uint64, unsigned, 'uint64');
export const uintptrType = basic(BasicKind.Uintptr, unsigned, 'uintptr');
export const float32Type = basic(BasicKind.Float32, BasicInfo.Float, 'float32');
export const float64Type = basic(BasicKind.Float64, BasicInfo.Float, 'float64');
export const complex64Type = basic(BasicKind.Complex64, BasicInfo.Complex, 'complex64');
export const complex128Type = basic(BasicKind.Complex128, BasicInfo.Complex, 'complex128');
export const stringType = basic(BasicKind.String, BasicInfo.String, 'string');
export const byteType = basic(BasicKind.Uint8, unsigned, 'byte');
export const runeType = basic(BasicKind.Int32, signed, 'rune');
export const unsafePointerType = new Basic(BasicKind.UnsafePointer, 0, 'Pointer');

export const untypedBool = basic(BasicKind.UntypedBool, BasicInfo.Boolean | BasicInfo.Untyped, 'untyped bool');
export const untypedInt = basic(BasicKind.UntypedInt, signed | BasicInfo.Untyped, 'untyped int');
export const untypedRune = basic(BasicKind.UntypedRune, signed | BasicInfo.Untyped, 'untyped rune');
export const untypedFloat = basic(BasicKind.UntypedFloat, BasicInfo.Float | BasicInfo.Untyped, 'untyped float');
export const untypedComplex = basic(BasicKind.UntypedComplex, BasicInfo.Complex | BasicInfo.Untyped, 'untyped complex');
export const untypedString = basic(BasicKind.UntypedString, BasicInfo.String | BasicInfo.Untyped, 'untyped string');
export const untypedNil = basic(BasicKind.UntypedNil, BasicInfo.Untyped, 'untyped nil');

/** The underlying type of `any`: the one empty interface that prints as `any`. */
export const anyInterface = new Interface([], [], false, true);
/** The type of `recover()`: an empty interface that prints as one. */
export const emptyInterface = new Interface([], [], false, true);
export const anyName = new TypeName('any', undefined, undefined, undefined);
export const anyType = new Alias(anyName, undefined, [], anyInterface);

const errorName = new TypeName('error', undefined, undefined, undefined);
export const errorType = new Named(errorName, undefined, [], undefined);

export const comparableName = new TypeName('comparable', undefined, undefined, undefined);
export const comparableInterface = new Interface([], [], false, true);
export const comparableType = new Named(comparableName, undefined, [], undefined);

export const iotaConstant = new Constant('iota', undefined, undefined, untypedInt, intConstant(0));

function declareInterfaces(): void {
  anyName.typ = anyType;
  anyInterface.typeSet = topTypeSet;
  emptyInterface.typeSet = topTypeSet;
  declare(anyName);

  errorName.typ = errorType;
  const result = new Variable(VariableKind.Result, '', undefined, undefined, stringType);
  const signature = new Signature(emptyTuple, new Tuple([result]), false);
  signature.recv = new Variable(VariableKind.Receiver, '', undefined, undefined, errorType);
  errorType.rhs = new Interface([new Func('Error', undefined, undefined, signature, undefined)], [], false, true);
  errorType.resolved = errorType.rhs;
  declare(errorName);

  comparableName.typ = comparableType;
  comparableInterface.typeSet = comparableTypeSet;
  comparableType.rhs = comparableInterface;
  comparableType.resolved = comparableInterface;
  declare(comparableName);
}

const builtins: readonly (readonly [string, BuiltinId])[] = [
  ['append', BuiltinId.Append],
  ['cap', BuiltinId.Cap],
  ['clear', BuiltinId.Clear],
  ['close', BuiltinId.Close],
  ['complex', BuiltinId.Complex],
  ['copy', BuiltinId.Copy],
  ['delete', BuiltinId.Delete],
  ['imag', BuiltinId.Imag],
  ['len', BuiltinId.Len],
  ['make', BuiltinId.Make],
  ['max', BuiltinId.Max],
  ['min', BuiltinId.Min],
  ['new', BuiltinId.New],
  ['panic', BuiltinId.Panic],
  ['print', BuiltinId.Print],
  ['println', BuiltinId.Println],
  ['real', BuiltinId.Real],
  ['recover', BuiltinId.Recover],
];

const unsafeBuiltins: readonly (readonly [string, BuiltinId])[] = [
  ['Add', BuiltinId.UnsafeAdd],
  ['Alignof', BuiltinId.UnsafeAlignof],
  ['Offsetof', BuiltinId.UnsafeOffsetof],
  ['Sizeof', BuiltinId.UnsafeSizeof],
  ['Slice', BuiltinId.UnsafeSlice],
  ['SliceData', BuiltinId.UnsafeSliceData],
  ['String', BuiltinId.UnsafeString],
  ['StringData', BuiltinId.UnsafeStringData],
];

function declareValues(): void {
  declare(new Constant('true', undefined, undefined, untypedBool, boolConstant(true)));
  declare(new Constant('false', undefined, undefined, untypedBool, boolConstant(false)));
  declare(iotaConstant);
  declare(new Nil(untypedNil));
  for (const [name, id] of builtins) declare(new Builtin(name, undefined, id));
  for (const [name, id] of unsafeBuiltins) unsafePackage.scope.insert(new Builtin(name, unsafePackage, id));
  unsafePackage.scope.insert(new TypeName('Pointer', unsafePackage, undefined, unsafePointerType));
}

declareInterfaces();
declareValues();

/** The type an untyped constant has where nothing else says which; other types as they are. */
export function defaultType(type: Type): Type {
  switch (type) {
    case untypedBool:
      return boolType;
    case untypedInt:
      return intType;
    case untypedRune:
      return runeType;
    case untypedFloat:
      return float64Type;
    case untypedComplex:
      return complex128Type;
    case untypedString:
      return stringType;
    default:
      return type;
  }
}
