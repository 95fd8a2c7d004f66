import { lockOrdersIn } from '../../analysis/concurrency/lock-orders.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import type { GoDetector } from '../go-context.ts';
import { related } from '../lock-places.ts';

// Two locks that are taken in both orders:
//
//   func (b *Bank) Move()  { b.from.Lock(); b.to.Lock(); … }
//   func (b *Bank) Check() { b.to.Lock(); b.from.Lock(); … }   ← each waits for the other
export const detectGo: GoDetector = {
  program(context) {
    for (const { first, second } of lockOrdersIn(context.program)) {
      const held = printPath(first.body, first.held) ?? '';
      const taken = printPath(first.body, first.taken) ?? '';
      const otherHeld = printPath(second.body, second.held) ?? '';
      const otherTaken = printPath(second.body, second.taken) ?? '';
      const { name } = second.function;
      context.report(first.function.path, {
        message: { id: 'order', arguments: { first: held, second: taken, function: name } },
        span: first.body.spanOf(first.takenBy),
        related: [
          related(first.function.path, first.body.spanOf(first.heldBy), { id: 'held', arguments: { lock: held } }),
          related(second.function.path, second.body.spanOf(second.heldBy), { id: 'other-held', arguments: { function: name, lock: otherHeld } }),
          related(second.function.path, second.body.spanOf(second.takenBy), { id: 'other-taken', arguments: { function: name, lock: otherTaken } }),
        ],
      });
    }
  },
};
