// The ways to empty a container of TypeScript or JavaScript, best first, as edits of the statement that does it now.

import { lineEndOf } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { clearingText, newContainerText } from '../typescript/clearing.ts';
import type { ContainerOperation } from '../typescript/container-operations.ts';
import type { FilePlaces } from './places.ts';

export type ContainerStrategy =
  /** `m.clear()` */
  | 'clear-all'
  /** `list.length = 0` */
  | 'length-zero'
  /** `for (const key of Object.keys(o)) delete o[key]` */
  | 'delete-keys'
  /** `m = new Map()` */
  | 'remake'
  /** `const taken = m; m = new Map();` */
  | 'swap-taken';

export interface ContainerChoice {
  readonly strategy: ContainerStrategy;
  readonly edit: Edit;
}

export function containerStrategies(operation: ContainerOperation, places: FilePlaces): readonly ContainerChoice[] {
  const { container, place, statement, assignable, isReadonly, taken, key } = operation;
  const made = newContainerText(container);
  const inPlace = isReadonly ? undefined : clearingText(place, container);
  const possible: Readonly<Record<ContainerStrategy, readonly string[] | undefined>> = {
    'clear-all': inPlace === undefined || container === 'array' ? undefined : [inPlace],
    'length-zero': inPlace === undefined || container !== 'array' ? undefined : [inPlace],
    'delete-keys': container === 'dictionary' && !isReadonly ? [`for (const ${key} of Object.keys(${place})) delete ${place}[${key}]`] : undefined,
    remake: assignable && made !== undefined ? [`${place} = ${made}`] : undefined,
    'swap-taken': assignable && made !== undefined && !isReadonly ? [`const ${taken} = ${place}`, `${place} = ${made}`, `void ${taken}`] : undefined,
  };
  const present = presentStrategy(operation);
  const lineEnd = `${lineEndOf(places.text)}${places.indentation(statement.start)}`;
  const order: readonly ContainerStrategy[] = isGivenAway(operation) ? ['remake', 'swap-taken', 'clear-all', 'length-zero', 'delete-keys'] : ['clear-all', 'length-zero', 'remake', 'swap-taken', 'delete-keys'];
  return order.flatMap((strategy) => {
    const lines = possible[strategy];
    if (!lines || strategy === present) return [];
    return [{ strategy, edit: { ...statement, newText: operation.inBlock || lines.length === 1 ? lines.map((line) => `${line}${operation.semicolon ? ';' : ''}`).join(lineEnd) : `{ ${lines.join('; ')}; }` } }];
  });
}

function presentStrategy({ kind, container, isPlain }: ContainerOperation): ContainerStrategy | undefined {
  if (kind === 'remake') return 'remake';
  if (kind === 'delete-loop') return container === 'dictionary' && isPlain ? 'delete-keys' : undefined;
  if (kind !== 'clear') return undefined;
  return container === 'array' ? (isPlain ? 'length-zero' : undefined) : 'clear-all';
}

/** Whoever was given the container keeps what is in it, and nobody shares a place with it. */
function isGivenAway({ holders }: ContainerOperation): boolean {
  return holders.some(({ kind }) => kind === 'returned') && !holders.some(({ kind }) => kind !== 'returned');
}
