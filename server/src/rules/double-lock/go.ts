import { doubleLocksIn, lockedForWriting } from '../../analysis/concurrency/double-locks.ts';
import type { DoubleLock } from '../../analysis/concurrency/double-locks.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import type { FunctionBody } from '../../model/function-body.ts';
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
    }
  },
};

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
