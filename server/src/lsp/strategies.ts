// The strategies that could stand in the place of an operation that empties a map, best first, with what follows from each.

import type { Position } from 'vscode-languageserver';
import type { MapOperation } from '../go/map-operations.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { StrategyChoice } from './protocol.ts';
import type { Session } from './session.ts';

type Strategy = StrategyChoice['strategy'];

const clearVersion = 21;

/** The choices for the operation at a position; none where nothing empties a map as a statement of its own. */
export function strategiesAt(session: Session, uri: string, position: Position): readonly StrategyChoice[] {
  const path = session.analysedPath(uri);
  if (path === undefined) return [];
  const places = session.places.of(path);
  const operation = session.analyzer.mapOperationAt(path, places.offset(position));
  if (!operation?.statement) return [];
  const span = operation.statement;
  const { strategyTitles, strategyConsequences } = session.strings;
  return strategiesFor(operation, session.analyzer.goVersionOf(path)?.version).flatMap(({ strategy, text }) => {
    const newText = text.replaceAll('\n', `${places.text.includes('\r\n') ? '\r\n' : '\n'}${places.indentation(span.start)}`);
    const edit = workspaceEdit(session, { documents: [documentEdits(session, path, [{ ...span, newText }])], creates: [] });
    return edit ? [{ strategy, title: strategyTitles[strategy], consequence: strategyConsequences[strategy], edit }] : [];
  });
}

/** The operation that a choice would be about, as written; undefined where there is no choice. */
export function mapToEmptyAt(session: Session, path: string, offset: number): string | undefined {
  const operation = session.analyzer.mapOperationAt(path, offset);
  if (!operation?.statement) return undefined;
  return strategiesFor(operation, session.analyzer.goVersionOf(path)?.version).length > 0 ? operation.map : undefined;
}

function strategiesFor(operation: MapOperation, version: string | undefined): readonly { readonly strategy: Strategy; readonly text: string }[] {
  const { map, type, replaceable, clearIsVisible, deleteIsVisible, key, mayHoldNan } = operation;
  const minor = version === undefined ? undefined : Number(version.split('.')[1]);
  const makes = replaceable && type !== undefined && operation.makeIsVisible;
  const possible: Readonly<Record<Strategy, string | undefined>> = {
    clear: clearIsVisible && (minor === undefined || minor >= clearVersion) ? `clear(${map})` : undefined,
    'make-sized': makes && operation.lenIsVisible ? `${map} = make(${type}, len(${map}))` : undefined,
    make: makes ? `${map} = make(${type})` : undefined,
    // A loop would leave NaN keys behind, and names the map twice.
    loop: operation.pure && deleteIsVisible && !mayHoldNan ? `for ${key} := range ${map} {\n\tdelete(${map}, ${key})\n}` : undefined,
    nil: replaceable ? `${map} = nil` : undefined,
  };
  const present = presentStrategy(operation);
  // A map that a lock guards is handed out by others: in place comes first for it, as for one that was never replaced.
  return (['clear', 'make-sized', 'make', 'loop', 'nil'] as const).flatMap((strategy) => {
    const text = possible[strategy];
    return text === undefined || strategy === present ? [] : [{ strategy, text }];
  });
}

function presentStrategy({ kind, loopReason }: MapOperation): Strategy | undefined {
  if (kind === 'clear') return 'clear';
  if (kind === 'nil') return 'nil';
  // A slow spelling can become the plain loop.
  return kind === 'delete-loop' && loopReason === undefined ? 'loop' : undefined;
}
