// Points of an execution as places of the text, and the names that messages give them.

import type { Point } from '../analysis/concurrency/events.ts';
import type { Execution } from '../analysis/concurrency/execution.ts';
import type { Task } from '../analysis/concurrency/task.ts';
import { NONE, Op } from '../model/operations.ts';
import { LineIndex } from '../text/line-index.ts';
import { oneLine } from '../text/one-line.ts';
import type { Span } from '../text/span.ts';
import type { GoProgramContext } from './go-context.ts';
import type { RelatedPlace } from './rule.ts';

export interface Place {
  readonly path: string;
  readonly span: Span;
}

/** Where a point is; undefined for code outside the package. */
export function placeOf({ activation, operation }: Point, execution: Execution, context: GoProgramContext): Place | undefined {
  const path = execution.pathOf(activation);
  return path === undefined || !context.file(path) ? undefined : { path, span: activation.body.spanOf(operation) };
}

/** Where the first argument of a call is: the lock, the counter, the channel. */
export function subjectOf({ activation, operation }: Point, execution: Execution, context: GoProgramContext): Place | undefined {
  const { body } = activation;
  const kind = body.kind(operation);
  const subject = kind === Op.Call ? (body.list(operation)[0] ?? NONE) : kind === Op.Next ? body.a(body.a(operation)) : body.a(operation);
  return placeOf({ activation, operation: subject === NONE ? operation : subject }, execution, context);
}

const longestText = 40;

export function textAt({ path, span }: Place, context: GoProgramContext): string {
  return oneLine(context.file(path)?.text.slice(span.start, span.end) ?? '', longestText);
}

/** `file.go:12`. */
export function nameOf({ path, span }: Place, context: GoProgramContext): string {
  const line = new LineIndex(context.file(path)?.text ?? '').line(span.start) + 1;
  return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}

/** The go statements that make tasks run at the same time, for the message `start` of a rule. */
export function startsOf(tasks: readonly (Task | undefined)[], execution: Execution, context: GoProgramContext): readonly RelatedPlace[] {
  return tasks.flatMap((task) => {
    const place = task?.spawner && placeOf({ activation: task.spawner, operation: task.spawnOperation }, execution, context);
    return place ? [{ ...place, message: { id: 'start' } }] : [];
  });
}
