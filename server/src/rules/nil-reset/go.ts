// A field is set to nil although another function goes on inserting into it, which panics from then on:
//
//	func (c *Cache) Reset()                 { c.entries = nil }
//	func (c *Cache) Put(k string, v int)    { c.entries[k] = v }

import { nilResets } from '../../analysis/nil-containers.ts';
import type { NilReset } from '../../analysis/nil-containers.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { builtinIsVisible } from '../../go/expressions.ts';
import { namesUsedElsewhere } from '../../go/mentions.ts';
import { endsSomething } from '../../analysis/endings.ts';
import { endingWords, isCloser } from '../../go/endings.ts';
import { isExported } from '../../go/types/objects.ts';
import type { Func } from '../../go/types/objects.ts';
import { NONE } from '../../model/operations.ts';
import { lineAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

export const detectGo: GoDetector = {
  program(context) {
    const found = nilResets(context.program);
    if (found.length === 0) return;
    const elsewhere = namesUsedElsewhere(context.package, context.besides);
    for (const each of found) if (!isExported(each.uses.name) && !elsewhere.has(each.uses.name)) report(each, context);
  },
};

function report(found: NilReset, context: GoProgramContext): void {
  const { reset, insert } = found;
  const { path, generated } = reset.function;
  const file = context.file(path);
  const other = context.file(insert.function.path);
  if (!file || !other || generated) return;
  const { body } = reset;
  const span = body.spanOf(reset.operation);
  const map = file.text.slice(span.start, span.end);
  const line = lineAt(other.text, insert.body.start(insert.operation));
  context.report(path, {
    message: { id: isEnding(found, context) ? 'ending' : 'reset', arguments: { map, function: insert.function.name, line } },
    span,
    related: [related(insert.function.path, insert.body.spanOf(insert.operation), { id: 'insert' })],
    fixes: fixes(found, context),
  });
}

/** True for a function that ends the object's life: after it nobody is expected to insert. */
function isEnding({ reset: { function: function_ } }: NilReset, { program }: GoProgramContext): boolean {
  return isCloser(function_.origin as Func | undefined) || endsSomething(program, function_.body, endingWords);
}

function fixes({ reset }: NilReset, context: GoProgramContext): readonly Fix[] {
  const { body } = reset;
  const file = context.file(reset.function.path)!;
  const target = body.spanOf(reset.operation);
  const map = mapExpressionAt(file, target, context.package.path, context.info);
  const version = file.languageVersion?.version;
  if (!map || reset.value === NONE) return [];
  const value = body.spanOf(reset.value);
  // `a, b = nil, 0` keeps its other half.
  if (file.text.slice(value.start, value.end) !== 'nil' || file.text.slice(target.end, value.start).trim() !== '=') return [];
  const make: Fix = { title: { id: 'fix', arguments: { replacement: map.made } }, safe: false, caution: { id: 'caution-make' }, edits: [{ ...value, newText: map.made }] };
  if (version === undefined || version < clearVersion || !builtinIsVisible('clear', file.syntax, target.start, context.info)) return [make];
  const clear = `clear(${map.text})`;
  return [{ title: { id: 'fix', arguments: { replacement: clear } }, safe: false, caution: { id: 'caution-clear' }, edits: [{ start: target.start, end: value.end, newText: clear }] }, make];
}
