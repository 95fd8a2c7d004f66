// The one way to the TypeScript compiler. It is large and takes a while to load, so it is linked when the first TypeScript
// or JavaScript file is analysed, and never for a workspace of Go files.
//
// Types come by `import type ts from 'typescript'`, which costs nothing; values by `compiler`, which is there in everything
// that runs on behalf of a session.

import type ts from 'typescript';

/** What an entry point brings: the compiler and the declarations of the language's own library. */
export interface TypeScriptPackage {
  readonly compiler: typeof ts;
  /** Text by file name: `lib.es2015.collection.d.ts`. */
  readonly libraries: ReadonlyMap<string, string>;
}

/** Undefined until `linkCompiler` was called. */
export let compiler: typeof ts;

/** The same as `compiler.SyntaxKind`. */
export let SyntaxKind: typeof ts.SyntaxKind;

let linked: TypeScriptPackage | undefined;

/** Loads the compiler, the first time it is asked for. */
export function linkCompiler(load: () => TypeScriptPackage): TypeScriptPackage {
  if (!linked) {
    linked = load();
    compiler = linked.compiler;
    SyntaxKind = compiler.SyntaxKind;
  }
  return linked;
}
