// A struct is copied to be an object of its own, and its map is changed: the original has the same map.
//
//	d := *c
//	d.name = name
//	d.labels[key] = value      ← c.labels too
//	return &d

import { changesOfCopies } from '../../analysis/record-copies.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { lineAt, related, statementAfter } from '../lock-places.ts';
import type { GoDetector } from '../go-context.ts';

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
  },
};
