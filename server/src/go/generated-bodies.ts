// The bodies of functions in generated files. Some packages are made of them (the compiler's rewriting rules have 20 MB), nothing is
// reported there, and once they are lowered nobody looks at their nodes: in a run over many packages they are let go.

import { lowerFunction } from './lowering/lower.ts';
import { mentionsIn } from './mentions.ts';
import type { GoFile } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type { BlockStmt, FuncDecl, Unread } from './syntax/ast.ts';
import { declarationAt } from './syntax/parser.ts';
import { readFunctionValues } from './types/function-values.ts';
import type { TypeInfo } from './types/info.ts';

/**
 * Lowers the functions of the generated ones of a package's files, and lets go of their nodes and of what is known about these. Who asks
 * for one nevertheless gets it, read again.
 */
export function letGeneratedBodiesGo(files: readonly GoFile[], info: TypeInfo): void {
  for (const file of files) {
    if (!file.generated) continue;
    mentionsIn(file.syntax);
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.FuncDecl || !declaration.holdsBody) continue;
      lowerFunction(declaration, info, file);
      readFunctionValues(declaration, file.path, info);
      declaration.letBodyGo(new BodyInFile(file, declaration));
      info.bodyIsGone(declaration);
    }
  }
}

class BodyInFile implements Unread<BlockStmt | undefined> {
  constructor(private readonly file: GoFile, private readonly declaration: FuncDecl) {}

  read(): BlockStmt | undefined {
    const again = declarationAt(this.file.text, this.declaration.pos);
    return again.kind === NodeKind.FuncDecl ? again.body : undefined;
  }
}
