// The TypeScript compiler for analyzers in tests: the installed one.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TypeScriptPackage } from '../../server/src/typescript/compiler.ts';

let loaded: TypeScriptPackage | undefined;

export function typeScriptForTests(): TypeScriptPackage {
  if (loaded) return loaded;
  const folder = join(process.cwd(), 'node_modules', 'typescript', 'lib');
  const names = readdirSync(folder).filter((name) => name.startsWith('lib.') && name.endsWith('.d.ts'));
  loaded = {
    compiler: createRequire(join(process.cwd(), 'package.json'))('typescript') as TypeScriptPackage['compiler'],
    libraries: new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  };
  return loaded;
}

/** As much of Node's types as fixtures need; conformance tests check them against the real ones. */
export const nodeTypes = `
declare namespace NodeJS {
  interface ProcessEnv { [name: string]: string | undefined }
  interface Process { env: ProcessEnv; argv: string[] }
  interface Timeout { ref(): this; unref(): this }
}
declare var process: NodeJS.Process;
`;

/** As much of React's types as fixtures need. */
export const reactTypes = `
declare module 'react' {
  export function useState<S>(initial: S | (() => S)): [S, (value: S | ((before: S) => S)) => void];
  export function useRef<T>(initial: T): { current: T };
  const React: { useState: typeof useState; useRef: typeof useRef };
  export default React;
}
`;
