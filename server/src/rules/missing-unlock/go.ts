import { Hold } from '../../analysis/concurrency/lock-state.ts';
import type { LockEvent } from '../../analysis/concurrency/lock-events.ts';
import type { LockExit, LockFlow } from '../../analysis/concurrency/lock-state.ts';
import { isReleasedBeside, leakedReturns, lockedAgain, lockedAtEnd, locksReleasedElsewhere } from '../../analysis/concurrency/lock-leaks.ts';
import { emptySectionsOf } from '../../analysis/concurrency/empty-sections.ts';
import { graphOf } from '../../analysis/flow.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { statementAt } from '../../go/statements.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type { Edit } from '../../text/span.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { lineAt, lockedBodiesOf, nameOfLock, related, releaseOf, statementAfter, statementBefore, withoutLine } from '../lock-places.ts';
import type { LockedBody } from '../lock-places.ts';
import type { Fix } from '../rule.ts';

// A lock that one path of a function releases, and another one, to a return, does not:
//
//   mu.Lock()
//   if err != nil { return err }   ← still locked
//   mu.Unlock()
export const detectGo: GoDetector = {
  program(context) {
    const elsewhere = locksReleasedElsewhere(context.program);
    for (const locked of lockedBodiesOf(context)) {
      for (const flow of locked.locks.flows) {
        if (!flow.complete) continue;
        reportMismatches(context, locked, flow);
        for (const event of lockedAtEnd(locked.function, locked.body, flow, elsewhere)) reportLockedAtEnd(context, locked, event);
        if (isReleasedBeside(context.program, locked.body, flow)) continue;
        for (const exit of leakedReturns(locked.function, locked.body, flow, elsewhere)) reportReturn(context, locked, flow, exit);
        for (const event of lockedAgain(locked.body, flow, elsewhere)) reportAgain(context, locked, flow, event);
      }
      for (const { lock, unlock, use, field, isCertain } of emptySectionsOf(context.program, locked.body, locked.locks)) {
        const name = nameOfLock(locked, lock);
        const { body, function: fn } = locked;
        context.report(fn.path, {
          message: { id: 'empty-section', arguments: { lock: name, field } },
          span: body.spanOf(unlock.operation),
          ...(!isCertain && { plausible: true }),
          related: [related(fn.path, body.spanOf(use), { id: 'used', arguments: { field } })],
          fixes: [
            {
              title: { id: 'fix-defer', arguments: { lock: name } },
              safe: false,
              caution: { id: 'caution-defer' },
              edits: [{ start: body.start(unlock.operation), end: body.start(unlock.operation), newText: 'defer ' }],
            },
          ],
        });
      }
    }
  },
};

function reportReturn(context: GoProgramContext, locked: LockedBody, flow: LockFlow, exit: LockExit): void {
  const { body, text, function: fn } = locked;
  const event = flow.events.find((each) => each.operation === exit.by)!;
  const lock = nameOfLock(locked, event);
  const release = flow.steps.find((step) => step.by === exit.by && isRelease(step.event.action))!;
  const isEnd = text.slice(body.start(exit.operation), body.end(exit.operation)) === '}';
  const span = isEnd ? body.spanOf(exit.operation) : { start: body.start(exit.operation), end: Math.min(body.end(exit.operation), body.start(exit.operation) + 'return'.length) };
  context.report(fn.path, {
    message: { id: 'return', arguments: { lock, line: lineAt(text, body.start(exit.by)) } },
    span,
    related: [
      related(fn.path, body.spanOf(exit.by), { id: 'locked', arguments: { lock } }),
      related(fn.path, body.spanOf(release.event.operation), { id: 'unlocked' }),
    ],
    fixes: fixes(locked, flow, exit, lock, isEnd),
  });
}

function isRelease(action: string): boolean {
  return action === 'unlock' || action === 'read-unlock';
}

function fixes({ body, text }: LockedBody, flow: LockFlow, exit: LockExit, lock: string, isEnd: boolean): readonly Fix[] {
  const release = releaseOf(text, body, exit.by);
  if (!release) return [];
  const found: Fix[] = [];
  const isAlways = flow.exits.every((each) => each.operation !== exit.operation || each.hold === exit.hold);
  const insert = isAlways && !isEnd ? statementBefore(text, body.start(exit.operation), release) : undefined;
  if (insert) {
    const safe = returnsOnlyLocals(body, exit.operation);
    found.push({ title: { id: 'fix-insert', arguments: { lock } }, safe, ...(safe ? {} : { caution: { id: 'caution-insert' } }), edits: [insert] });
  }
  const defer = deferEdits(body, text, flow, exit.by, release);
  if (defer) found.push({ title: { id: 'fix-defer', arguments: { lock } }, safe: false, caution: { id: 'caution-defer' }, edits: defer });
  return found;
}

