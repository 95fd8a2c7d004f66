// The strategy card: which strategy an operation on a container is, what it costs and keeps, which lock guards it, who else
// has it, what else would fit here. At most six lines: VS Code puts it below the hovers of other servers.

import type { ContainerFacts } from '../analysis/concurrency/container-facts.ts';
import type { GoStrategy } from '../analyzer/go-strategies.ts';
import type { MapOperation, MapOperationKind } from '../go/map-operations.ts';
import { measuredCosts } from '../knowledge/costs.ts';
import type { ContainerOperation } from '../typescript/container-operations.ts';
import { cardWords, containerSubject } from './card-words.ts';
import type { CardWords } from './card-words.ts';
import { containerStrategies } from './container-strategies.ts';
import { holderNames } from './holder-names.ts';
import type { Session } from './session.ts';

const pageOf: Readonly<Record<MapOperationKind, string>> = {
  clear: 'clear',
  'delete-loop': 'range-and-delete',
  remake: 'remake',
  nil: 'nil',
  'sync-map': 'sync-map',
  'sync-map-emptied': 'sync-map',
  'guarded-field': 'rwmutex-map',
  lock: 'rwmutex-map',
};

/** Choices that a card names. More are in the choice itself. */
const choicesNamed = 3;

/**
 * The lines of the card in Markdown, at most six.
 * @param facts what the package tells of the map; undefined while that is not known
 * @param target where a topic is explained, or undefined when the client has no place for it
 */
export function strategyCard(session: Session, path: string, operation: MapOperation, facts: ContainerFacts | undefined, target: (topic: string) => string | undefined): readonly string[] {
  const own = cardWords[session.configuration.locale];
  return cardOf(own, {
    title: own.title[operation.kind],
    cost: costOf(session, path, operation, own),
    keeps: own.keeps[operation.kind],
    compiled: operation.kind === 'delete-loop' ? loopLine(operation, own) : undefined,
    known: [guardLine(operation, facts, own), ...holdersLine(session, facts?.holders ?? [], own)],
    alternatives: alternativesTo(session, path, operation, facts, own),
    more: target(pageOf[operation.kind]),
  });
}

/** The first Go that skips the parts of a table which were not used since they were last emptied. */
const skippingVersion = 25;

/** The first Go with other maps than those that most ratios were measured with. */
const otherMapsVersion = 24;

function costOf(session: Session, path: string, { loopReason, kind }: MapOperation, own: CardWords): string {
  const minor = Number(session.analyzer.goVersionOf(path)?.version.split('.')[1] ?? 0);
  const cost = own.cost[kind];
  if (kind === 'sync-map-emptied') return cost.replace('{time}', minor >= otherMapsVersion ? measuredRange('sync-map-range') : '40–67');
  if (kind !== 'delete-loop' || loopReason === undefined) return cost.replace('{time}', own.time[minor >= skippingVersion ? 'used' : 'table']);
  return cost.replace('{time}', own.time.loop.replace('{times}', minor >= otherMapsVersion ? measuredRange('slow-loop') : '7–12'));
}

/** What emptying takes beside clear, from the smallest measured map to the largest: `6–19`. */
function measuredRange(strategy: string): string {
  const ratios = measuredCosts.rows.filter((row) => row.strategy === strategy).map(({ empty }) => Math.round(empty));
  return `${Math.min(...ratios)}–${Math.max(...ratios)}`;
}

/** The same for what TypeScript does to a container. */
export function containerCard(session: Session, path: string, operation: ContainerOperation, target: (topic: string) => string | undefined): readonly string[] {
  const own = cardWords[session.configuration.locale];
  const { kind, container } = operation;
  const subject = containerSubject(container);
  const strategies = containerStrategies(operation, session.places.of(path)).map(({ strategy }) => own.containerChoices[strategy](subject));
  return cardOf(own, {
    title: own.containerTitle[kind](subject),
    cost: own.containerCost[kind](subject),
    keeps: own.containerKeeps[kind](subject),
    compiled: kind === 'delete-loop' && container === 'array' ? own.leavesHoles : undefined,
    known: holdersLine(session, operation.holders, own),
    alternatives: strategies.slice(0, choicesNamed),
    more: target(kind === 'remake' ? 'ts-swap-then-clear' : 'ts-clear'),
  });
}

