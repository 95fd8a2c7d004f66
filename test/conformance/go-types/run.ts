// Compares the packages that patterns name.

import { TypeStore } from '../../../server/src/go/types/store.ts';
import { comparePackage, newTally } from './comparison.ts';
import type { Tally } from './comparison.ts';
import type { Description, OracleOptions } from './oracle.ts';
import { reportedPackages } from './oracle.ts';
import { Sources } from './sources.ts';

export interface RunOptions extends OracleOptions {
  /** True if imports of the standard library are answered from the facts. */
  readonly facts: boolean;
}

/** More than this much heap, and trees and types of earlier packages are dropped. */
const heapLimit = 1e9;

export interface Result {
  readonly tally: Tally;
  /** Of the packages that go/types has errors about: what it records there is no measure for us. */
  readonly broken: Tally;
}

export async function compare(options: RunOptions): Promise<Result> {
  const tally = newTally();
  const broken = newTally();
  const descriptions = new Map<string, Description>();
  const sources = new Sources(descriptions, { facts: options.facts });
  let store = new TypeStore();
  for await (const reported of reportedPackages(options, descriptions)) {
    comparePackage(reported, sources, store, reported.errors.length > 0 ? broken : tally);
    if (process.memoryUsage().heapUsed < heapLimit) continue;
    sources.forget();
    store = new TypeStore();
  }
  tally.parsing = sources.parsing;
  return { tally, broken };
}
