// A map goes back into a pool with its entries, and the next one who takes it looks at all of them:
//
//	m := pool.Get().(map[string]int)
//	m[k] = v
//	for k := range m { … }        ← also the entries of an earlier user
//	pool.Put(m)                   →  clear(m); pool.Put(m)

import { unclearedPools } from '../../analysis/pools.ts';
import { builtinIsVisible } from '../../go/expressions.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { isExported } from '../../go/types/objects.ts';
import { Flag } from '../../model/operations.ts';
import { lineAt, related, statementBefore } from '../lock-places.ts';
import { poolWords } from '../go-pools.ts';
import type { GoDetector } from '../go-context.ts';

const clearVersion = 21;

export const detectGo: GoDetector = {
  program(context) {
    for (const { function: function_, body, operation, seen, field } of unclearedPools(context.program, poolWords)) {
      // Code of other packages may clear what it sees.
      if (field !== undefined && isExported(field)) continue;
      const file = context.file(function_.path);
      const other = context.file(seen.function.path);
      if (!file || !other || function_.generated) continue;
      const given = body.list(operation)[1]!;
      const text = file.text.slice(body.start(given), body.end(given));
      const map = field === undefined ? mapExpressionAt(file, body.spanOf(given), context.package.path, context.info)?.text : `${text}.${field}`;
      const version = file.languageVersion?.version;
      const mayClear = map && version !== undefined && version >= clearVersion && !body.has(operation, Flag.Deferred) && builtinIsVisible('clear', file.syntax, body.start(operation), context.info);
      const edit = mayClear ? statementBefore(file.text, body.start(operation), `clear(${map})`) : undefined;
      context.report(function_.path, {
        message: { id: 'uncleared', arguments: { map: field === undefined ? text : `${text}.${field}`, line: lineAt(other.text, seen.body.start(seen.operation)) } },
        span: body.spanOf(given),
        related: [related(seen.function.path, seen.body.spanOf(seen.operation), { id: 'seen' })],
        fixes: edit ? [{ title: { id: 'fix', arguments: { replacement: `clear(${map!})` } }, safe: false, caution: { id: 'caution' }, edits: [edit] }] : [],
      });
    }
  },
};
