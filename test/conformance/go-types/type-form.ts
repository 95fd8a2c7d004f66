// Our types in the form that oracle/main.go writes: without names of parameters, aliases replaced by what they stand for.

import { isInterface } from '../../../server/src/go/types/predicates.ts';
import { BasicKind, ChannelDirection, TypeKind } from '../../../server/src/go/types/types.ts';
import type { Interface, Signature, Tuple, Type } from '../../../server/src/go/types/types.ts';
import { exactString } from '../../../server/src/go/types/constants/exact-string.ts';
import type { Constant } from '../../../server/src/go/types/constants/constant.ts';
import { utf8Bytes } from '../../../server/src/go/types/constants/constant.ts';

/** What an unknown type is written as, wherever it stands in a type. */
export const unknownMark = 'invalid type';

const maxDepth = 400;

export function typeForm(type: Type, depth = 0): string {
  if (depth > maxDepth) return unknownMark;
  const inner = (part: Type): string => typeForm(part, depth + 1);
  switch (type.kind) {
    case TypeKind.Unknown:
      return unknownMark;
    case TypeKind.Basic:
      return type.basic === BasicKind.Uint8 ? 'uint8' : type.basic === BasicKind.Int32 ? 'int32' : type.basic === BasicKind.UnsafePointer ? 'unsafe.Pointer' : type.name;
    case TypeKind.Alias:
      return type.rhs ? inner(type.rhs) : unknownMark;
    case TypeKind.Named: {
      const name = type.obj.pkg ? `${type.obj.pkg.path}.${type.obj.name}` : type.obj.name;
      return type.typeArguments.length === 0 ? name : `${name}[${type.typeArguments.map(inner).join(',')}]`;
    }
    case TypeKind.TypeParam:
      return type.obj.name;
    case TypeKind.Pointer:
      return `*${inner(type.elem)}`;
    case TypeKind.Slice:
      return `[]${inner(type.elem)}`;
    case TypeKind.Array:
      return type.length < 0 ? unknownMark : `[${type.length}]${inner(type.elem)}`;
    case TypeKind.Map:
      return `map[${inner(type.key)}]${inner(type.elem)}`;
    case TypeKind.Chan:
      return `${type.direction === ChannelDirection.SendOnly ? 'chan<-' : type.direction === ChannelDirection.ReceiveOnly ? '<-chan' : 'chan'}(${inner(type.elem)})`;
    case TypeKind.Struct: {
      const fields = type.fields.map((field, index) => {
        const tag = type.tag(index) === '' ? '' : quotedToAscii(type.tag(index));
        return `${field.embedded ? '' : `${field.name} `}${inner(field.type)}${tag}`;
      });
      return `struct{${fields.join(';')}}`;
    }
    case TypeKind.Interface:
      return interfaceForm(type, depth);
    case TypeKind.Signature:
      return `func${signatureForm(type, depth)}`;
    case TypeKind.Tuple:
      return `(${tupleForm(type, false, depth)})`;
    case TypeKind.Union:
      return type.terms.map((term) => `${term.tilde ? '~' : ''}${inner(term.type)}`).join('|');
  }
}

function interfaceForm(type: Interface, depth: number): string {
  const methods = type.methods.map((method) => `${method.name}${method.signature ? signatureForm(method.signature, depth + 1) : ` ${unknownMark}`}`);
  const parts = [...methods, ...type.embeddeds.map((embedded) => typeForm(embedded, depth + 1))];
  return parts.length === 0 ? 'any' : `interface{${parts.sort(byBytes).join(';')}}`;
}

function signatureForm(type: Signature, depth: number): string {
  const parameters = type.typeParameters.map((parameter) => `${parameter.obj.name} ${constraintForm(parameter.bound, depth + 1)}`);
  const head = parameters.length === 0 ? '' : `[${parameters.join(',')}]`;
  const results = type.results.vars.length === 0 ? '' : `(${tupleForm(type.results, false, depth)})`;
  return `${head}(${tupleForm(type.params, type.variadic, depth)})${results}`;
}

/** A constraint with an interface around what is none; go/types puts it there on some occasion. */
function constraintForm(bound: Type, depth: number): string {
  return isInterface(bound) ? typeForm(bound, depth) : `interface{${typeForm(bound, depth)}}`;
}

function tupleForm(tuple: Tuple, variadic: boolean, depth: number): string {
  const last = tuple.vars.length - 1;
  return tuple.vars
    .map(({ type }, index) => {
      if (!variadic || index < last) return typeForm(type, depth + 1);
      return `...${typeForm(type.kind === TypeKind.Slice ? type.elem : type, depth + 1)}`;
    })
    .join(',');
}

/** A constant in the oracle's form; long ones by their length. */
export function valueForm(value: Constant): string {
  const text = value.kind === 'string' ? quotedToAscii(value.bytes) : exactString(value);
  return text.length > 120 ? `length ${text.length}` : text;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** strconv.QuoteToASCII of a string that is given as UTF-8 bytes. */
function quotedToAscii(bytes: string): string {
  const quoted = exactString({ kind: 'string', bytes });
  return utf8Bytes(quoted) === quoted ? quoted : quoted.replace(/[^\x00-\x7f]/gu, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
