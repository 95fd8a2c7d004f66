// What the rules about locks say and change: names of locks, places in the text, statements that are put in or taken out.

import { lockSummariesOf } from '../analysis/concurrency/lock-state.ts';
import type { BodyLocks, LockSummaries } from '../analysis/concurrency/lock-state.ts';
import type { LockEvent } from '../analysis/concurrency/lock-events.ts';
import { printPath } from '../analysis/concurrency/lock-names.ts';
import type { SharedAccess } from '../analysis/concurrency/shared-accesses.ts';
import type { FunctionBody, Unit } from '../model/function-body.ts';
import { NONE, Op } from '../model/operations.ts';
import type { ProgramFunction } from '../model/program.ts';
import { lineEndOf } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';
import type { GoProgramContext } from './go-context.ts';
import type { Message, RelatedPlace } from './rule.ts';

/** A body of a program with the locks in it. */
export interface LockedBody {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly locks: BodyLocks;
  readonly summaries: LockSummaries;
  readonly text: string;
}

/** Every body of the package that people wrote, closures included, for which locks are known. */
export function* lockedBodiesOf(context: GoProgramContext): Generator<LockedBody> {
  const summaries = lockSummariesOf(context.program);
  for (const each of context.program.functions.values()) {
    const text = context.file(each.path)?.text;
    if (text === undefined || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      const locks = summaries.locksOf(body);
      if (locks) yield { function: each, body, locks, summaries, text };
    }
  }
}

/** The lock of an event as the source names it. */
export function nameOfLock({ body, text }: LockedBody, event: LockEvent): string {
  if (!event.through) {
    const receiver = body.list(event.operation)[0] ?? NONE;
    if (receiver !== NONE && body.start(receiver) >= 0) return text.slice(body.start(receiver), body.end(receiver));
  }
  return printPath(body, event.lock) ?? text.slice(body.start(event.operation), body.end(event.operation));
}

/** The 1-based line of an offset, for messages. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

export function related(path: string, span: Span, message: Message): RelatedPlace {
  return { path, span, message };
}

/** The text of the line of an offset before it, if that is only space; undefined otherwise. */
export function indentationAt(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  return before.trim() === '' ? before : undefined;
}

/** Puts a statement on a line of its own before another one; undefined if that does not begin its line. */
export function statementBefore(text: string, offset: number, statement: string): Edit | undefined {
  const indentation = indentationAt(text, offset);
  if (indentation === undefined) return undefined;
  return { start: offset, end: offset, newText: `${statement}${lineEndOf(text)}${indentation}` };
}

/** Puts a statement on the line after one that stands alone on its line. */
export function statementAfter(text: string, span: Span, statement: string): Edit | undefined {
  const indentation = indentationAt(text, span.start);
  if (indentation === undefined || !endsLine(text, span.end)) return undefined;
  return { start: span.end, end: span.end, newText: `${lineEndOf(text)}${indentation}${statement}` };
}

/** Takes out a statement with its line; undefined if something else stands on it. */
export function withoutLine(text: string, span: Span): Edit | undefined {
  if (indentationAt(text, span.start) === undefined || !endsLine(text, span.end)) return undefined;
  const next = text.indexOf('\n', span.end);
  return { start: text.lastIndexOf('\n', span.start - 1) + 1, end: next < 0 ? text.length : next + 1, newText: '' };
}

function endsLine(text: string, offset: number): boolean {
  const next = text.indexOf('\n', offset);
  return text.slice(offset, next < 0 ? text.length : next).trim() === '';
}

/** The call that releases what a `….Lock()` took; undefined if the source does not look like one. */
export function releaseOf(text: string, body: FunctionBody, lock: number): string | undefined {
  if (body.kind(lock) !== Op.Call) return undefined;
  const call = text.slice(body.start(lock), body.end(lock));
  if (call.endsWith('.RLock()')) return `${call.slice(0, -'RLock()'.length)}RUnlock()`;
  return call.endsWith('.Lock()') ? `${call.slice(0, -'Lock()'.length)}Unlock()` : undefined;
}

/** Where the functions of a package stand, for findings that speak of several. */
export class FunctionPlaces {
  private readonly byUnit = new Map<Unit, { readonly path: string; readonly name: string; readonly text: string }>();

  constructor(context: GoProgramContext) {
    for (const { body, path, name } of context.program.functions.values()) {
      const text = context.file(path)?.text;
      if (text !== undefined) this.byUnit.set(body.unit, { path, name, text });
    }
  }

  of(body: FunctionBody): { readonly path: string; readonly name: string; readonly text: string } | undefined {
    return this.byUnit.get(body.unit);
  }

  /** The place in the text where an access names its member. */
  mentionOf({ body, operation, mention }: SharedAccess): Span {
    const at = body.start(mention) >= 0 ? mention : operation;
    return body.spanOf(at);
  }

  /** The member as the source names it: `c.entries`; undefined for long expressions. */
  memberText(access: SharedAccess): string | undefined {
    const text = this.of(access.body)?.text;
    const { start, end } = this.mentionOf(access);
    const written = text?.slice(start, end);
    return written !== undefined && written.length <= 40 && !written.includes('\n') && written.endsWith(access.name) ? written : printPath(access.body, access.path);
  }
}
