import { lockCyclesIn } from '../../analysis/concurrency/lock-cycles.ts';
import type { KindNesting, LockCycle } from '../../analysis/concurrency/lock-cycles.ts';
import { innermost, kindOf } from '../../analysis/concurrency/lock-kinds.ts';
import { lockOrdersIn } from '../../analysis/concurrency/lock-orders.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { RelatedPlace } from '../rule.ts';

// Two locks that are taken in both orders:
//
//   func (b *Bank) Move()  { b.from.Lock(); b.to.Lock(); … }
//   func (b *Bank) Check() { b.to.Lock(); b.from.Lock(); … }   ← each waits for the other
//
// and kinds of locks that wait for each other in a circle:
//
//   func (h *Hub) Publish()     { h.mu.Lock(); for _, c := range h.conns { c.Send() } }     ← Send locks c.mu
//   func (c *Conn) Close()      { c.mu.Lock(); c.hub.Remove(c) }                            ← Remove locks hub.mu
export const detectGo: GoDetector = {
  program(context) {
    const known = new Set<string>();
    for (const { first, second } of lockOrdersIn(context.program)) {
      known.add(`${kindOf(first.held)} ${kindOf(first.taken)}`);
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
    const places = new FunctionPlaces(context);
    for (const cycle of lockCyclesIn(context.program, (held, taken) => known.has(`${held} ${taken}`))) reportCycle(context, cycle, places);
  },
};

function reportCycle(context: GoProgramContext, cycle: LockCycle, places: FunctionPlaces): void {
  const [first, ...others] = cycle;
  if (!first || cycle.some((each) => !context.file(each.function.path))) return;
  const names = others.map((each) => each.function.name).join(', ');
  context.report(first.function.path, {
    message: { id: others.length === 1 ? 'kinds' : 'circle', arguments: { first: heldName(first), second: takenName(first, places), function: names } },
    span: first.body.spanOf(first.take.operation),
    related: [
      related(first.function.path, first.body.spanOf(first.heldBy), { id: 'held', arguments: { lock: heldName(first) } }),
      ...takenIn(first, places),
      ...others.flatMap((each) => [
        related(each.function.path, each.body.spanOf(each.heldBy), { id: 'other-held', arguments: { function: each.function.name, lock: heldName(each) } }),
        related(each.function.path, each.body.spanOf(each.take.operation), { id: 'other-taken', arguments: { function: each.function.name, lock: takenName(each, places) } }),
        ...takenIn(each, places),
      ]),
    ],
  });
}

function heldName({ body, flow }: KindNesting): string {
  return printPath(body, flow.lock) ?? '';
}

/** The lock as the function that takes it names it, with the function if that is another one: `d.lock (GetValue)`. */
function takenName({ take }: KindNesting, places: FunctionPlaces): string {
  const at = innermost(take);
  const name = printPath(at.body, at.lock) ?? '';
  const place = take === at ? undefined : places.of(at.body);
  return place ? `${name} (${place.name})` : name;
}

/** Where a called function takes it. */
function takenIn({ take }: KindNesting, places: FunctionPlaces): readonly RelatedPlace[] {
  const at = innermost(take);
  const place = take === at ? undefined : places.of(at.body);
  return place ? [related(place.path, at.body.spanOf(at.operation), { id: 'taken', arguments: { function: place.name, lock: printPath(at.body, at.lock) ?? '' } })] : [];
}
