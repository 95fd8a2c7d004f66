// Finding operations by where they stand in the text.

import type { Span } from '../text/span.ts';
import type { FunctionBody } from './function-body.ts';
import type { Op } from './operations.ts';

/** The operations of a kind whose text lies in a span, in order. */
export function operationsIn(body: FunctionBody, kind: Op, span: Span): readonly number[] {
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === kind && span.start <= body.start(operation) && body.end(operation) <= span.end) found.push(operation);
  }
  return found;
}
