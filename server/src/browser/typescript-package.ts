// The TypeScript compiler in a Web Worker, which cannot load files: the client sends its text when the first TypeScript file
// is opened.

import { asRecord } from '../lsp/json.ts';
import type { TypeScriptPackage } from '../typescript/compiler.ts';
import { unpackLibraries } from '../typescript/libraries.ts';
import type { PackedLibraries } from '../typescript/libraries.ts';

export class SentTypeScript {
  /** Undefined until it was sent. */
  package: TypeScriptPackage | undefined;

  /** Takes what has the shape of `{ compiler, libraries }`; false if it is something else. */
  receive(value: unknown): boolean {
    const { compiler, libraries } = asRecord(value);
    if (typeof compiler !== 'string' || typeof asRecord(libraries)['lines'] !== 'string') return false;
    const module: { exports: unknown } = { exports: {} };
    // The text comes with the extension, from the folder that this script comes from.
    new Function('module', 'exports', compiler)(module, module.exports);
    this.package = { compiler: module.exports as TypeScriptPackage['compiler'], libraries: unpackLibraries(libraries as PackedLibraries) };
    return true;
  }
}
