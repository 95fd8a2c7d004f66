import { blockedHoldersIn } from '../../analysis/concurrency/blocked-holders.ts';
import type { GoDetector } from '../go-context.ts';
import { nameOf, placeOf, subjectOf, textAt } from '../go-places.ts';

// mu.Lock(); <-done; mu.Unlock()          waits with the lock held
// go func() { mu.Lock(); …; mu.Unlock(); done <- true }()
export const detectGo: GoDetector = {
  program: (context) => {
    const reported = new Set<string>();
    for (const { study: { execution }, isAlways, event, lock, other, otherLock } of blockedHoldersIn(context.program)) {
      const [place, held, second, needed] = [event, lock, other, otherLock].map((point) => placeOf(point, execution, context));
      const name = subjectOf(lock, execution, context);
      if (!place || !held || !second || !needed || !name) continue;
      const key = `${place.path} ${place.span.start}`;
      if (reported.has(key)) continue;
      reported.add(key);
      context.report(place.path, {
        message: { id: isAlways ? 'blocked' : 'may-block', arguments: { lock: textAt(name, context), place: nameOf(second, context) } },
        span: place.span,
        // In a test another goroutine may open the lock on purpose.
        ...(context.file(place.path)?.isTest && { plausible: true as const }),
        related: [{ ...held, message: { id: 'held' } }, { ...needed, message: { id: isAlways ? 'needed' : 'met' } }, { ...second, message: { id: 'other' } }],
      });
    }
  },
};
