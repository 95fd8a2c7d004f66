// Tests whose subtests go on after the test function has returned: a subtest that calls Parallel stops there, and goes on when
// the function around it, its deferred calls included, is done.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import type { EndingWords } from '../endings.ts';
import { writtenPath } from '../paths-written.ts';
import { Walk, walkForward } from '../walk.ts';

export interface EarlyEnd {
  readonly function: ProgramFunction;
  /** The test's body, and the call in it that ends something: deferred, or after the subtests were started. */
  readonly body: FunctionBody;
  readonly end: number;
  readonly kind: 'clear' | 'close';
  readonly deferred: boolean;
  /** What is ended, as an operation of the body that ends it. */
  readonly subject: { readonly body: FunctionBody; readonly operation: number };
  /** The call that starts the subtest. */
  readonly run: number;
  readonly subtest: FunctionBody;
  readonly parallel: number;
  /** Where the subtest uses what was ended. */
  readonly use: { readonly body: FunctionBody; readonly operation: number };
}

export function earlyEndsIn(program: Program, words: Pick<EndingWords, 'isCloser'>): readonly EarlyEnd[] {
  const found: EarlyEnd[] = [];
  for (const each of program.functions.values()) {
    if (!each.isTest || !each.body.unit.callees.some(({ role }) => role === Role.OverlapsSiblings)) continue;
    for (const body of each.body.unit.bodies) if (!body.incomplete) found.push(...earlyEndsOf(each, body, words));
  }
  return found;
}

function earlyEndsOf(function_: ProgramFunction, body: FunctionBody, words: Pick<EndingWords, 'isCloser'>): readonly EarlyEnd[] {
  const found: EarlyEnd[] = [];
  for (let end = 0; end < body.operationCount; end++) {
    const deferred = body.kind(end) === Op.Call && body.has(end, Flag.Deferred);
    for (const { kind, subject } of endedBy(body, end, words)) {
      const path = writtenPath(subject.body, subject.operation);
      const early = path === undefined ? undefined : startedBefore(function_, body, end, deferred, path);
      if (!early) continue;
      found.push({ function: function_, body, end, kind, deferred, subject, ...early });
      break;
    }
  }
  return found;
}

/** What an operation clears or closes, itself or, if it is deferred, in the closure it runs. */
function endedBy(body: FunctionBody, operation: number, words: Pick<EndingWords, 'isCloser'>): readonly Pick<EarlyEnd, 'kind' | 'subject'>[] {
  const own = directlyEnded(body, operation, words);
  if (own) return [{ kind: own.kind, subject: { body, operation: own.operation } }];
  const closure = body.kind(operation) === Op.Call && body.has(operation, Flag.Deferred) && body.calleeOf(operation) === undefined ? body.b(operation) : NONE;
  if (closure === NONE || body.kind(closure) !== Op.Closure) return [];
  const inner = body.unit.bodies[body.a(closure)]!;
  const found: Pick<EarlyEnd, 'kind' | 'subject'>[] = [];
  for (let at = 0; at < inner.operationCount; at++) {
    const ended = directlyEnded(inner, at, words);
    if (ended) found.push({ kind: ended.kind, subject: { body: inner, operation: ended.operation } });
  }
  return found;
}

function directlyEnded(body: FunctionBody, operation: number, words: Pick<EndingWords, 'isCloser'>): { readonly kind: 'clear' | 'close'; readonly operation: number } | undefined {
  switch (body.kind(operation)) {
    case Op.Clear:
      return { kind: 'clear', operation: body.a(operation) };
    case Op.Close:
      return { kind: 'close', operation: body.a(operation) };
    case Op.Call: {
      const callee = body.calleeOf(operation);
      const [first = NONE] = body.list(operation);
      if (!callee || body.has(operation, Flag.Spawned)) return undefined;
      if (callee.role === Role.Clears) return { kind: 'clear', operation: first };
      if (callee.role === Role.Closes) return { kind: 'close', operation: first };
      return words.isCloser(callee) ? { kind: 'close', operation: first } : undefined;
    }
    default:
      return undefined;
  }
}

/** A subtest, started before the end in the same body, that uses what is ended after it called Parallel. */
function startedBefore(function_: ProgramFunction, body: FunctionBody, end: number, deferred: boolean, path: string): Pick<EarlyEnd, 'run' | 'subtest' | 'parallel' | 'use'> | undefined {
  for (let run = 0; run < body.operationCount; run++) {
    const subtest = subtestOf(body, run);
    const parallel = subtest && parallelIn(subtest);
    if (!subtest || parallel === undefined) continue;
    const follows = deferred || walkForward(body, run, (operation) => (operation === end ? Walk.Found : Walk.On)) === true;
    const use = follows ? useAfter(subtest, parallel, path) : undefined;
    if (use) return { run, subtest, parallel, use };
  }
  return undefined;
}

function subtestOf(body: FunctionBody, call: number): FunctionBody | undefined {
  if (body.kind(call) !== Op.Call) return undefined;
  const run = body.calleeOf(call)?.runs.find(({ when, times }) => when === 'now-elsewhere' && times === 'once');
  const closure = run ? (body.list(call)[run.argument] ?? NONE) : NONE;
  return closure !== NONE && body.kind(closure) === Op.Closure ? body.unit.bodies[body.a(closure)] : undefined;
}

function parallelIn(subtest: FunctionBody): number | undefined {
  for (let call = 0; call < subtest.operationCount; call++) {
    if (subtest.kind(call) === Op.Call && subtest.calleeOf(call)?.role === Role.OverlapsSiblings) return call;
  }
  return undefined;
}

function useAfter(subtest: FunctionBody, parallel: number, path: string): EarlyEnd['use'] | undefined {
  let found: EarlyEnd['use'] | undefined;
  walkForward(subtest, parallel, (operation) => {
    if (isUse(subtest, operation, path)) found = { body: subtest, operation };
    else if (subtest.kind(operation) === Op.Closure) found = useIn(subtest.unit.bodies[subtest.a(operation)]!, path);
    return found ? Walk.Found : Walk.On;
  });
  return found;
}

function useIn(closure: FunctionBody, path: string): EarlyEnd['use'] | undefined {
  for (let operation = 0; operation < closure.operationCount; operation++) if (isUse(closure, operation, path)) return { body: closure, operation };
  return undefined;
}

function isUse(body: FunctionBody, operation: number, path: string): boolean {
  return body.kind(operation) === Op.Read && writtenPath(body, operation) === path;
}
