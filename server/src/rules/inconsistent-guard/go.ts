import { inconsistentAccesses, isContainerMember, mentions } from '../../analysis/concurrency/guard-faults.ts';
import type { GuardFault } from '../../analysis/concurrency/guard-faults.ts';
import { isWriting } from '../../analysis/concurrency/shared-accesses.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { RelatedPlace } from '../rule.ts';

// A field that is used under one lock nearly everywhere, and here without it:
//
//   func (c *Cache) Get(k string) int { c.mu.Lock(); defer c.mu.Unlock(); return c.m[k] }
//   func (c *Cache) Len() int { return len(c.m) }   ← without c.mu
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const fault of inconsistentAccesses(context.program)) report(context, fault, places);
  },
};

function report(context: GoProgramContext, { member, guard, at, other }: GuardFault, places: FunctionPlaces): void {
  const { site } = at.context;
  const caller = at.isTask ? undefined : site && places.of(site.body);
  const lock = guard.name === '' ? 'the lock' : guard.name;
  const held = mentions(guard.guarded);
  const name = places.memberText(at.access) ?? member.name;
  const shown: RelatedPlace[] = [];
  if (site && caller) shown.push(related(caller.path, site.body.spanOf(site.operation), { id: 'called', arguments: { lock } }));
  shown.push(related(other.function.path, places.mentionOf(other.access), { id: isWriting(other.access) ? 'changed' : 'used', arguments: { member: member.name, lock } }));
  const kind = isContainerMember(member) ? 'container' : 'value';
  const counts = { member: name, lock, held, all: held + mentions(guard.unguarded) };
  context.report(at.function.path, {
    message: caller ? { id: `${kind}-called`, arguments: { ...counts, function: caller.name } } : { id: kind, arguments: counts },
    span: places.mentionOf(at.access),
    related: shown,
  });
}
