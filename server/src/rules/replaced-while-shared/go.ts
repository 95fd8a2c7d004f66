// A map is replaced by a new one, and somebody who has the old one goes on as if it were still the same:
//
//	s := &Server{sessions: m, janitor: &janitor{sessions: m}}     in the constructor
//	s.sessions = make(map[string]*session)                        later: the janitor goes on with the old map
//
// Swaps, where the old map is looked at, returned or stored, are meant.

import { sharedReplacements } from '../../analysis/replacements.ts';
import type { SharedReplacement } from '../../analysis/replacements.ts';
import { builtinIsVisible } from '../../go/expressions.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { lineAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

export const detectGo: GoDetector = {
  program(context) {
    const seen = new Set<string>();
    for (const found of sharedReplacements(context.program)) report(found, seen, context);
  },
};

function report(found: SharedReplacement, seen: Set<string>, context: GoProgramContext): void {
  const { body, operation, kind, sharing, use, holder } = found;
  const { path, generated } = found.function;
  const file = context.file(path);
  const other = context.file(use.function.path);
  if (!file || !other || !context.file(sharing.function.path) || generated) return;
  const span = body.spanOf(operation);
  const key = `${path}:${span.start}`;
  if (seen.has(key)) return;
  seen.add(key);
  const map = file.text.slice(span.start, span.end);
  const line = lineAt(other.text, use.body.start(use.operation));
  const places = [related(use.function.path, use.body.spanOf(use.operation), { id: 'use' })];
  if (kind !== 'name') places.push(related(sharing.function.path, sharing.body.spanOf(sharing.operation), { id: 'sharing' }));
  context.report(path, { message: { id: kind, arguments: { map, holder, line } }, span, related: places, fixes: fixes(found, context) });
}

function fixes({ body, operation, kind, function: { path } }: SharedReplacement, context: GoProgramContext): readonly Fix[] {
  const file = context.file(path)!;
  const span = body.spanOf(operation);
  const version = file.languageVersion?.version;
  const map = kind === 'name' ? undefined : mapExpressionAt(file, span, context.package.path, context.info);
  if (!map || version === undefined || version < clearVersion || !builtinIsVisible('clear', file.syntax, span.start, context.info)) return [];
  const value = body.spanOf(body.b(operation));
  // One assignment of one value: the text between is ` = `.
  if (value.start < span.end || file.text.slice(span.end, value.start).trim() !== '=') return [];
  const replacement = `clear(${map.text})`;
  return [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution: { id: 'caution' }, edits: [{ start: span.start, end: value.end, newText: replacement }] }];
}
