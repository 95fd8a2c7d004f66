// A fixture as a module that runs, in a world where nothing happens by itself: whatever it waits for is a promise that the
// scenario settles, in the order it likes.

import { transform } from 'esbuild';

/** A call that the module made and whose promise is not settled yet. */
export interface Pending {
  readonly name: string;
  readonly given: readonly unknown[];
  resolve(value?: unknown): Promise<void>;
  reject(error: Error): Promise<void>;
}

export class World {
  /** All calls that were made, in their order. */
  readonly calls: Pending[] = [];

  /** A function that waits until somebody settles its promise. */
  waiting(name: string): (...given: unknown[]) => Promise<unknown> {
    return (...given) =>
      new Promise((resolve, reject) => {
        this.calls.push({
          name,
          given,
          resolve: (value) => (resolve(value), settled()),
          reject: (error) => (reject(error), settled()),
        });
      });
  }

  /** The calls of a function, as what they were given first. */
  given(name: string): readonly unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ given }) => given[0]);
  }
}

/** Waits until everything that can go on has done so. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

// What comes out of a fixture has the types that the fixture says, which are not those of this file.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Module = any;

/** Runs a module's text. `declared`: what it only declares. */
export async function load(text: string, loader: 'ts' | 'tsx', declared: Readonly<Record<string, unknown>>): Promise<Module> {
  const { code } = await transform(text, { loader, format: 'cjs', target: 'node20' });
  const exports: Module = {};
  const names = Object.keys(declared);
  const run = new Function('module', 'exports', 'require', ...names, code) as (...given: unknown[]) => void;
  const module = { exports };
  run(module, exports, (name: string) => ({ react: declared['react'] })[name], ...names.map((name) => declared[name]));
  return module.exports;
}
