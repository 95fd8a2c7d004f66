// Expressions that denote types, after go/types' typexpr.go, struct.go, interface.go and union.go.

import { ChanDir, NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { selector } from './selectors.ts';
import type { Checker } from './checker.ts';
import { smallInt } from './constants/constant.ts';
import { constantOfLiteral } from './constants/literal.ts';
import { expr, use } from './expressions.ts';
import { isRepresentable } from './conversions.ts';
import { OperandMode } from './info.ts';
import { Func, ObjectKind, Variable, VariableKind } from './objects.ts';
import type { TypeName } from './objects.ts';
import { Operand } from './operand.ts';
import { asNamed, asSignature, isGeneric, isInteger, isKnown, isTypeParam, isUntyped } from './predicates.ts';
import { functionType } from './signatures.ts';
import { instantiateAlias } from './subst.ts';
import { methodOrder } from './type-set.ts';
import { Chan, ChannelDirection, GoArray, GoMap, Interface, Pointer, Slice, Struct, TypeKind, Union, unknownType } from './types.ts';
import type { Signature, Type, UnionTerm } from './types.ts';
import { intType, iotaConstant } from './universe.ts';

/** The type an expression denotes; unknown for generic types without type arguments and everything that is no type. */
export function typeOf(check: Checker, e: ast.Expr): Type {
  return declaredType(check, e, undefined);
}

/** Like `typeOf`, where constraint interfaces are not allowed; what breaks that rule keeps its type. */
export function varType(check: Checker, e: ast.Expr): Type {
  return declaredType(check, e, undefined);
}

/** Like `typeOf` for the right-hand side of a type declaration: methods of an interface have the declared type as receiver. */
export function declaredType(check: Checker, e: ast.Expr, declared: TypeName | undefined): Type {
  let type = typeInternal(check, e, declared);
  if (isGeneric(type)) type = unknownType;
  check.recordType(e, type);
  return type;
}

/** The generic type an expression denotes; unknown for types that are not generic. */
export function genericType(check: Checker, e: ast.Expr): Type {
  let type = typeInternal(check, e, undefined);
  if (!isGeneric(type)) type = unknownType;
  check.recordType(e, type);
  return type;
}

/** The signature a function value is wanted as, if a type is one: a generic function takes its type arguments from it. */
export function signatureTarget(type: Type | undefined): Signature | undefined {
  return type && asSignature(type);
}

function typeInternal(check: Checker, e: ast.Expr, declared: TypeName | undefined): Type {
  if (!check.enter()) return unknownType;
  const type = typeByKind(check, e, declared);
  check.leave();
  return type;
}

function typeByKind(check: Checker, e: ast.Expr, declared: TypeName | undefined): Type {
  switch (e.kind) {
    case NodeKind.Ident: {
      const x = new Operand();
      identifier(check, x, e, true);
      return x.mode === OperandMode.TypeExpr ? x.type : unknownType;
    }
    case NodeKind.SelectorExpr: {
      const x = new Operand();
      selector(check, x, e, true);
      return x.mode === OperandMode.TypeExpr ? x.type : unknownType;
    }
    case NodeKind.IndexExpr:
      return instantiatedType(check, e);
    case NodeKind.ParenExpr:
      return declaredType(check, e.x, declared);
    case NodeKind.ArrayType:
      return arrayType(check, e);
    case NodeKind.StructType:
      return structType(check, e);
    case NodeKind.StarExpr: {
      const type = new Pointer(unknownType);
      type.elem = varType(check, e.x);
      return isKnown(type.elem) ? type : unknownType;
    }
    case NodeKind.FuncType:
      return functionType(check, undefined, e, e.pos, e.end).signature;
    case NodeKind.InterfaceType:
      return interfaceType(check, e, declared);
    case NodeKind.MapType: {
      const type = new GoMap(unknownType, unknownType);
      type.key = varType(check, e.key);
      type.elem = varType(check, e.value);
      return type;
    }
    case NodeKind.ChanType: {
      const direction = e.dir === ChanDir.Send ? ChannelDirection.SendOnly : e.dir === ChanDir.Receive ? ChannelDirection.ReceiveOnly : ChannelDirection.Both;
      const type = new Chan(direction, unknownType);
      type.elem = varType(check, e.value);
      return type;
    }
    case NodeKind.BadExpr:
    case NodeKind.Ellipsis:
      return unknownType;
    default:
      use(check, e);
      return unknownType;
  }
}

/** What a name denotes. */
export function identifier(check: Checker, x: Operand, e: ast.Ident, wantType: boolean): void {
  x.invalidate();
  x.expr = e;
  const object = check.lookup(e.name);
  if (!object) {
    check.recordObject(e, undefined);
    return;
  }
  check.recordObject(e, object);
  const isType = object.kind === ObjectKind.TypeName;
  if (wantType && !isType) return;
  if (object.typ === undefined || (isType && wantType && object.pkg === check.package)) check.objDecl(object);
  const type = object.type;
  switch (object.kind) {
    case ObjectKind.PackageName:
    case ObjectKind.Label:
      return;
    case ObjectKind.Constant:
      if (!isKnown(type)) return;
      if (object === iotaConstant) {
        if (check.env.iota === undefined) return;
        x.value = check.env.iota;
      } else {
        x.value = object.known;
      }
      x.mode = OperandMode.Constant;
      break;
    case ObjectKind.TypeName:
      x.mode = OperandMode.TypeExpr;
      break;
    case ObjectKind.Variable:
      if (!isKnown(type)) return;
      x.mode = OperandMode.Variable;
      break;
    case ObjectKind.Func:
    case ObjectKind.Nil:
      x.mode = OperandMode.Value;
      break;
    case ObjectKind.Builtin:
      x.builtin = object.id;
      x.mode = OperandMode.Builtin;
      break;
  }
  x.type = type;
}

function instantiatedType(check: Checker, e: ast.IndexExpr): Type {
  const generic = genericType(check, e.x);
  const typeArguments = typeList(check, e.indices);
  if (!isKnown(generic) || !typeArguments) return unknownType;
  const instance = instantiate(check, generic, typeArguments);
  if (isKnown(instance)) check.recordInstance(e, typeArguments, instance);
  return instance;
}

function instantiate(check: Checker, generic: Type, typeArguments: readonly Type[]): Type {
  if (generic.kind === TypeKind.Alias) return instantiateAlias(check.context, generic, typeArguments);
  const named = asNamed(generic);
  if (!named || named.declaredParameters.length !== typeArguments.length) return unknownType;
  return check.context.instanceOf(named, typeArguments);
}

/** The types of a list of type arguments; undefined if one of them is unknown. */
export function typeList(check: Checker, list: readonly ast.Expr[]): Type[] | undefined {
  const types = list.map((each) => varType(check, each));
  return types.every(isKnown) ? types : undefined;
}

function arrayType(check: Checker, e: ast.ArrayType): Type {
  if (!e.len) {
    const slice = new Slice(unknownType);
    slice.elem = varType(check, e.elt);
    return slice;
  }
  const length = e.len.kind === NodeKind.Ellipsis ? -1 : arrayLength(check, e.len);
  const array = new GoArray(length, unknownType);
  array.elem = varType(check, e.elt);
  // Without its length the array is still an array, but nothing that depends on the length is known.
  return length >= 0 ? array : unknownType;
}

function arrayLength(check: Checker, e: ast.Expr): number {
  if (e.kind === NodeKind.Ident && check.lookup(e.name)?.kind !== ObjectKind.Constant) {
    const object = check.lookup(e.name);
    check.recordObject(e, object);
    return -1;
  }
  const x = new Operand();
  expr(check, undefined, x, e);
  if (x.mode !== OperandMode.Constant || x.value === undefined) return -1;
  if (!isUntyped(x.type) && !isInteger(x.type)) return -1;
  if (!isRepresentable(x.value, intType)) return -1;
  const length = smallInt(x.value);
  return length !== undefined && length >= 0 ? length : -1;
}

function structType(check: Checker, e: ast.StructType): Type {
  const fields: Variable[] = [];
  const tags: string[] = [];
  const names = new Set<string>();
  const add = (ident: ast.Ident, type: Type, embedded: boolean, tag: string): void => {
    const field = new Variable(VariableKind.Field, ident.name, check.package, ident, type, embedded);
    field.file = check.env.file.source;
    if (ident.name !== '_' && names.has(ident.name)) return;
    names.add(ident.name);
    if (tag !== '') tags[fields.length] = tag;
    fields.push(field);
    if (embedded) check.recordEmbedded(ident, field);
    else check.recordObject(ident, field);
  };
  for (const field of e.fields.list) {
    const type = varType(check, field.type);
    const tag = tagOf(field.tag);
    if (field.names.length > 0) {
      for (const name of field.names) add(name, type, false, tag);
      continue;
    }
    const name = embeddedName(field.type);
    if (name) add(name, type, true, tag);
  }
  return new Struct(fields, tags);
}

/** The tag's value as UTF-8 bytes, '' without one. */
function tagOf(tag: ast.BasicLit | undefined): string {
  if (!tag || tag.token !== Token.STRING) return '';
  const value = constantOfLiteral(tag.token, tag.value);
  return value?.kind === 'string' ? value.bytes : '';
}

/** The name of an embedded field: that of its type, or undefined if it has none. */
function embeddedName(e: ast.Expr): ast.Ident | undefined {
  switch (e.kind) {
    case NodeKind.Ident:
      return e;
    case NodeKind.StarExpr:
      return e.x.kind === NodeKind.StarExpr ? undefined : embeddedName(e.x);
    case NodeKind.SelectorExpr:
      return e.sel;
    case NodeKind.IndexExpr:
      return embeddedName(e.x);
    default:
      return undefined;
  }
}

function interfaceType(check: Checker, e: ast.InterfaceType, declared: TypeName | undefined): Type {
  const methods: Func[] = [];
  const embeddeds: Type[] = [];
  const made = new Interface(methods, embeddeds, false, false);
  const receiver = (declared?.typ && asNamed(declared.typ)) ?? made;
  for (const field of e.methods.list) {
    const name = field.names[0];
    if (!name) {
      embeddeds.push(unionType(check, field.type));
      continue;
    }
    if (name.name === '_') continue;
    const signature = typeOf(check, field.type);
    if (signature.kind !== TypeKind.Signature) continue;
    signature.recv = new Variable(VariableKind.Receiver, '', check.package, undefined, receiver);
    const method = new Func(name.name, check.package, name, signature, undefined);
    method.file = check.env.file.source;
    check.recordObject(name, method);
    if (!methods.some((other) => other.name === method.name)) methods.push(method);
  }
  methods.sort(methodOrder);
  made.complete = true;
  return made;
}

/** An element of an interface: a type, `~T`, or a union of them. */
export function unionType(check: Checker, e: ast.Expr): Type {
  const operands: ast.Expr[] = [];
  const operators: ast.Expr[] = [];
  let at = e;
  while (at.kind === NodeKind.BinaryExpr && at.op === Token.OR) {
    operands.push(at.y);
    operators.push(at);
    at = at.x;
  }
  operands.push(at);
  operands.reverse();
  operators.reverse();
  const terms: UnionTerm[] = [];
  let type: Type = unknownType;
  for (let index = 0; index < operands.length; index++) {
    const term = unionTerm(check, operands[index]!);
    if (operands.length === 1 && !term.tilde) return term.type;
    terms.push(term);
    type = new Union([...terms]);
    if (index > 0) check.recordType(operators[index - 1]!, type);
  }
  return type;
}

function unionTerm(check: Checker, e: ast.Expr): UnionTerm {
  const tilde = e.kind === NodeKind.UnaryExpr && e.op === Token.TILDE;
  const type = typeOf(check, tilde ? e.x : e);
  const term = { tilde, type: isTypeParam(type) ? unknownType : type };
  if (tilde) check.recordType(e, new Union([term]));
  return term;
}
