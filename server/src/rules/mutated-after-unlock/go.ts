import { escapesOf } from '../../analysis/concurrency/guard-escapes.ts';
import type { GoDetector } from '../go-context.ts';
import { FunctionPlaces, related } from '../lock-places.ts';

// A map or slice that is read under its lock and changed after the unlock:
//
//   c.mu.Lock()
//   m := c.entries
//   c.mu.Unlock()
//   m[key] = v   ← the map is c's, the lock is gone
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const { kind, read, change, guard, operation, flow } of escapesOf(context.program)) {
      if (kind !== 'mutated') continue;
      const { body } = read.access;
      const { path } = read.function;
      const lock = guard.name;
      const unlock = flow.events.find((event) => event.action === 'unlock' || event.action === 'read-unlock');
      context.report(path, {
        message: { id: 'mutated', arguments: { member: places.memberText(read.access) ?? read.access.name, lock } },
        span: body.spanOf(operation),
        related: [
          related(path, places.mentionOf(read.access), { id: 'read', arguments: { lock } }),
          ...(unlock ? [related(path, body.spanOf(unlock.operation), { id: 'unlocked' })] : []),
          related(change.function.path, places.mentionOf(change.access), { id: 'changed', arguments: { lock } }),
        ],
      });
    }
  },
};
