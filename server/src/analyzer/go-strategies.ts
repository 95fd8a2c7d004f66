// The strategies that could stand in the place of a statement that empties a Go map, with what each writes, best first by
// what is known of the map.

import type { ContainerFacts } from '../analysis/concurrency/container-facts.ts';
import type { MapOperation } from '../go/map-operations.ts';
import type { GoFile, GoPackage } from '../go/packages/package.ts';
import { structOwnerOf, takesALock } from '../go/struct-owner.ts';
import type { TypeInfo } from '../go/types/info.ts';
import type { Fix } from '../rules/rule.ts';
import { lineEndOf } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';

export type GoStrategy =
  | 'clear'
  /** In place, under the lock; adds one where there is none. */
  | 'locked'
  /** A method of the map's owner that does so. */
  | 'method'
  /** A new map under the lock; the old one is the caller's own. */
  | 'swap'
  | 'make-sized'
  | 'make'
  | 'loop'
  | 'nil'
  | 'sync-clear';

export interface GoStrategyFix {
  readonly strategy: GoStrategy;
  /** The lock or method that it uses or adds, for those that do. */
  readonly name: string | undefined;
  /** True if it adds the lock. */
  readonly addsLock: boolean;
  readonly fix: Fix;
}

export interface GoStrategyEdits extends Omit<GoStrategyFix, 'fix'> {
  /** Sorted, with the imports that are needed. */
  readonly edits: readonly Edit[];
}

const clearVersion = 21;

/** @param facts what the package tells of the map; undefined while that is not known */
export function goStrategies(file: GoFile, package_: GoPackage, info: TypeInfo, operation: MapOperation, facts: ContainerFacts | undefined): readonly GoStrategyFix[] {
  const { statement } = operation;
  if (!statement) return [];
  const newLine = lineEndOf(file.text);
  const indented = (lines: readonly string[]): string => lines.join(`${newLine}${indentationAt(file.text, statement.start)}`);
  const choice = (strategy: GoStrategy, lines: readonly string[] | undefined, more: { readonly name?: string; readonly edits?: readonly Edit[]; readonly addsLock?: boolean } = {}): GoStrategyFix[] => {
    if (!lines || strategy === presentStrategy(operation)) return [];
    const edits: readonly Edit[] = [{ ...statement, newText: indented(lines) }, ...(more.edits ?? [])];
    const fix: Fix = { title: { id: strategy }, safe: false, caution: { id: strategy }, edits, ...(more.addsLock && { imports: ['sync'] }) };
    return [{ strategy, name: more.name, addsLock: more.addsLock === true, fix }];
  };
  if (operation.kind === 'sync-map-emptied') return choice('sync-clear', operation.syncMapClears ? [`${operation.map}.Clear()`] : undefined);
  const { map } = operation;
  const loop = loopOver(operation);
  const inPlace = clearIn(file, operation) ?? loop;
  const makes = operation.replaceable && operation.type !== undefined && operation.makeIsVisible;
  const made = `make(${operation.type})`;
  const choices = [
    ...choice('clear', clearIn(file, operation)),
    ...lockChoices({ file, package_, info, operation, facts, choice, inPlace, made: makes ? made : undefined, newLine }),
    ...choice('make-sized', makes && operation.lenIsVisible ? [`${map} = make(${operation.type}, len(${map}))`] : undefined),
    ...choice('make', makes ? [`${map} = ${made}`] : undefined),
    ...choice('loop', loop),
    ...choice('nil', operation.replaceable ? [`${map} = nil`] : undefined),
  ];
  return ranked(choices, operation, facts);
}

type Choice = (strategy: GoStrategy, lines: readonly string[] | undefined, more?: { readonly name?: string; readonly edits?: readonly Edit[]; readonly addsLock?: boolean }) => GoStrategyFix[];

interface LockContext {
  readonly file: GoFile;
  readonly package_: GoPackage;
  readonly info: TypeInfo;
  readonly operation: MapOperation;
  readonly facts: ContainerFacts | undefined;
  readonly choice: Choice;
  readonly inPlace: readonly string[] | undefined;
  readonly made: string | undefined;
  readonly newLine: string;
}

