import { printPath } from '../../analysis/concurrency/lock-names.ts';
import { yieldFaultsIn } from '../../analysis/concurrency/yields.ts';
import type { GoDetector } from '../go-context.ts';
import { related } from '../lock-places.ts';

// A callback, or the body of a loop over an iterator, that runs with a lock held which it takes:
//
//   func (c *Cache) Each(f func(string)) { c.mu.Lock(); defer c.mu.Unlock(); for k := range c.m { f(k) } }
//   c.Each(func(k string) { c.Delete(k) })   ← Delete locks c.mu
export const detectGo: GoDetector = {
  program(context) {
    for (const { kind, function: fn, taken, takenIn, callee, calls, calledIn, heldBy, flow } of yieldFaultsIn(context.program)) {
      const lock = printPath(calledIn, flow.lock) ?? '';
      context.report(fn.path, {
        message: { id: kind, arguments: { function: callee.name, lock } },
        span: takenIn.spanOf(taken),
        related: [
          related(callee.path, calledIn.spanOf(heldBy), { id: 'held', arguments: { lock } }),
          related(callee.path, calledIn.spanOf(calls), { id: 'called', arguments: { function: callee.name } }),
        ],
      });
    }
  },
};
