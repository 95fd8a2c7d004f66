// An object is used after it was given back to its pool, where another goroutine may have it already:
//
//	pool.Put(m)             defer pool.Put(buf)
//	m["k"] = 1              return buf.Bytes()
//
// or while another function, which shares it in a container, goes on using it.

import { pooledElsewhere } from '../../analysis/concurrency/pooled-elsewhere.ts';
import { usedAfterPut } from '../../analysis/pools.ts';
import { lineAt, related } from '../lock-places.ts';
import { poolWords } from '../go-pools.ts';
import type { GoDetector } from '../go-context.ts';

export const detectGo: GoDetector = {
  program(context) {
    for (const { function: function_, body, put, operation, kind } of usedAfterPut(context.program, poolWords)) {
      const file = context.file(function_.path);
      if (!file || function_.generated) continue;
      const given = body.list(put)[1] ?? put;
      context.report(function_.path, {
        message: { id: kind, arguments: { line: lineAt(file.text, body.start(put)) } },
        span: kind === 'returned' ? { start: body.start(operation), end: Math.min(body.end(operation), body.start(operation) + 'return'.length) } : body.spanOf(operation),
        related: [related(function_.path, body.spanOf(given), { id: 'put' })],
      });
    }
    for (const { put, shared, use } of pooledElsewhere(context.program, poolWords.isPut)) {
      const { name, path } = use.function;
      const file = context.file(path);
      if (!file || !context.file(put.function.path)) continue;
      context.report(put.function.path, {
        message: { id: 'elsewhere', arguments: { function: name, line: lineAt(file.text, use.body.start(use.operation)) } },
        span: put.body.spanOf(put.operation),
        related: [related(path, shared.body.spanOf(shared.operation), { id: 'shared', arguments: { function: name } }), related(path, use.body.spanOf(use.operation), { id: 'use', arguments: { function: name } })],
      });
    }
  },
};
