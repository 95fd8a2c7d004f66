// The functions of a Go package, in the form that the summary store takes.

import type { FunctionSource } from '../../analysis/summaries/store.ts';
import { NodeKind } from '../syntax/ast.ts';
import type { TypeInfo } from '../types/info.ts';
import { ObjectKind } from '../types/objects.ts';
import { keyOf } from './context.ts';
import { lowerFunction } from './lower.ts';
import type { LoweredFile } from './lower.ts';
import { digest } from '../../text/digest.ts';

/**
 * The functions and methods that files declare.
 * @param files files whose nodes `info` is about: a package's own ones; the summaries of the library that a test package
 *   tests are those of the library
 * @param environment changes whenever a declaration outside function bodies changes, of this package or of one that it
 *   imports: what types a body has depends on it
 */
export function functionsOf(files: readonly (LoweredFile & { readonly text: string })[], info: TypeInfo, environment: string): readonly FunctionSource[] {
  const functions: FunctionSource[] = [];
  for (const file of files) {
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.FuncDecl || !declaration.hasBody) continue;
      const object = info.definitionOf(declaration.name);
      const key = object?.kind === ObjectKind.Func ? keyOf(object) : undefined;
      if (key === undefined || !canBeCalled(declaration.name.name, declaration.recv !== undefined)) continue;
      const hash = digest(`${environment}\n${file.text.slice(declaration.pos, declaration.end)}`);
      functions.push({ key, hash, body: () => lowerFunction(declaration, info, file) });
    }
  }
  return functions;
}

function canBeCalled(name: string, isMethod: boolean): boolean {
  return name !== '_' && (isMethod || name !== 'init');
}
