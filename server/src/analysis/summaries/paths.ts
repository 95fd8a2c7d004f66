// From value numbers to paths: what a value is, seen from the caller.

import type { FunctionBody } from '../../model/function-body.ts';
import { VariableKind } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import type { Values } from '../values.ts';

/** Paths with more steps end in `~`. */
const stepLimit = 6;
/** A value that may be more objects than this is none that can be named. */
const alternativeLimit = 4;

const nowhere: readonly string[] = [];

/** What a call gives: the path of one of its results, in the caller's terms; undefined if it is none. */
export type ResultPath = (call: number, result: number) => string | undefined;

/** A path with a step more. The address of a place, followed, is the place. */
export function step(path: string, next: '*' | '[]' | `.${string}`): string {
  if (path.endsWith('~')) return path;
  if (path.endsWith('&')) return next === '*' ? path.slice(0, -1) : path;
  return stepsOf(path) >= stepLimit ? `${path}~` : path + next;
}

function stepsOf(path: string): number {
  let count = 0;
  for (let i = rootLength(path); i < path.length; i++) {
    const c = path.charCodeAt(i);
    if (c === 42 || c === 46 || c === 91) count++;
  }
  return count;
}

/** Names of packages contain dots, so steps are counted after the root. */
function rootLength(path: string): number {
  if (!path.startsWith('g:')) return 0;
  const end = path.indexOf('|');
  return end < 0 ? path.length : end;
}

/** The path of a variable of package level. */
export function globalPath(key: string): string {
  return `g:${key}|`;
}

/** The key of the variable of package level that a path starts at. */
export function globalKey(path: string): string {
  return path.slice(2, rootLength(path));
}

/** The steps of a path from its root; undefined if it is longer than paths are, or an address. */
export function stepsIn(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  const { steps: text } = path.startsWith('g:') ? { steps: path.slice(rootLength(path) + 1) } : partsOf(path);
  for (let i = 0; i < text.length; ) {
    const c = text.charAt(i);
    if (c === '~' || c === '&') return undefined;
    const next = c === '.' ? text.slice(i, fieldEnd(text, i + 1)) : c === '[' ? '[]' : '*';
    steps.push(next);
    i += next.length;
  }
  return steps;
}

/** The paths of the values and places of one body. */
export class Paths {
  private readonly values: Values;
  private readonly known = new Map<number, readonly string[]>();

  constructor(readonly body: FunctionBody, private readonly resultPath: ResultPath) {
    this.values = valuesOf(body);
  }

  /** The paths of the value of an operation: none if it is new, a number, or not known. */
  ofOperation(operation: number): readonly string[] {
    return operation === NONE ? nowhere : this.ofValue(this.values.number(operation));
  }

  /** The paths of the place that an operation reads or writes. */
  ofPlaceOf(operation: number): readonly string[] {
    return this.ofValue(this.values.addressAt(operation)).map((each) => (each.endsWith('&') ? each.slice(0, -1) : each));
  }

  ofValue(value: number): readonly string[] {
    if (value === NONE) return nowhere;
    const before = this.known.get(value);
    if (before) return before;
    this.known.set(value, nowhere);
    const alternatives = this.values.alternatives(value);
    const found = new Set<string>();
    for (const each of alternatives ?? []) for (const path of this.ofSingle(each)) found.add(path);
    const result = found.size > alternativeLimit ? nowhere : [...found];
    this.known.set(value, result);
    return result;
  }

  private ofSingle(value: number): readonly string[] {
    const { table } = this.values;
    const a = table.a(value);
    switch (table.kind(value)) {
      case ValueKind.Operation:
        return this.ofGiven(a);
      case ValueKind.Load:
        return this.ofAddress(a);
      case ValueKind.Captured:
        return this.ofCaptured(a);
      case ValueKind.Part:
        return this.extended(this.ofValue(a), `.${this.fieldName(table.b(value))}`);
      case ValueKind.ArrayElement:
        return this.extended(this.ofValue(a), '[]');
      case ValueKind.Pair:
        return this.ofValue(a);
      case ValueKind.Extract:
        return this.ofPart(a, table.b(value));
      case ValueKind.AddressOfVariable:
      case ValueKind.AddressOfTarget:
      case ValueKind.AddressOfElement:
      case ValueKind.AddressOfField:
      case ValueKind.AddressOfIndex:
        return this.ofAddress(value).map((path) => `${path}&`);
      default:
        return nowhere;
    }
  }

  /** The value that one operation gave. */
  private ofGiven(operation: number): readonly string[] {
    switch (this.body.kind(operation)) {
      case Op.Incoming:
        return [`p${this.body.a(operation)}`];
      case Op.Read:
        return this.ofPlaceOf(operation);
      case Op.Call:
        return this.ofResult(operation, 0);
      case Op.Slice:
      case Op.Append:
        return this.ofOperation(this.body.a(operation));
      case Op.IterationValue: {
        const iterate = this.body.a(this.body.a(operation));
        return this.extended(this.ofOperation(this.body.a(iterate)), '[]');
      }
      default:
        return nowhere;
    }
  }

