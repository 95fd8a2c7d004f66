import type { AccessPath } from '../../analysis/concurrency/access-paths.ts';
import { doubleLocksIn, lockedForWriting, unlockedWithoutLock } from '../../analysis/concurrency/double-locks.ts';
import type { DoubleLock, NeverTaken } from '../../analysis/concurrency/double-locks.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import { isExported } from '../../go/types/objects.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE } from '../../model/operations.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { lineAt, lockedBodiesOf, nameOfLock, related } from '../lock-places.ts';
import type { LockedBody } from '../lock-places.ts';
import type { RelatedPlace } from '../rule.ts';

// A lock that is taken again by the task that holds it, here or in a function that is called:
//
//   c.mu.Lock()
//   n := c.Len()   ← Len locks c.mu
export const detectGo: GoDetector = {
  program(context) {
    const locked = lockedForWriting(context.program);
    const pathOf = pathsOf(context);
    for (const each of lockedBodiesOf(context)) {
      for (const double of doubleLocksIn(each.body, each.locks, each.summaries, locked)) report(context, each, double, pathOf);
      if (each.body.parent === NONE) for (const never of unlockedWithoutLock(context.program, each.function, each.locks, isOfPackage)) reportFree(context, each, never);
    }
  },
};

/** True for a lock that code of other packages cannot name. */
function isOfPackage({ root, steps }: AccessPath): boolean {
  const field = steps.findLast((step) => step.kind === 'field');
  return !isExported(field ? field.name : root.name);
}

// defer c.mu.Unlock()   ← and nobody has locked it
function reportFree(context: GoProgramContext, locked: LockedBody, { event }: NeverTaken): void {
  context.report(locked.function.path, { message: { id: 'unlock-free', arguments: { lock: nameOfLock(locked, event) } }, span: locked.body.spanOf(event.operation), plausible: true });
}

/** The files of bodies by unit. */
function pathsOf(context: GoProgramContext): (body: FunctionBody) => string | undefined {
  const paths = new Map<object, string>();
  for (const { body, path } of context.program.functions.values()) paths.set(body.unit, path);
  return (body) => paths.get(body.unit);
}

function report(context: GoProgramContext, locked: LockedBody, double: DoubleLock, pathOf: (body: FunctionBody) => string | undefined): void {
  const { body, text, function: fn } = locked;
  const { kind, flow, operation, before, chain } = double;
  const event = flow.events.find((each) => each.operation === before);
  const lock = (event && nameOfLock(locked, event)) ?? printPath(body, flow.lock) ?? '';
  const places: RelatedPlace[] = [];
  if (kind === 'unlock') {
    places.push(related(fn.path, body.spanOf(before), { id: 'released' }));
    context.report(fn.path, { message: { id: 'unlock', arguments: { lock, line: lineAt(text, body.start(before)) } }, span: body.spanOf(operation), related: places });
    return;
  }
  places.push(related(fn.path, body.spanOf(before), { id: 'held', arguments: { lock } }));
  const callee = body.calleeOf(operation)?.name ?? '';
  const innermost = chain.at(-1);
  const path = innermost && pathOf(innermost.body);
  if (innermost && path !== undefined) {
    const name = innermost.body.name === '' ? callee : innermost.body.name;
    places.push(related(path, innermost.body.spanOf(innermost.operation), { id: 'taken', arguments: { function: name } }));
  }
  const through = chain.length > 0;
  context.report(fn.path, {
    message: { id: through ? `${kind}-call` : kind, arguments: { lock, line: lineAt(text, body.start(before)), ...(through ? { function: callee === '' ? 'func' : callee } : {}) } },
    span: body.spanOf(operation),
    related: places,
  });
}
