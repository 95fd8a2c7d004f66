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

/** When trees of so many UTF-16 units are held, they and the types found so far are dropped. */
const unitsHeld = 40e6;

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
  let dropped = 0;
  for await (const reported of reportedPackages(options, descriptions)) {
    comparePackage(reported, sources, store, reported.errors.length > 0 ? broken : tally);
    if (sources.parsing.units - dropped < unitsHeld) continue;
    dropped = sources.parsing.units;
    sources.forget();
    store = new TypeStore();
  }
  tally.parsing = sources.parsing;
  return { tally, broken };
}
