// The fields of structs that have no name. Identical struct types are one type, wherever they are written out
// (https://go.dev/ref/spec#Type_identity), so that their fields are the same:
//
//	wait *struct{ done chan struct{} }    …    wait = &struct{ done chan struct{} }{done: make(chan struct{})}

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
  first = all.find((each) => identicalIgnoringTags(each, struct));
  if (!first) all.push((first = struct));
  firstOf.set(struct, first);
  return first;
}