/** The choices that take a lock: only where it is known that none is held, since taking it twice would block for ever. */
function lockChoices(context: LockContext): readonly GoStrategyFix[] {
  const { file, package_, info, operation, facts, choice, inPlace, made, newLine } = context;
  const owner = structOwnerOf(file, package_, info, operation.expression);
  if (!owner || facts?.here !== 'free' || !inPlace || takesALock(file, operation.expression, info)) return [];
  const guard = facts.guard?.lock;
  if (guard !== undefined && guard !== owner.lock) return [];
  const addsLock = owner.lock === undefined;
  if (addsLock && owner.freeLock === undefined) return [];
  const name = owner.lock ?? owner.freeLock!;
  const lock = `${owner.object}.${name}`;
  const edits: readonly Edit[] = addsLock ? [{ start: owner.beforeField, end: owner.beforeField, newText: `${`${name} `.padEnd(owner.nameWidth)}sync.Mutex${newLine}${indentationAt(file.text, owner.beforeField)}` }] : [];
  const body = (receiver: string): readonly string[] => inPlace.map((line) => line.replaceAll(operation.map, `${receiver}.${owner.field}`));
  const method = owner.method && [
    '',
    '',
    `// ${owner.method} empties ${owner.field} under the lock.`,
    `func (${owner.receiver} *${owner.typeText}) ${owner.method}() {`,
    ...[`${owner.receiver}.${name}.Lock()`, `defer ${owner.receiver}.${name}.Unlock()`, ...body(owner.receiver)].map((line) => `\t${line}`),
    '}',
  ];
  return [
    ...choice('locked', [`${lock}.Lock()`, ...inPlace, `${lock}.Unlock()`], { name: lock, edits, addsLock }),
    ...(made === undefined || addsLock ? [] : choice('swap', [`${lock}.Lock()`, `old := ${operation.map}`, `${operation.map} = ${made}`, `${lock}.Unlock()`, '_ = old'], { name: lock })),
    ...(method && owner.isOutside ? choice('method', [`${owner.object}.${owner.method}()`], { name: owner.method!, edits: [...edits, { start: owner.typeEnd, end: owner.typeEnd, newText: method.join(newLine) }], addsLock }) : []),
  ];
}

function clearIn(file: GoFile, { map, clearIsVisible }: MapOperation): readonly string[] | undefined {
  const version = file.languageVersion?.version;
  return clearIsVisible && (version === undefined || version >= clearVersion) ? [`clear(${map})`] : undefined;
}

/** A loop would leave NaN keys behind, and names the map twice. */
function loopOver({ map, key, pure, deleteIsVisible, mayHoldNan }: MapOperation): readonly string[] | undefined {
  return pure && deleteIsVisible && !mayHoldNan ? [`for ${key} := range ${map} {`, `\tdelete(${map}, ${key})`, '}'] : undefined;
}

function presentStrategy({ kind, loopReason }: MapOperation): GoStrategy | undefined {
  if (kind === 'clear' || kind === 'nil') return kind;
  // A slow spelling can become the plain loop.
  return kind === 'delete-loop' && loopReason === undefined ? 'loop' : undefined;
}

/**
 * In place first, since whoever else has the map sees it empty then; a new map first where the old one was given away and who
 * got it would be robbed; the lock first where others take it and nobody holds it here.
 */
function ranked(choices: readonly GoStrategyFix[], { lock }: MapOperation, facts: ContainerFacts | undefined): readonly GoStrategyFix[] {
  const holders = facts?.holders ?? [];
  const isGivenAway = holders.some(({ kind }) => kind === 'sent' || kind === 'returned') && !holders.some(({ kind }) => kind === 'place' || kind === 'caller' || kind === 'task');
  const isGuarded = lock !== undefined && facts?.guard !== undefined;
  const order: readonly GoStrategy[] = [
    ...(isGuarded ? (['locked', 'swap', 'method'] as const) : []),
    ...(isGivenAway ? (['make', 'make-sized'] as const) : []),
    'clear',
    'sync-clear',
    'make-sized',
    'make',
    'loop',
    'locked',
    'swap',
    'method',
    'nil',
  ];
  return [...choices].sort((a, b) => order.indexOf(a.strategy) - order.indexOf(b.strategy));
}

function indentationAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, Math.min(end, offset));
}
