// The fields of structs that have no name. Identical struct types are one type, wherever they are written out
// (https://go.dev/ref/spec#Type_identity), so that their fields are the same:
//
//	wait *struct{ done chan struct{} }    …    wait = &struct{ done chan struct{} }{done: make(chan struct{})}
//
// In generic code the type is written out once for the type and once for the function that makes it, each with parameters of its own.

import { identicalIgnoringTags, unalias } from '../types/predicates.ts';
import type { Package, Variable } from '../types/objects.ts';
import { TypeKind } from '../types/types.ts';
import type { Struct, Type } from '../types/types.ts';

const firstOf = new WeakMap<Struct, Struct>();
const knownIn = new WeakMap<Package, Struct[]>();

/** The field that stands for a field of a type, if that is a struct without a name: the one of the first such struct that was met in a package. */
export function commonField(package_: Package, type: Type, index: number, field: Variable): Variable {
  const struct = unalias(type);
  return struct.kind === TypeKind.Struct ? (firstIn(package_, struct).fields[index] ?? field) : field;
}

function firstIn(package_: Package, struct: Struct): Struct {
  let first = firstOf.get(struct);
  if (first) return first;
  let all = knownIn.get(package_);
  if (!all) knownIn.set(package_, (all = []));
  first = all.find((each) => isWrittenAlike(each, struct, 0));
  if (!first) all.push((first = struct));
  firstOf.set(struct, first);
  return first;
}

const deepest = 20;

/** True if two types are identical when each type parameter stands for the one at its place in another list. */
function isWrittenAlike(x0: Type, y0: Type, depth: number): boolean {
  const x = unalias(x0);
  const y = unalias(y0);
  if (x === y) return true;
  if (x.kind !== y.kind || depth > deepest) return false;
  switch (x.kind) {
    case TypeKind.TypeParam:
      return y.kind === TypeKind.TypeParam && x.index === y.index;
    case TypeKind.Pointer:
    case TypeKind.Slice:
      return 'elem' in y && isWrittenAlike(x.elem, y.elem, depth + 1);
    case TypeKind.Chan:
      return y.kind === TypeKind.Chan && x.direction === y.direction && isWrittenAlike(x.elem, y.elem, depth + 1);
    case TypeKind.Map:
      return y.kind === TypeKind.Map && isWrittenAlike(x.key, y.key, depth + 1) && isWrittenAlike(x.elem, y.elem, depth + 1);
    case TypeKind.Struct:
      if (y.kind !== TypeKind.Struct || x.fields.length !== y.fields.length) return false;
      return x.fields.every((field, index) => {
        const other = y.fields[index]!;
        // Of an instance the fields are as the generic type has them.
        return field.name === other.name && field.embedded === other.embedded && field.isVisibleFrom(other.packagePath) && isWrittenAlike(field.origin.type, other.origin.type, depth + 1);
      });
    default:
      return identicalIgnoringTags(x, y);
  }
}
