// A struct is copied to be an object of its own, and its map is changed: the original has the same map.
//
//	d := *c
//	d.name = name
//	d.labels[key] = value      ← c.labels too
//	return &d

import { guardedCopiesIn } from '../../analysis/concurrency/guarded-copies.ts';
import { changedDefaults } from '../../analysis/changed-defaults.ts';
import { changesOfCopies } from '../../analysis/record-copies.ts';
import { variablesWithValue } from '../../go/mentions.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { FunctionPlaces, lineAt, related, statementAfter } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';

/** Since this version package maps has Clone. */
const cloneVersion = 21;

export const detectGo: GoDetector = {
  program(context) {
    for (const { function: function_, body, operation, container, copy, read } of changesOfCopies(context.program)) {
      const file = context.file(function_.path);
      const other = context.file(read.function.path);
      if (!file || !other || function_.generated) continue;
      const span = body.spanOf(container);
      const map = mapExpressionAt(file, span, context.package.path, context.info);
      const version = file.libraryFloor?.version;
      const edit = map && version !== undefined && version >= cloneVersion ? statementAfter(file.text, { start: body.start(copy), end: body.end(body.b(copy)) }, `${map.text} = maps.Clone(${map.text})`) : undefined;
      const copied = file.text.slice(body.start(body.b(copy)), body.end(body.b(copy)));
      context.report(function_.path, {
        message: { id: 'copied-struct', arguments: { map: file.text.slice(span.start, span.end), original: copied, line: lineAt(other.text, read.body.start(read.operation)) } },
        span,
        subject: body.spanOf(operation),
        related: [related(function_.path, body.spanOf(copy), { id: 'copy' }), related(read.function.path, read.body.spanOf(read.operation), { id: 'look' })],
        fixes: edit ? [{ title: { id: 'fix-clone', arguments: { map: map!.text } }, safe: false, caution: { id: 'caution-clone' }, edits: [edit], imports: ['maps'] }] : [],
      });
    }
    reportGuardedCopies(context);
    reportDefaults(context);
  },
};

// A map of package level stands in for an object's own, and is changed:
//
//	m := c.m; if m == nil { m = defaults }; m[k] = v; return &handler{m: m}
function reportDefaults(context: GoProgramContext): void {
  const initialised = variablesWithValue(context.package);
  for (const { function: function_, body, operation, container, taken, variable, kept } of changedDefaults(context.program)) {
    const file = context.file(function_.path);
    if (!file || function_.generated || !initialised.has(variable.name)) continue;
    const span = body.spanOf(container);
    context.report(function_.path, {
      message: { id: 'changed-default', arguments: { map: file.text.slice(span.start, span.end), default: variable.name } },
      span,
      subject: body.spanOf(operation),
      related: [related(function_.path, body.spanOf(taken), { id: 'taken', arguments: { default: variable.name } }), related(function_.path, body.spanOf(kept), { id: 'kept' })],
    });
  }
}

// A new object takes over a map that the lock of another one guards:
//
//	return &cache{entries: c.entries}      → entries: maps.Clone(c.entries)
function reportGuardedCopies(context: GoProgramContext): void {
  const places = new FunctionPlaces(context);
  for (const { function: function_, body, map, lock, change, look } of guardedCopiesIn(context.program)) {
    const file = context.file(function_.path);
    if (!file || !context.file(change.function.path) || !context.file(look.function.path)) continue;
    const span = body.spanOf(map);
    const text = file.text.slice(span.start, span.end);
    const version = file.libraryFloor?.version;
    const canClone = version !== undefined && version >= cloneVersion;
    context.report(function_.path, {
      message: { id: 'guarded-copy', arguments: { map: text, change: change.function.name, lock: lock.name } },
      span,
      related: [
        related(change.function.path, places.mentionOf(change.access), { id: 'change', arguments: { lock: lock.name } }),
        related(look.function.path, places.mentionOf(look.access), { id: 'guarded-look', arguments: { lock: lock.name } }),
      ],
      fixes: canClone ? [{ title: { id: 'fix-clone', arguments: { map: text } }, safe: false, caution: { id: 'caution-clone' }, edits: [{ start: span.start, end: span.end, newText: `maps.Clone(${text})` }], imports: ['maps'] }] : [],
    });
  }
}
