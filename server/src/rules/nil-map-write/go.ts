// An insertion into a map that is nil, which panics, where the reason is in another function:
//
//	type counter struct{ counts map[string]int }      nothing in the package assigns counts
//	func (c *counter) add(k string) { c.counts[k]++ }
//
//	var c counter; c.add("x")                         counts is made elsewhere, not for this object
//	fill(nil)                                         fill writes into its parameter

import { neverMade, nilArguments, unmadeFields } from '../../analysis/nil-containers.ts';
import type { Place } from '../../analysis/fields.ts';
import { namesUsedElsewhere, variablesWithValue } from '../../go/mentions.ts';
import { isExported } from '../../go/types/objects.ts';
import { lineAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';

export const detectGo: GoDetector = {
  program(context) {
    checkFields(context);
    for (const { insert, argument, ...call } of nilArguments(context.program)) {
      const { body, operation } = call;
      const span = body.spanOf(body.list(operation)[argument]!);
      report(call, span, 'argument', call, insert, context);
    }
  },
};

function checkFields(context: GoProgramContext): void {
  const never = neverMade(context.program);
  const unmade = unmadeFields(context.program);
  if (never.length === 0 && unmade.length === 0) return;
  const elsewhere = namesUsedElsewhere(context.package, context.besides);
  const initialised = variablesWithValue(context.package);
  for (const { uses, inserts } of never) {
    if (isExported(uses.name) || elsewhere.has(uses.name) || (uses.isGlobal && initialised.has(uses.name))) continue;
    const [first, ...rest] = inserts;
    const file = first && context.file(first.function.path);
    if (!first || !file || first.function.generated) continue;
    context.report(first.function.path, {
      message: { id: uses.isGlobal ? 'never-variable' : 'never', arguments: { map: textAt(first, first.container, context), name: uses.name } },
      span: first.body.spanOf(first.container),
      related: rest.flatMap((each) => (context.file(each.function.path) ? [related(each.function.path, each.body.spanOf(each.container), { id: 'also' })] : [])),
    });
  }
  for (const { uses, insert, creation, ...call } of unmade) {
    if (isExported(uses.name) || elsewhere.has(uses.name)) continue;
    report(call, call.body.spanOf(call.operation), 'unmade', { ...call, operation: creation }, insert, context, uses.name);
  }
}

function report(at: Place, span: { start: number; end: number }, id: 'argument' | 'unmade', from: Place, insert: Place, context: GoProgramContext, name = ''): void {
  const path = at.function.path;
  const other = context.file(insert.function.path);
  if (!context.file(path) || !other || at.function.generated) return;
  const line = lineAt(other.text, insert.body.start(insert.operation));
  const places = [related(insert.function.path, insert.body.spanOf(insert.operation), { id: 'insert' })];
  if (id === 'unmade') places.push(related(path, from.body.spanOf(from.operation), { id: 'made', arguments: { name } }));
  context.report(path, { message: { id, arguments: { function: insert.function.name, line, name } }, span, related: places });
}

function textAt({ function: { path }, body }: Place, operation: number, context: GoProgramContext): string {
  return context.file(path)?.text.slice(body.start(operation), body.end(operation)) ?? '';
}