  private ofPart(tuple: number, index: number): readonly string[] {
    const operation = this.values.operationOf(tuple);
    if (operation === NONE) return nowhere;
    if (this.body.kind(operation) === Op.Call) return this.ofResult(operation, index);
    return index === 0 && this.body.kind(operation) === Op.Narrow ? this.ofOperation(this.body.a(operation)) : nowhere;
  }

  private ofResult(call: number, index: number): readonly string[] {
    const path = this.resultPath(call, index);
    return path === undefined ? nowhere : [path];
  }

  private ofCaptured(place: number): readonly string[] {
    const { body } = this;
    const names: string[] = [];
    let at = place;
    for (; body.placeKind(at) !== 0; at = body.placeA(at)) names.unshift(this.fieldName(body.placeB(at)));
    if (!isCaptured(body, body.placeA(at))) return nowhere;
    return [names.reduce((path, name) => step(path, `.${name}`), `c${body.placeA(at)}`)];
  }

  /** The path of the place with an address. */
  private ofAddress(address: number): readonly string[] {
    const { table } = this.values;
    const a = table.a(address);
    switch (table.kind(address)) {
      case ValueKind.AddressOfVariable:
        return this.ofVariable(a);
      case ValueKind.AddressOfTarget:
        return this.extended(this.ofValue(a), '*');
      case ValueKind.AddressOfElement:
        return this.extended(this.ofValue(a), '[]');
      case ValueKind.AddressOfField:
        return this.extended(this.ofAddress(a), `.${this.fieldName(table.b(address))}`);
      case ValueKind.AddressOfIndex:
        return this.extended(this.ofAddress(a), '[]');
      default:
        // The address of a place that a pointer from elsewhere leads to.
        return this.extended(this.ofValue(address), '*');
    }
  }

  private ofVariable(index: number): readonly string[] {
    const variable = this.body.unit.variables[index]!;
    if (variable.kind === VariableKind.Global) return variable.key === undefined ? nowhere : [globalPath(variable.key)];
    return isCaptured(this.body, index) ? [`c${index}`] : nowhere;
  }

  private fieldName(field: number): string {
    return this.body.unit.fields[field]!.name;
  }

  private extended(paths: readonly string[], next: '*' | '[]' | `.${string}`): readonly string[] {
    return paths.length === 0 ? nowhere : paths.map((path) => step(path, next));
  }
}

/** True for a variable of a function around the body, in the same unit. */
export function isCaptured(body: FunctionBody, variable: number): boolean {
  const { owner } = body.unit.variables[variable]!;
  return owner >= 0 && owner !== body.index;
}

/** A path taken apart: whose it is, and the steps from there. */
export interface PathParts {
  /** `p`: argument `index`; `c`: captured variable `index`; `g`: neither, and the same for every caller. */
  readonly root: 'p' | 'c' | 'g';
  readonly index: number;
  readonly steps: string;
  readonly stepCount: number;
}

export function partsOf(path: string): PathParts {
  const root = path.charAt(0);
  if (root !== 'p' && root !== 'c') return { root: 'g', index: NONE, steps: '', stepCount: 0 };
  let end = 1;
  while (end < path.length && path.charCodeAt(end) >= 48 && path.charCodeAt(end) <= 57) end++;
  return { root, index: Number(path.slice(1, end)), steps: path.slice(end), stepCount: stepsOf(path) };
}

/** A path of the caller followed by the steps of a callee's path. */
export function placedAt(base: string, parts: PathParts): string {
  if (parts.steps === '') return base;
  return isPlain(base) && stepsOf(base) + parts.stepCount <= stepLimit ? base + parts.steps : appended(base, parts.steps);
}

/**
 * A callee's path in the terms of the caller.
 * @param bases the paths of an argument or captured variable in the caller
 */
export function translated(path: string, parts: PathParts, bases: (root: 'p' | 'c', index: number) => readonly string[]): readonly string[] {
  if (parts.root === 'g') return [path];
  return bases(parts.root, parts.index).map((base) => placedAt(base, parts));
}

/** True if steps can be added to a path as text. */
function isPlain(path: string): boolean {
  const last = path.charCodeAt(path.length - 1);
  return last !== 38 && last !== 126;
}

/** True if the steps of a path follow a pointer or go into a container; else it is a variable or a field stored in it. */
export function leadsOutside({ steps }: PathParts): boolean {
  return steps.includes('*') || steps.includes('[') || steps.includes('~');
}

/** A path followed by the steps of another. */
export function appended(base: string, steps: string): string {
  let path = base;
  for (let i = 0; i < steps.length; ) {
    const c = steps.charAt(i);
    if (c === '~') return path.endsWith('~') ? path : `${path}~`;
    if (c === '&') return `${path}&`;
    const next = c === '.' ? steps.slice(i, fieldEnd(steps, i + 1)) : c === '[' ? '[]' : '*';
    path = step(path, next as '*' | '[]' | `.${string}`);
    i += next.length;
  }
  return path;
}

function fieldEnd(steps: string, from: number): number {
  let end = from;
  while (end < steps.length && !'.*[~&'.includes(steps.charAt(end))) end++;
  return end;
}
