// Names that code uses outside the functions of a package: in the values of package variables, and in other files of the
// folder. What is said about all uses of a field does not hold for one whose name is among them.

import type { GoFile, GoPackage } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { walk } from './syntax/walk.ts';

/** The names that some code uses. */
interface Mentions {
  /** Of whatever it is. */
  readonly names: ReadonlySet<string>;
  /** Those of fields that it selects, or gives in a literal. A variable of the same name is no use of a field. */
  readonly fields: ReadonlySet<string>;
}

/** @param besides files of the folder that are not part of the package */
export function namesUsedElsewhere(package_: GoPackage, besides: readonly GoFile[]): ReadonlySet<string> {
  return new Set(mentionsElsewhere(package_, besides).flatMap(({ names }) => [...names]));
}

/** Names of fields that code outside a program selects, or gives in a literal: the same files as `namesUsedElsewhere`. */
export function fieldsUsedElsewhere(package_: GoPackage, besides: readonly GoFile[]): ReadonlySet<string> {
  return new Set(mentionsElsewhere(package_, besides).flatMap(({ fields }) => [...fields]));
}

/** What the code of a package that is in none of its functions uses, and that of files beside it. */
function mentionsElsewhere(package_: GoPackage, besides: readonly GoFile[]): readonly Mentions[] {
  const found = besides.filter((file) => file.packageName === package_.name).map((file) => mentionsIn(file.syntax));
  // The library's own types are read apart from those of its tests: what it does with a field is not seen from there.
  for (const file of package_.library?.files ?? []) found.push(mentionsIn(file.syntax));
  for (const file of package_.files) {
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.GenDecl) continue;
      for (const spec of declaration.specs) if (spec.kind === NodeKind.ValueSpec && spec.valueCount > 0) found.push(mentionsInValues(spec));
    }
  }
  return found;
}

const known = new WeakMap<ast.Node, Mentions>();

/** What a file uses: found out once. */
export function mentionsIn(file: ast.File): Mentions {
  return mentionsOf(file, () => [file]);
}

/** What the values of a declaration use: found out once. */
export function mentionsInValues(spec: ast.ValueSpec): Mentions {
  return mentionsOf(spec, () => spec.values);
}

function mentionsOf(node: ast.Node, rootsOf: () => readonly ast.Node[]): Mentions {
  let found = known.get(node);
  if (!found) known.set(node, (found = read(rootsOf())));
  return found;
}

/** Finds out what a file uses from one declaration after another, while their nodes are there. */
export class MentionsInFile {
  private readonly found: Collected | undefined;

  constructor(file: ast.File) {
    if (!known.has(file)) known.set(file, (this.found = { names: new Set([file.name.name]), fields: new Set() }));
  }

  add(declaration: ast.Decl): void {
    if (this.found) collect(declaration, this.found);
  }
}

interface Collected {
  readonly names: Set<string>;
  readonly fields: Set<string>;
}

function read(roots: readonly ast.Node[]): Mentions {
  const found: Collected = { names: new Set(), fields: new Set() };
  for (const root of roots) collect(root, found);
  return found;
}

function collect(root: ast.Node, { names, fields }: Collected): void {
  walk(root, (node) => {
    if (node.kind === NodeKind.Ident) names.add(node.name);
    if (node.kind === NodeKind.SelectorExpr) fields.add(node.sel.name);
    if (node.kind === NodeKind.KeyValueExpr && node.key.kind === NodeKind.Ident) fields.add(node.key.name);
  });
}

/** Package variables that are declared with a value. */
export function variablesWithValue(package_: GoPackage): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of package_.files) {
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.GenDecl) continue;
      for (const spec of declaration.specs) if (spec.kind === NodeKind.ValueSpec && spec.valueCount > 0) for (const { name } of spec.names) names.add(name);
    }
  }
  return names;
}
