import { escapesOf } from '../../analysis/concurrency/guard-escapes.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { movedBehind } from '../lock-fixes.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { Fix } from '../rule.ts';

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
      const isPut = read.access.mode === 'assign';
      const unlock = flow.events.find((event) => event.action === 'unlock' || event.action === 'read-unlock');
      context.report(path, {
        message: { id: isPut ? 'put-mutated' : 'mutated', arguments: { member: places.memberText(read.access) ?? read.access.name, lock } },
        span: body.spanOf(operation),
        related: [
          related(path, places.mentionOf(read.access), { id: isPut ? 'put' : 'read', arguments: { lock } }),
          ...(unlock ? [related(path, body.spanOf(unlock.operation), { id: 'unlocked' })] : []),
          related(change.function.path, places.mentionOf(change.access), { id: 'changed', arguments: { lock } }),
        ],
        fixes: unlock?.action === 'unlock' && !unlock.deferred && !unlock.through ? fixes(context, path, body.start(unlock.operation), body.start(operation), lock) : [],
      });
    }
  },
};

/** `c.mu.Unlock(); m[key] = v` the other way round. */
function fixes(context: GoProgramContext, path: string, unlock: number, change: number, lock: string): readonly Fix[] {
  const file = context.file(path);
  const edits = file && movedBehind(file, unlock, change, context.info);
  return edits ? [{ title: { id: 'fix', arguments: { lock } }, safe: false, caution: { id: 'caution-fix', arguments: { lock } }, edits }] : [];
}
