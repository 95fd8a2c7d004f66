// A container that somebody else was given is emptied in place, so that they find nothing in it:
//
//	out := c.pending     ch <- batch        go flush(batch)      all = append(all, m)
//	clear(c.pending)     clear(batch)       clear(batch)         clear(m)
//	return out
//
// What was meant is a new container: out := c.pending; c.pending = make(map[string]int)

import { clearedHandovers } from '../../analysis/handovers.ts';
import type { ClearedHandover } from '../../analysis/handovers.ts';
import { NONE, Op } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { lineAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

export const detectGo: GoDetector = {
  program(context) {
    const seen = new Set<string>();
    for (const found of clearedHandovers(context.program)) report(found, seen, context);
  },
};

function report(found: ClearedHandover, seen: Set<string>, context: GoProgramContext): void {
  const { body, emptying, kind, handover } = found;
  const { path } = found.function;
  const file = context.file(path);
  // Of lists the elements are set to zero, which is another question.
  if (!file || (emptying.container !== NONE && !('closure' in emptying) && body.shape(emptying.container) !== Shape.Map)) return;
  const span = body.spanOf(emptying.operation);
  const key = `${path}:${span.start}`;
  if (seen.has(key)) return;
  seen.add(key);
  const map = emptying.container === NONE || 'closure' in emptying ? undefined : file.text.slice(body.start(emptying.container), body.end(emptying.container));
  const line = lineAt(file.text, body.start(handover));
  context.report(path, {
    message: map === undefined ? { id: `${kind}-call`, arguments: { line } } : { id: kind === 'stored' ? 'stored-map' : kind, arguments: { map, line } },
    span,
    related: [related(path, body.spanOf(handover), { id: 'handover' })],
    fixes: fixes(found, context),
  });
}

function fixes({ body, emptying, function: { path } }: ClearedHandover, context: GoProgramContext): readonly Fix[] {
  const file = context.file(path);
  if (!file || body.kind(emptying.operation) !== Op.Clear) return [];
  const map = mapExpressionAt(file, body.spanOf(emptying.container), context.package.path, context.info);
  if (!map) return [];
  const replacement = `${map.text} = ${map.made}`;
  return [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution: { id: 'caution' }, edits: [{ ...body.spanOf(emptying.operation), newText: replacement }] }];
}