interface Card {
  readonly title: string;
  readonly cost: string;
  readonly keeps: string;
  readonly compiled: string | undefined;
  /** What is known of this container: its guard, its holders. */
  readonly known: readonly (string | undefined)[];
  readonly alternatives: readonly string[];
  readonly more: string | undefined;
}

function cardOf(own: CardWords, { title, cost, keeps, compiled, known, alternatives, more }: Card): readonly string[] {
  const said = known.filter((line) => line !== undefined);
  const lines = [
    `**Mapwarden · ${title}**${own.colon}${cost}`,
    keeps,
    compiled,
    said.length > 0 ? said.join(own.between) : undefined,
    alternatives.length > 0 ? own.alternatives(alternatives) : undefined,
    more === undefined ? undefined : `[${own.more}](${more})`,
  ];
  return lines.filter((line) => line !== undefined);
}

/** What the compiler makes of a delete loop, as a sentence; undefined for any other operation. */
export function compiledLoop(session: Session, operation: MapOperation): string | undefined {
  if (operation.kind !== 'delete-loop') return undefined;
  const { locale } = session.configuration;
  const line = loopLine(operation, cardWords[locale]);
  return locale === 'zh-cn' ? `该循环${line}。` : `The loop ${line}.`;
}

function loopLine({ loopReason, mayHoldNan }: MapOperation, own: CardWords): string {
  const compiled = loopReason === undefined ? own.becomesMapClear : own.staysALoop(own.reasons[loopReason]);
  return mayHoldNan ? `${compiled}${own.between}${own.nan}` : compiled;
}

/** Which lock guards the map, how sure that is, and whether it is held here; for a lock, what it guards. */
function guardLine({ kind, map, lock }: MapOperation, facts: ContainerFacts | undefined, own: CardWords): string | undefined {
  if (kind === 'lock') return facts && facts.guards.length > 0 ? own.guards(facts.guards.map((name) => `\`${name}\``)) : undefined;
  const guard = facts?.guard;
  if (!guard) return lock === undefined ? undefined : own.beside(`\`${map}\``, `\`${lock}\``);
  const said = guard.proven ? own.guarded(`\`${guard.lock}\``, guard.held, guard.uses) : own.partlyGuarded(`\`${guard.lock}\``, guard.held, guard.uses);
  if (kind === 'guarded-field' || facts.here === undefined) return said;
  return `${said}${own.comma}${own.here[facts.here]}`;
}

function holdersLine(session: Session, holders: Parameters<typeof holderNames>[1], own: CardWords): readonly string[] {
  const names = holderNames(session, holders);
  return names.length === 0 ? [] : [own.holders(names)];
}

function alternativesTo(session: Session, path: string, operation: MapOperation, facts: ContainerFacts | undefined, own: CardWords): readonly string[] {
  if (operation.kind === 'sync-map') return [own.lockedMap];
  if (operation.kind === 'sync-map-emptied') return [...(operation.syncMapClears ? [own.choices['sync-clear']] : []), own.lockedMap];
  if (!operation.statement) return [];
  const choices = session.analyzer.strategiesAt(path, operation.statement.start, facts);
  // Two sizes of one idea are one line.
  const shown: readonly GoStrategy[] = ['clear', 'locked', 'swap', 'make', 'loop', 'method'];
  return choices.filter(({ strategy }) => shown.includes(strategy)).slice(0, choicesNamed).map(({ strategy, name }) => own.choices[strategy].replace('{name}', name ?? ''));
}
