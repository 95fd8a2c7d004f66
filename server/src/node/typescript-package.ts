// The TypeScript compiler beside this bundle, loaded when it is first needed.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TypeScriptPackage } from '../typescript/compiler.ts';
import { unpackLibraries } from '../typescript/libraries.ts';
import type { PackedLibraries } from '../typescript/libraries.ts';

export function loadTypeScript(): TypeScriptPackage {
  const compiler = createRequire(__filename)(join(__dirname, 'typescript.js')) as TypeScriptPackage['compiler'];
  const packed = JSON.parse(gunzipSync(readFileSync(join(__dirname, 'typescript-library.json.gz'))).toString('utf8')) as PackedLibraries;
  return { compiler, libraries: unpackLibraries(packed) };
}
