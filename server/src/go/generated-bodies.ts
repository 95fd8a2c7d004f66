// What stands in the functions of generated files, and in their tables. Some packages are made of that (the compiler's rewriting rules
// have 10 MB); nothing is reported there, and once it is lowered nobody looks at its nodes: in a run over many packages they are let go.

import { lowerFunction } from './lowering/lower.ts';
import { MentionsInFile, mentionsInValues } from './mentions.ts';
import type { GoFile } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type { FuncDecl, GenDecl, ValueSpec } from './syntax/ast.ts';
import { UnreadBody, UnreadValues } from './syntax/parse-declarations.ts';
import { Token } from './syntax/token.ts';
import { walk } from './syntax/walk.ts';
import { readFunctionValues } from './types/function-values.ts';
import type { TypeInfo } from './types/info.ts';

/** UTF-16 units. Shorter values stay. */
const longValue = 1000;

/**
 * Lowers the functions of the generated ones of a package's files, and lets go of their nodes, of those of long values, and of what is known
 * about these. Who asks for one nevertheless gets it, read again: with its types in a function, without them in a value.
 */
export function letGeneratedBodiesGo(files: readonly GoFile[], info: TypeInfo): void {
  for (const file of files) {
    if (!file.generated) continue;
    const mentions = new MentionsInFile(file.syntax);
    for (const declaration of file.syntax.decls) {
      mentions.add(declaration);
      if (declaration.kind === NodeKind.FuncDecl) letBodyGo(declaration, file, info);
      else if (declaration.kind === NodeKind.GenDecl && declaration.token === Token.VAR) letValuesGo(declaration, file, info);
    }
  }
}

function letBodyGo(declaration: FuncDecl, file: GoFile, info: TypeInfo): void {
  lowerFunction(declaration, info, file);
  readFunctionValues(declaration, file.path, info);
  declaration.letBodyGo(new UnreadBody(file.text, declaration.pos));
  info.bodyIsGone(declaration);
}

function letValuesGo(declaration: GenDecl, file: GoFile, info: TypeInfo): void {
  declaration.specs.forEach((spec, index) => {
    if (spec.kind !== NodeKind.ValueSpec || !spec.holdsValues || spec.end - spec.pos < longValue || holdsFunction(spec)) return;
    readFunctionValues(declaration, file.path, info);
    mentionsInValues(spec);
    spec.letValuesGo(new UnreadValues(file.text, declaration.pos, index));
  });
}

/** A function literal that is read again would be another function. */
function holdsFunction(spec: ValueSpec): boolean {
  let found = false;
  for (const value of spec.values) {
    walk(value, (node) => {
      found ||= node.kind === NodeKind.FuncLit;
      return !found;
    });
  }
  return found;
}
