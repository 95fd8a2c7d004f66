// The strategies that could stand in the place of an operation that empties a container, best first, with what follows from
// each.

import type { Position } from 'vscode-languageserver';
import type { ContainerFacts } from '../analysis/concurrency/container-facts.ts';
import type { ConversionRefusal } from '../analyzer/go-conversions.ts';
import type { GoStrategyEdits } from '../analyzer/go-strategies.ts';
import type { Edit } from '../text/span.ts';
import { basename } from '../workspace/paths.ts';
import { containerStrategies } from './container-strategies.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import { holderNames } from './holder-names.ts';
import type { StrategyChoice } from './protocol.ts';
import type { Session } from './session.ts';

/** The choices for the operation at a position; none where nothing empties a container as a statement of its own. */
export async function strategiesAt(session: Session, uri: string, position: Position): Promise<readonly StrategyChoice[]> {
  const path = session.analysedPath(uri);
  if (path === undefined) return [];
  const offset = session.places.of(path).offset(position);
  const operation = await session.analyzer.typedOperationAt(path, offset);
  const choice = (strategy: StrategyChoice['strategy'], known: string, files: ReadonlyMap<string, readonly Edit[]>, name: string | undefined): readonly StrategyChoice[] => {
    const edit = workspaceEdit(session, { documents: [...files].map(([file, edits]) => documentEdits(session, file, edits)), creates: [] });
    return edit ? [{ strategy, title: titleOf(session, strategy, name), consequence: session.strings.strategyConsequences[strategy], known, edit, topic: topicOf[strategy] }] : [];
  };
  if (operation) return containerStrategies(operation, session.places.of(path)).flatMap(({ strategy, edit }) => choice(strategy, noteOf(session, strategy, holderNames(session, operation.holders, false)) ?? '', new Map([[path, [edit]]]), undefined));
  // Asked last: it looks at a whole package.
  const facts = await session.analyzer.mapFactsAt(path, offset);
  const inPlace = session.analyzer.strategiesAt(path, offset, facts).map((each) => ({ strategy: each.strategy, choices: choice(each.strategy, knownOf(session, each, facts), new Map([[path, each.edits]]), each.name) }));
  const map = session.analyzer.mapOperationAt(path, offset)?.map;
  const conversions = session.analyzer.conversionsAt(path, offset);
  return [
    ...inPlace.flatMap(({ strategy, choices }) => (strategy === 'nil' ? [] : choices)),
    ...conversions.flatMap(({ strategy, result }) => ('fault' in result ? [] : choice(strategy, knownOfConversion(session, result, facts), result, map))),
    // What leaves a trap comes last of those that can be had.
    ...inPlace.flatMap(({ strategy, choices }) => (strategy === 'nil' ? choices : [])),
    ...conversions.flatMap(({ strategy, result }): readonly StrategyChoice[] => ('fault' in result ? [{ strategy, title: titleOf(session, strategy, map), consequence: refusalText(session, path, result), known: '', edit: null, topic: topicOf[strategy] }] : [])),
  ];
}

const topicOf: Readonly<Record<StrategyChoice['strategy'], string>> = {
  clear: 'clear',
  locked: 'rwmutex-map',
  method: 'rwmutex-map',
  swap: 'rwmutex-map',
  'make-sized': 'remake',
  make: 'remake',
  loop: 'range-and-delete',
  nil: 'nil',
  'sync-clear': 'sync-map',
  'copy-on-write': 'copy-on-write',
  'sync-map': 'sync-map',
  owner: 'command-goroutine',
  'clear-all': 'ts-clear',
  'length-zero': 'ts-clear',
  'delete-keys': 'ts-clear',
  remake: 'ts-clear',
  'swap-taken': 'ts-swap-then-clear',
};

function titleOf(session: Session, strategy: StrategyChoice['strategy'], name: string | undefined): string {
  return session.strings.strategyTitles[strategy].replace('{name}', name ?? '');
}

function knownOfConversion(session: Session, files: ReadonlyMap<string, readonly Edit[]>, facts: ContainerFacts | undefined): string {
  const { strategyNotes } = session.strings;
  return joined([files.size > 1 ? strategyNotes.changesFiles(files.size) : undefined, facts?.guard ? strategyNotes.locksStay : undefined]);
}

function refusalText(session: Session, path: string, { fault, at, version }: ConversionRefusal): string {
  const { conversionFaults, placeNamed } = session.strings;
  const line = at && session.places.of(at.path).position(at.offset).line + 1;
  const place = at && line !== undefined ? placeNamed(at.path === path ? undefined : basename(at.path), line) : '';
  return conversionFaults[fault].replace('{place}', place).replace('{file}', at ? basename(at.path) : '').replace('{version}', version ?? '');
}

/** What a choice would be about, as written; undefined where there is no choice. */
export async function mapToEmptyAt(session: Session, path: string, offset: number): Promise<string | undefined> {
  const container = await session.analyzer.typedOperationAt(path, offset);
  if (container) return containerStrategies(container, session.places.of(path)).length > 0 ? container.place : undefined;
  const operation = session.analyzer.mapOperationAt(path, offset);
  return operation?.statement && session.analyzer.strategiesAt(path, offset, undefined).length > 0 ? operation.map : undefined;
}

function knownOf(session: Session, { strategy, addsLock }: GoStrategyEdits, facts: ContainerFacts | undefined): string {
  return joined([noteOf(session, strategy, holderNames(session, facts?.holders ?? [], false)), addsLock ? session.strings.strategyNotes.addsLock : undefined]);
}

/** Who else has the container, by name or, where nobody is known, as anybody; and what they see afterwards. */
function noteOf(session: Session, strategy: StrategyChoice['strategy'], names: readonly string[]): string | undefined {
  const { strategyNotes } = session.strings;
  switch (strategy) {
    case 'make':
    case 'make-sized':
    case 'nil':
    case 'remake':
      return names.length > 0 ? strategyNotes.keeps(names) : strategyNotes.anybodyKeeps;
    case 'swap':
    case 'swap-taken':
      return names.length > 0 ? strategyNotes.keeps(names) : undefined;
    case 'clear':
    case 'loop':
    case 'clear-all':
    case 'length-zero':
    case 'delete-keys':
      return names.length > 0 ? strategyNotes.sees(names) : strategyNotes.anybodySees;
    default:
      return names.length > 0 ? strategyNotes.sees(names) : undefined;
  }
}

function joined(notes: readonly (string | undefined)[]): string {
  return notes.filter((note) => note !== undefined).join(' · ');
}
