import { staleMapActsIn, staleSectionsIn } from '../../analysis/concurrency/check-then-act.ts';
import type { StaleAct } from '../../analysis/concurrency/check-then-act.ts';
import { lockSummariesOf } from '../../analysis/concurrency/lock-state.ts';
import { staleEntriesIn } from '../../analysis/concurrency/stale-entries.ts';
import type { StaleEntry } from '../../analysis/concurrency/stale-entries.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import { lockIn, typeOfValue } from '../../go/lock-types.ts';
import { underlying } from '../../go/types/predicates.ts';
import { TypeKind } from '../../go/types/types.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { keyOf } from '../../model/accesses.ts';
import { NONE } from '../../model/operations.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, indentationAt, lineAt, lockedBodiesOf, related } from '../lock-places.ts';
import type { LockedBody } from '../lock-places.ts';
import type { Fix } from '../rule.ts';

// A lookup that decides about a change, with room for others between the two:
//
//   if _, ok := m.Load(k); !ok { m.Store(k, newSession()) }
//   c.mu.RLock(); s := c.m[k]; c.mu.RUnlock(); if s == nil { c.mu.Lock(); c.m[k] = newSession(); … }
export const detectGo: GoDetector = {
  program(context) {
    for (const locked of lockedBodiesOf(context)) {
      if (locked.function.isTest) continue;
      for (const stale of [...staleMapActsIn(locked.body, locked.locks), ...staleSectionsIn(locked.body, locked.locks)]) report(context, locked, stale);
    }
    const places = new FunctionPlaces(context);
    for (const stale of staleEntriesIn(context.program, lockSummariesOf(context.program))) reportEntry(context, stale, places);
  },
};

// s.mu.RLock(); peer := s.peers[id]; s.mu.RUnlock(); …; s.mu.Lock(); s.pipes = append(s.pipes, open(peer))
// while s.mu is held elsewhere: delete(s.peers, id); for _, p := range s.pipes { … }
function reportEntry(context: GoProgramContext, { function: fn, body, flow, check, act, removal }: StaleEntry, places: FunctionPlaces): void {
  const text = context.file(fn.path)?.text;
  const remover = places.of(removal.access.body);
  if (text === undefined || !remover) return;
  const keyOperation = keyOf(body, check);
  const key = text.slice(body.start(keyOperation), body.end(keyOperation));
  const lock = printPath(body, flow.lock) ?? '';
  context.report(fn.path, {
    message: { id: 'section-entry', arguments: { key, lock, line: lineAt(text, body.start(check)), function: remover.name } },
    span: body.spanOf(act),
    related: [related(fn.path, body.spanOf(check), { id: 'check' }), related(remover.path, removal.access.body.spanOf(removal.access.operation), { id: 'removed' })],
  });
}

function report(context: GoProgramContext, { function: fn, body, text }: LockedBody, { kind, check, act, loses, flow }: StaleAct): void {
  const keyOperation = flow ? keyOf(body, act) : (body.list(act)[1] ?? NONE);
  const key = keyOperation === NONE ? '' : text.slice(body.start(keyOperation), body.end(keyOperation));
  const lock = (flow && printPath(body, flow.lock)) ?? '';
  const unlock = flow?.events.find((event) => event.operation > check && event.action.endsWith('unlock') && !event.deferred);
  context.report(fn.path, {
    message: { id: isLoss(body, act, kind, loses) ? kind : `${kind}-equal`, arguments: { key, line: lineAt(text, body.start(check)), ...(flow ? { lock } : {}) } },
    span: body.spanOf(act),
    related: [related(fn.path, body.spanOf(check), { id: 'check' }), ...(unlock ? [related(fn.path, body.spanOf(unlock.operation), { id: 'unlock' })] : [])],
    fixes: kind === 'store' ? fixes(text, body.start(act), body.end(act)) : [],
  });
}

/**
 * True if it matters whose value stays: one that was computed from the old one; a channel, a map or a lock, of which all should
 * have the same. Two equal objects that nobody changes may replace each other.
 */
function isLoss(body: FunctionBody, act: number, kind: StaleAct['kind'], loses: boolean): boolean {
  if (!loses || (kind !== 'store' && kind !== 'section')) return loses;
  const value = kind === 'store' ? (body.list(act)[2] ?? NONE) : body.b(act);
  const type = value === NONE ? undefined : typeOfValue(body, value);
  const under = type && underlying(type);
  if (under?.kind === TypeKind.Pointer) return lockIn(under.elem) !== undefined;
  return under?.kind === TypeKind.Chan || under?.kind === TypeKind.Map;
}

/** `m.Store(k, v)` as a statement becomes `m.LoadOrStore(k, v)`. */
function fixes(text: string, start: number, end: number): readonly Fix[] {
  const call = text.slice(start, end);
  const at = call.indexOf('.Store(');
  if (at < 0 || call.indexOf('.Store(', at + 1) >= 0 || indentationAt(text, start) === undefined) return [];
  const name = start + at + 1;
  return [{ title: { id: 'fix-load-or-store' }, safe: false, caution: { id: 'caution-load-or-store' }, edits: [{ start: name, end: name + 'Store'.length, newText: 'LoadOrStore' }] }];
}
