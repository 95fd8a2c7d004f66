// Names that code uses outside the functions of a package: in the values of package variables, and in other files of the
// folder. What is said about all uses of a field does not hold for one whose name is among them.

import type { GoFile, GoPackage } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { walk } from './syntax/walk.ts';

/** @param besides files of the folder that are not part of the package */
export function namesUsedElsewhere(package_: GoPackage, besides: readonly GoFile[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const root of rootsElsewhere(package_, besides)) collect(root, names);
  return names;
}

/** The code of a package that is in none of its functions, and that of files beside it. */
function rootsElsewhere(package_: GoPackage, besides: readonly GoFile[]): readonly ast.Node[] {
  const roots: ast.Node[] = [];
  for (const file of besides) if (file.packageName === package_.name) roots.push(file.syntax);
  // The library's own types are read apart from those of its tests: what it does with a field is not seen from there.
  for (const file of package_.library?.files ?? []) roots.push(file.syntax);
  for (const file of package_.files) {
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.GenDecl) continue;
      for (const spec of declaration.specs) if (spec.kind === NodeKind.ValueSpec) roots.push(...spec.values);
    }
  }
  return roots;
}

/**
 * Names of fields that code outside a program selects, or gives in a literal: the same files as `namesUsedElsewhere`. A variable of the
 * same name is no use of a field.
 */
export function fieldsUsedElsewhere(package_: GoPackage, besides: readonly GoFile[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const root of rootsElsewhere(package_, besides)) {
    walk(root, (node) => {
      if (node.kind === NodeKind.SelectorExpr) names.add(node.sel.name);
      if (node.kind === NodeKind.KeyValueExpr && node.key.kind === NodeKind.Ident) names.add(node.key.name);
    });
  }
  return names;
}

/** Package variables that are declared with a value. */
export function variablesWithValue(package_: GoPackage): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of package_.files) {
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.GenDecl) continue;
      for (const spec of declaration.specs) if (spec.kind === NodeKind.ValueSpec && spec.values.length > 0) for (const { name } of spec.names) names.add(name);
    }
  }
  return names;
}

function collect(root: ast.Node, names: Set<string>): void {
  walk(root, (node) => {
    if (node.kind === NodeKind.Ident) names.add(node.name);
  });
}
