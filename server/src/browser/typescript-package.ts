// The TypeScript compiler in a Web Worker, which cannot load files: the client sends its text when the first TypeScript file
// is opened.

import { asRecord } from '../lsp/json.ts';
import type { TypeScriptPackage } from '../typescript/compiler.ts';

export class SentTypeScript {
  /** Undefined until it was sent. */
  package: TypeScriptPackage | undefined;

  /** Takes what has the shape of `{ compiler, libraries }`; false if it is something else. */
  receive(value: unknown): boolean {
    const { compiler, libraries } = asRecord(value);
    if (typeof compiler !== 'string') return false;
    const module: { exports: unknown } = { exports: {} };
    // The text comes with the extension, from the folder that this script comes from.
    new Function('module', 'exports', compiler)(module, module.exports);
    const texts = Object.entries(asRecord(libraries)).flatMap(([name, text]): [string, string][] => (typeof text === 'string' ? [[name, text]] : []));
    this.package = { compiler: module.exports as TypeScriptPackage['compiler'], libraries: new Map(texts) };
    return true;
  }
}