/** True if evaluating the results touches nothing that other tasks can reach. */
function returnsOnlyLocals(body: FunctionBody, operation: number): boolean {
  const start = body.start(operation);
  const block = graphOf(body).blockOf(operation);
  for (let at = operation - 1; at >= body.firstOperation(block) && body.start(at) >= start; at--) {
    const kind = body.kind(at);
    if (kind === Op.Constant || kind === Op.Zero) continue;
    if (kind !== Op.Read || body.placeKind(body.a(at)) !== PlaceKind.Variable) return false;
    const variable = body.unit.variables[body.placeA(body.a(at))]!;
    if (variable.owner !== body.index || variable.addressTaken || variable.captured) return false;
  }
  return true;
}

/** One defer in place of all unlocks of a lock that is taken once, outside loops. */
function deferEdits(body: FunctionBody, text: string, flow: LockFlow, lock: number, release: string): readonly Edit[] | undefined {
  if (body.loopOf(graphOf(body).blockOf(lock)) !== NONE || flow.events.some((event) => event.through)) return undefined;
  if (flow.events.filter((event) => !isRelease(event.action)).length > 1) return undefined;
  const edits = [statementAfter(text, body.spanOf(lock), `defer ${release}`)];
  for (const event of flow.events) {
    if (!isRelease(event.action)) continue;
    if (body.has(event.operation, Flag.Deferred)) return undefined;
    edits.push(withoutLine(text, body.spanOf(event.operation)));
  }
  return edits.every((edit) => edit !== undefined) ? (edits as readonly Edit[]) : undefined;
}

function reportAgain(context: GoProgramContext, locked: LockedBody, flow: LockFlow, event: LockEvent): void {
  const lock = nameOfLock(locked, event);
  const release = flow.events.find((each) => isRelease(each.action));
  context.report(locked.function.path, {
    message: { id: 'again', arguments: { lock } },
    span: locked.body.spanOf(event.operation),
    related: release ? [related(locked.function.path, locked.body.spanOf(release.operation), { id: 'unlocked' })] : [],
  });
}

/** `defer mu.Lock()` where `mu.Lock(); defer mu.Unlock()` was meant. */
function reportLockedAtEnd(context: GoProgramContext, locked: LockedBody, event: LockEvent): void {
  const { body, text, function: fn } = locked;
  const span = body.spanOf(event.operation);
  const file = context.file(fn.path);
  const statement = file && statementAt(file.syntax, span.start)?.statement;
  const call = text.slice(span.start, span.end);
  const name = call.slice(call.lastIndexOf('.') + 1);
  const insert = statement?.kind === NodeKind.DeferStmt ? statementBefore(text, statement.pos, call) : undefined;
  const replacement = event.action === 'read-lock' ? 'RUnlock()' : 'Unlock()';
  context.report(fn.path, {
    message: { id: 'locked-at-end', arguments: { lock: nameOfLock(locked, event) } },
    span,
    fixes: insert ? [{ title: { id: 'fix-lock-now', arguments: { call } }, safe: false, caution: { id: 'caution-defer' }, edits: [insert, { start: span.end - name.length, end: span.end, newText: replacement }] }] : [],
  });
}

/** `RLock` with `Unlock`, `Lock` with `RUnlock`, `defer mu.Lock()`. */
function reportMismatches(context: GoProgramContext, locked: LockedBody, flow: LockFlow): void {
  const { body, text, function: fn } = locked;
  for (const event of flow.events) {
    if (event.through) continue;
    const steps = flow.steps.filter((step) => step.event === event);
    const [first] = steps;
    if (!first || first.by === NONE) continue;
    const isAlways = (hold: Hold): boolean => steps.every((step) => step.hold === hold && !step.vague);
    const message = mismatchOf(event.action, event.deferred, isAlways);
    if (!message) continue;
    const taken = flow.events.find((each) => each.operation === first.by);
    if (!taken || taken.through) continue;
    const lock = nameOfLock(locked, event);
    const end = body.end(event.operation);
    const call = text.slice(body.start(event.operation), end);
    const name = call.slice(call.lastIndexOf('.') + 1);
    const replacement = message === 'mismatch' ? 'RUnlock()' : message === 'deferred-lock' && event.action === 'read-lock' ? 'RUnlock()' : 'Unlock()';
    context.report(fn.path, {
      message: { id: message, arguments: { lock, line: lineAt(text, body.start(first.by)) } },
      span: body.spanOf(event.operation),
      related: [related(fn.path, body.spanOf(first.by), { id: 'locked', arguments: { lock } })],
      fixes: [{ title: { id: 'fix-replace', arguments: { call: replacement } }, safe: true, edits: [{ start: end - name.length, end, newText: replacement }] }],
    });
  }
}

function mismatchOf(action: string, deferred: boolean, isAlways: (hold: Hold) => boolean): string | undefined {
  if (action === 'unlock' && isAlways(Hold.Shared)) return 'mismatch';
  if (action === 'read-unlock' && isAlways(Hold.Exclusive)) return 'mismatch-read';
  if (deferred && action === 'lock' && isAlways(Hold.Exclusive)) return 'deferred-lock';
  return deferred && action === 'read-lock' && isAlways(Hold.Shared) ? 'deferred-lock' : undefined;
}
