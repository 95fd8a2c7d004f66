import { mentions } from '../../analysis/concurrency/guard-faults.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import { instanceLocksIn, uselessLocksIn } from '../../analysis/concurrency/useless-locks.ts';
import type { InstanceLock, UselessLock } from '../../analysis/concurrency/useless-locks.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { placeOf, textAt } from '../go-places.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { RelatedPlace } from '../rule.ts';

// A lock that is held, but not one that keeps the others away:
//
//   func (c *Cache) Set(k string) { var mu sync.Mutex; mu.Lock(); defer mu.Unlock(); c.m[k] = 1 }
//   c.mu.Lock(); go func() { c.m[k] = 1 }()
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const useless of uselessLocksIn(context.program)) report(context, useless, places);
    const told = new Set<string>();
    for (const each of instanceLocksIn(context.program)) reportInstance(context, each, told);
  },
};

/** @param told where findings stand already */
function reportInstance(context: GoProgramContext, { race: { first, execution }, flow, heldBy }: InstanceLock, told: Set<string>): void {
  const { body } = first.activation;
  const used = placeOf(first, execution, context);
  const span = body.spanOf(heldBy);
  if (!used || told.has(`${used.path} ${span.start}`)) return;
  told.add(`${used.path} ${span.start}`);
  const arguments_ = { lock: printPath(body, flow.lock) ?? '', member: textAt(used, context) };
  context.report(used.path, { message: { id: 'local', arguments: arguments_ }, span, subject: used.span, related: [{ ...used, message: { id: 'member', arguments: arguments_ } }] });
}

function report(context: GoProgramContext, useless: UselessLock, places: FunctionPlaces): void {
  const { kind, function: fn, body, flow, heldBy, access, guard, other } = useless;
  const lock = printPath(body, flow.lock) ?? '';
  const member = places.memberText(access) ?? access.name;
  const shown: RelatedPlace[] = [];
  const isOwn = kind === 'local';
  if (isOwn) shown.push(related(fn.path, places.mentionOf(access), { id: 'member', arguments: { member } }));
  else shown.push(related(fn.path, body.spanOf(heldBy), { id: 'locked', arguments: { lock } }));
  const guardName = guard?.name ?? other?.locks[0]?.name ?? '';
  if (other) shown.push(related(other.function.path, places.mentionOf(other.access), { id: 'changed', arguments: { member: access.name, guard: guardName } }));
  const held = guard ? mentions(guard.guarded) : 0;
  context.report(fn.path, {
    message: { id: kind, arguments: { lock, member, ...(guard && kind === 'other' ? { held, all: held + mentions(guard.unguarded) } : {}), ...(kind === 'other' || kind === 'disjoint' ? { guard: guardName } : {}) } },
    span: isOwn ? body.spanOf(heldBy) : places.mentionOf(access),
    related: shown,
  });
}
