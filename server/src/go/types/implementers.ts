// Which types stand behind an interface, and what a call through it reaches. What function values may be is in function-values.ts.

import { lookupFieldOrMethod, missingMethod } from './lookup.ts';
import { ObjectKind } from './objects.ts';
import type { Func, Package } from './objects.ts';
import { isGeneric, isInterface } from './predicates.ts';
import { typeSetOf } from './type-set.ts';
import { Pointer, TypeKind } from './types.ts';
import type { Interface, Named } from './types.ts';

export interface Implementer {
  readonly type: Named;
  /** True if only the pointer to the type implements the interface. */
  readonly byPointer: boolean;
}

/**
 * The package-level types of packages that implement an interface, in the order of packages and declarations. Generic types
 * and interfaces are left out, and so is an interface without methods, which everything implements.
 */
export function implementersOf(target: Interface, packages: Iterable<Package>): readonly Implementer[] {
  if (typeSetOf(target).methods.length === 0) return [];
  const found: Implementer[] = [];
  for (const pkg of packages) {
    for (const object of pkg.scope.objects) {
      const type = object.kind === ObjectKind.TypeName ? object.type : undefined;
      if (type?.kind !== TypeKind.Named || type.obj !== object || isGeneric(type) || isInterface(type)) continue;
      if (missingMethod(type, target, true) === undefined) found.push({ type, byPointer: false });
      else if (missingMethod(new Pointer(type), target, true) === undefined) found.push({ type, byPointer: true });
    }
  }
  return found;
}

/** The method that a call of an interface's method reaches in an implementer, declared or promoted; undefined if it has none. */
export function implementationOf(method: Func, implementer: Implementer): Func | undefined {
  const receiver = implementer.byPointer ? new Pointer(implementer.type) : implementer.type;
  const found = lookupFieldOrMethod(receiver, false, method.packagePath, method.name);
  return typeof found !== 'string' && found.object.kind === ObjectKind.Func ? found.object : undefined;
}
