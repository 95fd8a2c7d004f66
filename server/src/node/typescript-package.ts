// The TypeScript compiler beside this bundle, loaded when it is first needed.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { TypeScriptPackage } from '../typescript/compiler.ts';

export function loadTypeScript(): TypeScriptPackage {
  const compiler = createRequire(__filename)(join(__dirname, 'typescript.js')) as TypeScriptPackage['compiler'];
  const table = JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, 'typescript-libs.json.br'))).toString('utf8')) as Readonly<Record<string, string>>;
  return { compiler, libraries: new Map(Object.entries(table)) };
}
