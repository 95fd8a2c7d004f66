import { replacementsIn } from '../../analysis/concurrency/replacements.ts';
import type { Replacement } from '../../analysis/concurrency/replacements.ts';
import { isLockType, lockIn, typeOfPlace } from '../../go/lock-types.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { lineAt, related } from '../lock-places.ts';
import { printPath } from '../../analysis/concurrency/lock-names.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with sync.Map.Clear. */
const clearVersion = 23;

// A lock, or something with a lock in it, that is overwritten while others may use it:
//
//   func (c *Cache) Reset() { c.entries = sync.Map{} }
//   func (c *Cache) Reset() { *c = Cache{} }
export const detectGo: GoDetector = {
  program(context) {
    const hasLock = (body: Replacement['body'], place: number): boolean => {
      const type = typeOfPlace(body, place);
      const lock = type && lockIn(type);
      // A WaitGroup may be used again after the wait.
      return lock !== undefined && lock !== 'WaitGroup';
    };
    for (const replacement of replacementsIn(context.program, hasLock)) report(context, replacement);
  },
};

function report(context: GoProgramContext, { function: fn, body, write, held }: Replacement): void {
  const text = context.file(fn.path)?.text;
  const type = typeOfPlace(body, body.a(write));
  if (text === undefined || !type) return;
  const what = text.slice(body.start(write), body.end(write));
  const value = body.b(write);
  const span = { start: body.start(write), end: Math.max(body.end(write), body.end(value)) };
  const name = lockIn(type) ?? '';
  if (held) {
    const [by] = held.takenBy(write);
    if (by === undefined) return;
    const lock = printPath(body, held.lock) ?? what;
    context.report(fn.path, {
      message: { id: 'held', arguments: { what, lock, line: lineAt(text, body.start(by)) } },
      span,
      related: [related(fn.path, body.spanOf(by), { id: 'locked', arguments: { lock } })],
    });
    return;
  }
  const isMap = name === 'Map' && isLockType(type);
  context.report(fn.path, { message: { id: 'replaced', arguments: { what, type: name } }, span, fixes: isMap ? clearing(context, fn.path, what, span) : [] });
}

/** `c.entries = sync.Map{}` becomes `c.entries.Clear()`. */
function clearing(context: GoProgramContext, path: string, what: string, span: { readonly start: number; readonly end: number }): readonly Fix[] {
  const floor = context.file(path)?.libraryFloor;
  if (floor === undefined || floor.version < clearVersion) return [];
  const receiver = what.startsWith('*') ? what.slice(1) : what;
  return [{ title: { id: 'fix-clear', arguments: { what: receiver } }, safe: true, edits: [{ ...span, newText: `${receiver}.Clear()` }] }];
}
