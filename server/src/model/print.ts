// Bodies as text, for tests and for people who look for the reason of a finding. One line per operation.

import type { FunctionBody } from './function-body.ts';
import { End } from './function-body.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from './operations.ts';

const names: Readonly<Record<Op, string>> = {
  [Op.None]: 'none',
  [Op.Incoming]: 'incoming',
  [Op.Zero]: 'zero',
  [Op.Constant]: 'constant',
  [Op.Closure]: 'closure',
  [Op.FunctionValue]: 'function',
  [Op.Make]: 'make',
  [Op.Aggregate]: 'aggregate',
  [Op.Allocate]: 'allocate',
  [Op.AddressOf]: 'address',
  [Op.Extract]: 'extract',
  [Op.Narrow]: 'narrow',
  [Op.Convert]: 'convert',
  [Op.Compute]: 'compute',
  [Op.Read]: 'read',
  [Op.Write]: 'write',
  [Op.Length]: 'length',
  [Op.Capacity]: 'capacity',
  [Op.Append]: 'append',
  [Op.Slice]: 'slice',
  [Op.CopyElements]: 'copy',
  [Op.Delete]: 'delete',
  [Op.Clear]: 'clear',
  [Op.Iterate]: 'iterate',
  [Op.Next]: 'next',
  [Op.IterationKey]: 'key',
  [Op.IterationValue]: 'element',
  [Op.Call]: 'call',
  [Op.Send]: 'send',
  [Op.Receive]: 'receive',
  [Op.Close]: 'close',
  [Op.Panic]: 'panic',
  [Op.Return]: 'return',
  [Op.RunDefers]: 'run-defers',
  [Op.Suspend]: 'suspend',
  [Op.Opaque]: 'opaque',
};

const operators: Readonly<Record<Operator, string>> = {
  [Operator.Equal]: '==',
  [Operator.NotEqual]: '!=',
  [Operator.Less]: '<',
  [Operator.LessOrEqual]: '<=',
  [Operator.Greater]: '>',
  [Operator.GreaterOrEqual]: '>=',
  [Operator.Not]: '!',
  [Operator.Add]: '+',
  [Operator.Subtract]: '-',
  [Operator.Multiply]: '*',
  [Operator.Divide]: '/',
  [Operator.Remainder]: '%',
  [Operator.And]: '&',
  [Operator.Or]: '|',
  [Operator.Xor]: '^',
  [Operator.AndNot]: '&^',
  [Operator.ShiftLeft]: '<<',
  [Operator.ShiftRight]: '>>',
  [Operator.Negate]: 'negate',
  [Operator.Complement]: 'complement',
  [Operator.IsOfType]: 'is-of-type',
  [Operator.Other]: 'other',
};

const flagNames: readonly (readonly [Flag, string])[] = [
  [Flag.Define, 'define'],
  [Flag.Update, 'update'],
  [Flag.CommaOk, 'ok'],
  [Flag.Deferred, 'deferred'],
  [Flag.Spawned, 'spawned'],
  [Flag.Spread, 'spread'],
  [Flag.Chosen, 'chosen'],
  [Flag.Implicit, 'implicit'],
];

/** A place as a path: `c`, `*%3.entries`, `%4[%5]`, where %n is the value of operation n. */
export function printPlace(body: FunctionBody, place: number): string {
  const a = body.placeA(place);
  const b = body.placeB(place);
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return body.unit.variables[a]!.name || `t${a}`;
    case PlaceKind.Target:
      return `*${printValue(a)}`;
    case PlaceKind.Element:
      return `${printValue(a)}[${printValue(b)}]`;
    case PlaceKind.Field:
      return `${printPlace(body, a)}.${body.unit.fields[b]!.name}`;
    default:
      return `${printPlace(body, a)}[${printValue(b)}]`;
  }
}

function printValue(value: number): string {
  return value === NONE ? '_' : `%${value}`;
}

export function printOperation(body: FunctionBody, operation: number): string {
  const kind = body.kind(operation);
  const words = [`%${operation}`, names[kind], ...operandsOf(body, operation)];
  for (const [flag, name] of flagNames) if (body.has(operation, flag)) words.push(`!${name}`);
  return words.join(' ');
}

function operandsOf(body: FunctionBody, operation: number): string[] {
  const a = body.a(operation);
  const b = body.b(operation);
  const list = body.hasList(operation) ? [`(${[...body.list(operation)].map(printValue).join(' ')})`] : [];
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.AddressOf:
      return [printPlace(body, a)];
    case Op.Write:
      return [printPlace(body, a), printValue(b)];
    case Op.Constant:
      return [String(body.constantOf(operation))];
    case Op.Incoming:
    case Op.Closure:
      return [String(a)];
    case Op.Extract:
      return [printValue(a), String(b)];
    case Op.Compute:
      return [operators[body.c(operation) as Operator], printValue(a), ...(b >= 0 ? [printValue(b)] : [])];
    case Op.Call:
    case Op.FunctionValue:
      return [body.calleeOf(operation)?.name ?? '', ...(b >= 0 ? [printValue(b)] : []), ...list];
    case Op.Aggregate:
      return [`(${printParts(body, operation)})`];
    default:
      return [...[a, b].filter((value) => value >= 0).map(printValue), ...list];
  }
}

function printParts(body: FunctionBody, aggregate: number): string {
  const list = body.list(aggregate);
  const parts: string[] = [];
  for (let i = 0; i < list.length; i += 2) parts.push(`${body.partName(aggregate, list[i]!)}:${printValue(list[i + 1]!)}`);
  return parts.join(' ');
}

function printEnd(body: FunctionBody, block: number): string {
  const successors = [...body.successors(block)].map((each) => `b${each}`).join(' ');
  switch (body.endOf(block)) {
    case End.Jump:
      return `→ ${successors}`;
    case End.Branch:
      return `if ${printValue(body.condition(block))} → ${successors}`;
    case End.Choose:
      return `choose${body.condition(block) ? ' now' : ''} → ${successors}`;
    case End.Return:
      return 'end: return';
    case End.Panic:
      return 'end: panic';
    case End.Exit:
      return 'end: exit';
    default:
      return 'end: stuck';
  }
}

/** The whole body; blocks that were never filled are left out. */
export function printBody(body: FunctionBody): string {
  const lines: string[] = [];
  for (let block = 0; block < body.blockCount; block++) {
    const loop = body.loopOf(block);
    lines.push(`b${block}:${loop >= 0 ? ` loop ${loop}` : ''}`);
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) lines.push(`  ${printOperation(body, operation)}`);
    lines.push(`  ${printEnd(body, block)}`);
  }
  return lines.join('\n');
}
