// Composite and function literals, after go/types' literals.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { assignment } from './assignments.ts';
import type { Checker } from './checker.ts';
import { genericExpr, use } from './expressions.ts';
import { indexValue } from './indexing.ts';
import { lookupFieldOrMethod } from './lookup.ts';
import { ObjectKind } from './objects.ts';
import type { Variable } from './objects.ts';
import { Operand } from './operand.ts';
import { coreType, deref, isKnown } from './predicates.ts';
import { functionType } from './signatures.ts';
import { funcBody } from './statements.ts';
import { typeOf, varType } from './type-expressions.ts';
import { GoArray, TypeKind, unknownType } from './types.ts';
import type { GoMap, Struct, Type } from './types.ts';

export function funcLit(check: Checker, x: Operand, e: ast.FuncLit): void {
  const { signature, scope } = functionType(check, undefined, e.type, e.pos, e.end);
  check.recordType(e.type, signature);
  const { iota } = check.env;
  // Not now: the literal may be part of a declaration that its body refers to. But before what is in scope changes.
  check.later(() => funcBody(check, signature, scope, e.body, iota));
  x.setValue(signature);
}

/** @param hint the type of the literal if it has none of its own, inside another literal */
export function compositeLit(check: Checker, x: Operand, e: ast.CompositeLit, hint: Type | undefined): void {
  let type: Type;
  let base: Type;
  if (e.type) {
    const written = e.type;
    if (written.kind === NodeKind.ArrayType && written.len?.kind === NodeKind.Ellipsis) type = new GoArray(-1, varType(check, written.elt));
    else type = typeOf(check, written);
    base = type;
  } else if (hint) {
    type = hint;
    // In []*T{{…}} the elements are &T{…}.
    const core = coreType(hint);
    const [pointee, isPointer] = core ? deref(core) : [hint, false];
    base = isPointer ? pointee : hint;
  } else {
    type = unknownType;
    base = type;
  }
  const core = coreType(base);
  switch (core?.kind) {
    case TypeKind.Struct:
      structElements(check, x, e, core);
      break;
    case TypeKind.Array: {
      const length = indexedElements(check, e.elts, core.elem, core.length);
      if (core.length < 0) {
        core.length = length;
        if (e.type) check.recordType(e.type, core);
      }
      break;
    }
    case TypeKind.Slice:
      indexedElements(check, e.elts, core.elem, -1);
      break;
    case TypeKind.Map:
      mapElements(check, x, e, core);
      break;
    default:
      otherElements(check, e, hint !== undefined || e.type !== undefined ? core : undefined);
      if (core?.kind !== TypeKind.Unknown || !isKnown(type)) {
        x.invalidate();
        return;
      }
  }
  x.setValue(type);
}

function structElements(check: Checker, x: Operand, e: ast.CompositeLit, struct: Struct): void {
  const [first] = e.elts;
  if (!first) return;
  if (first.kind !== NodeKind.KeyValueExpr) {
    e.elts.forEach((element, index) => {
      if (element.kind === NodeKind.KeyValueExpr) {
        use(check, element.value);
        return;
      }
      genericExpr(check, x, element);
      const field = struct.fields[index];
      if (field) assignment(check, x, field.type);
    });
    return;
  }
  for (const element of e.elts) {
    if (element.kind !== NodeKind.KeyValueExpr) {
      use(check, element);
      continue;
    }
    const { key } = element;
    genericExpr(check, x, element.value);
    const field = key.kind === NodeKind.Ident ? fieldNamed(check, struct, key.name) : undefined;
    if (key.kind === NodeKind.Ident) check.recordObject(key, field);
    if (field) assignment(check, x, field.type);
  }
}

/** The field of that name, which may be promoted from an embedded one (Go 1.27). */
function fieldNamed(check: Checker, struct: Struct, name: string): Variable | undefined {
  const index = struct.fieldIndex(name, check.package.path);
  if (index >= 0) return struct.fields[index];
  const found = lookupFieldOrMethod(struct, false, check.package.path, name);
  return typeof found !== 'string' && found.object.kind === ObjectKind.Variable && !found.indirect ? found.object : undefined;
}

function mapElements(check: Checker, x: Operand, e: ast.CompositeLit, map: GoMap): void {
  for (const element of e.elts) {
    if (element.kind !== NodeKind.KeyValueExpr) {
      use(check, element);
      continue;
    }
    genericExpr(check, x, element.key, map.key);
    assignment(check, x, map.key);
    genericExpr(check, x, element.value, map.elem);
    assignment(check, x, map.elem);
  }
}

/** Checks the elements of an array or slice; the number of elements the literal has. */
function indexedElements(check: Checker, elements: readonly ast.Expr[], elem: Type, length: number): number {
  let index = 0;
  let max = 0;
  const x = new Operand();
  for (const element of elements) {
    let value: ast.Expr = element;
    if (element.kind === NodeKind.KeyValueExpr) {
      const at = indexValue(check, element.key, length >= 0 ? length : undefined);
      if (at !== undefined && at >= 0) index = at;
      value = element.value;
    }
    index++;
    if (index > max) max = index;
    genericExpr(check, x, value, elem);
    assignment(check, x, elem);
  }
  return max;
}

/** The elements of a literal whose type is not known: keys are checked only where they cannot be field names. */
function otherElements(check: Checker, e: ast.CompositeLit, core: Type | undefined): void {
  for (const element of e.elts) {
    if (element.kind !== NodeKind.KeyValueExpr) {
      use(check, element);
      continue;
    }
    if (core?.kind !== TypeKind.Unknown && element.key.kind !== NodeKind.Ident) use(check, element.key);
    use(check, element.value);
  }
}

