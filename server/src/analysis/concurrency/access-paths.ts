// Access paths of a unit: where a value or a place is, from a root on. Two mentions with equal keys name one place as long
// as nothing on the way was assigned in between; `loads` says what would have to stay as it is.
//
//   c.mu.Lock()       p0.0 * .mu             field mu of what parameter 0 points to
//   c.p.mu.Lock()     p0.0 * .p * .mu        loads the field p on the way
//   var mu sync.Mutex v4                     the variable itself, the same in all closures of the unit
//   s := shards[i]    o0.12 …                an object that operation 12 gave
//
// Paths are of one unit; those that start at parameters of its first body, or at variables of package level, can be put
// in terms of a caller.

import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import type { Values } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, VariableKind, isContainer } from '../../model/objects.ts';
import type { Field } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';

/** One step of a path: what a pointer points to, a field, an element. */
export interface Step {
  readonly kind: 'target' | 'field' | 'element';
  /** Equal for equal steps from one place. */
  readonly key: string;
  /** The front end's own object for the field. */
  readonly field: object | undefined;
  readonly name: string;
  /** Of the element that a loop is at: the value that it is in a body. It means nothing outside that body. */
  readonly visited?: { readonly body: number; readonly value: number };
}

/** What must not be assigned in between for two mentions to be one place: a field or variable by its origin; undefined if it cannot be told. */
export type Load = object | undefined;

/** Whose path it is: parameter `index` of body `body`, a variable, a variable of package level, what an operation gave. */
export interface Root {
  readonly kind: 'parameter' | 'variable' | 'global' | 'value';
  readonly body: number;
  readonly index: number;
  readonly name: string;
  readonly key: string;
}

export interface AccessPath {
  readonly root: Root;
  readonly steps: readonly Step[];
  readonly key: string;
  readonly loads: readonly Load[];
  /** The operations and joins (as value numbers) of `body` after which the path means another place. */
  readonly changes: readonly Change[];
}

/** A new run of an operation, or of the paths into a block, gives a part of the path another value. */
export interface Change {
  readonly body: number;
  readonly operation: number;
  readonly block: number;
}

/** A value: what is at a place, or the address of a place. */
interface Valued {
  readonly path: AccessPath;
  readonly isAddress: boolean;
}

/** The name of elements of arrays that are part of what holds them; others are reached through the container. */
export const inPlace = '[i]';

/** True if steps go through the element that a loop is at. */
export function isOfVisitedElement(steps: readonly Step[]): boolean {
  return steps.some((step) => step.visited !== undefined);
}

/** The value that a path is found from, if no place before it matters: what an operation gave, the element that a loop is at; and the steps from there. */
export function valueRootOf({ root, steps }: AccessPath): { readonly body: number; readonly value: number; readonly steps: readonly Step[] } | undefined {
  const last = steps.findLastIndex((step) => step.visited !== undefined);
  const visited = steps[last]?.visited;
  if (visited) return { ...visited, steps: steps.slice(last + 1) };
  return root.kind === 'value' ? { body: root.body, value: root.index, steps } : undefined;
}

/** Longer paths are not followed. */
const stepLimit = 10;

const fieldNumbers = new WeakMap<object, number>();
let fieldCount = 0;

function fieldNumber(origin: object): number {
  let number = fieldNumbers.get(origin);
  if (number === undefined) fieldNumbers.set(origin, (number = fieldCount++));
  return number;
}

export function fieldStep(field: Pick<Field, 'name' | 'origin'>): Step {
  return { kind: 'field', key: `.${field.name}${field.origin ? `#${fieldNumber(field.origin)}` : ''}`, field: field.origin, name: field.name };
}

/** True if a key of a path or of a root ends in a field or variable of package level with an origin. */
export function endsIn(key: string, origin: object): boolean {
  return key.endsWith(`#${fieldNumber(origin)}`);
}

export const targetStep: Step = { kind: 'target', key: '*', field: undefined, name: '' };

export function pathFrom(root: Root, steps: readonly Step[], loads: readonly Load[] = [], changes: readonly Change[] = []): AccessPath {
  return { root, steps, key: [root.key, ...steps.map((each) => each.key)].join(' '), loads, changes };
}

/** The path of a variable of package level. */
export function globalPath({ name, key, origin }: { readonly name: string; readonly key: string | undefined; readonly origin: object | undefined }): AccessPath {
  return pathFrom({ kind: 'global', body: NONE, index: NONE, name, key: `g:${key ?? ''}${origin ? `#${fieldNumber(origin)}` : ''}` }, []);
}

/** A path with more steps; undefined if it gets too long. */
export function extendedPath(path: AccessPath, steps: readonly Step[], loads: readonly Load[] = []): AccessPath | undefined {
  if (path.steps.length + steps.length > stepLimit) return undefined;
  return pathFrom(path.root, [...path.steps, ...steps], loads.length > 0 ? [...path.loads, ...loads] : path.loads, path.changes);
}

/** True if the first path is the second or leads on from it. */
export function startsWith(path: AccessPath, start: AccessPath): boolean {
  return path.root.key === start.root.key && path.steps.length >= start.steps.length && start.steps.every((each, index) => each.key === path.steps[index]!.key);
}

export class AccessPaths {
  private readonly values: Values;
  private readonly known = new Map<number, Valued | undefined>();

  constructor(readonly body: FunctionBody) {
    this.values = valuesOf(body);
  }

  /** The place that a pointer leads to: of `&c.mu` the field. */
  ofTarget(operation: number): AccessPath | undefined {
    const valued = this.valued(operation);
    return valued && this.target(valued, this.values.number(operation));
  }

  /** Where a value is: of a map read from `c.m` the field m. Undefined for addresses and values without a place. */
  ofValue(operation: number): AccessPath | undefined {
    const valued = this.valued(operation);
    return valued && !valued.isAddress ? valued.path : undefined;
  }

  /** A value as a path, with whether it is the address of it. */
  valued(operation: number): Valued | undefined {
    return operation === NONE ? undefined : this.ofNumber(this.values.number(operation));
  }

  /** The place that a Read, Write or AddressOf is about. */
  ofPlaceOf(operation: number): AccessPath | undefined {
    return this.ofPlace(this.body.a(operation));
  }

  /** The element of a container with a key. */
  ofElement(container: number, key: number): AccessPath | undefined {
    const of = this.ofValue(container);
    return of && this.element(of, this.values.number(key), key, '[]');
  }

  private ofPlace(place: number): AccessPath | undefined {
    const { body } = this;
    const a = body.placeA(place);
    switch (body.placeKind(place)) {
      case PlaceKind.Variable:
        return this.ofVariable(a);
      case PlaceKind.Target:
        return this.ofTarget(a);
      case PlaceKind.Element: {
        const container = this.valued(a);
        return container && !container.isAddress ? this.element(container.path, this.values.number(body.placeB(place)), body.placeB(place), '[]') : undefined;
      }
      case PlaceKind.Field: {
        const base = this.ofPlace(a);
        return base && extendedPath(base, [fieldStep(body.unit.fields[body.placeB(place)]!)]);
      }
      default: {
        const base = this.ofPlace(a);
        return base && this.element(base, this.values.number(body.placeB(place)), body.placeB(place), inPlace);
      }
    }
  }

  private ofVariable(index: number): AccessPath {
    const { kind, key, name, origin } = this.body.unit.variables[index]!;
    if (kind === VariableKind.Global) return globalPath({ name, key, origin });
    return pathFrom({ kind: 'variable', body: NONE, index, name, key: `v${index}` }, []);
  }

  private target({ path, isAddress }: Valued, number: number): AccessPath | undefined {
    if (isAddress) return path;
    const { table } = this.values;
    // What was loaded from memory may be another pointer at the next mention.
    const load = number !== NONE && table.kind(number) === ValueKind.Load ? [this.loaded(path)] : [];
    return extendedPath(path, [targetStep], load);
  }

  private loaded(path: AccessPath): Load {
    const last = path.steps.at(-1);
    if (!last) return path.root.kind === 'value' || path.root.kind === 'parameter' ? undefined : this.variableOrigin(path.root);
    return last.kind === 'field' ? last.field : undefined;
  }

  private variableOrigin({ kind, index, name }: Root): Load {
    if (kind === 'variable') return this.body.unit.variables[index]?.origin;
    return this.body.unit.variables.find((each) => each.kind === VariableKind.Global && each.name === name)?.origin;
  }

  private element(base: AccessPath, index: number, operation: number, name: string): AccessPath | undefined {
    const constant = this.values.constantNumber(index);
    const key = constant === undefined ? `[%${this.body.index}.${index}]` : `[${constant}]`;
    const extended = extendedPath(base, [{ kind: 'element', key, field: undefined, name }]);
    if (!extended || constant !== undefined || operation === NONE) return extended;
    return { ...extended, changes: [...extended.changes, ...changesOf(this.values, index)] };
  }

  private ofNumber(value: number): Valued | undefined {
    if (value === NONE) return undefined;
    if (this.known.has(value)) return this.known.get(value);
    this.known.set(value, undefined);
    const found = this.find(value);
    this.known.set(value, found);
    return found;
  }

  private find(value: number): Valued | undefined {
    const { table } = this.values;
    const a = table.a(value);
    switch (table.kind(value)) {
      case ValueKind.Operation:
        return this.given(value, a);
      case ValueKind.Load: {
        const path = this.ofAddress(a);
        return path && { path, isAddress: false };
      }
      case ValueKind.Captured:
        return this.captured(a);
      case ValueKind.Part: {
        const whole = this.ofNumber(a);
        const path = whole && !whole.isAddress ? extendedPath(whole.path, [fieldStep(this.body.unit.fields[table.b(value)]!)]) : undefined;
        return path && { path, isAddress: false };
      }
      case ValueKind.Pair:
        return this.ofNumber(a);
      case ValueKind.AddressOfVariable:
      case ValueKind.AddressOfElement:
      case ValueKind.AddressOfField:
      case ValueKind.AddressOfIndex: {
        const path = this.ofAddress(value);
        return path && { path, isAddress: true };
      }
      case ValueKind.Join:
      case ValueKind.Extract:
        return { path: this.own(value), isAddress: false };
      default:
        return undefined;
    }
  }

  private given(value: number, operation: number): Valued | undefined {
    const { body } = this;
    switch (body.kind(operation)) {
      case Op.Incoming: {
        const index = body.a(operation);
        const name = body.unit.variables[body.parameters[index]!]?.name ?? '';
        return { path: pathFrom({ kind: 'parameter', body: body.index, index, name, key: `p${body.index}.${index}` }, []), isAddress: false };
      }
      case Op.Read: {
        const path = this.ofPlaceOf(operation);
        return path && { path, isAddress: false };
      }
      case Op.IterationValue: {
        const path = this.iterated(value, operation);
        return path && { path, isAddress: false };
      }
      case Op.Call: {
        // Where the lock is that it reads.
        const lock = body.calleeOf(operation)?.role === Role.ReadLocker ? this.ofTarget(body.list(operation)[0] ?? NONE) : undefined;
        return lock ? { path: lock, isAddress: true } : { path: this.own(value), isAddress: false };
      }
      case Op.Narrow:
        return body.has(operation, 4) ? { path: this.own(value), isAddress: false } : this.valued(body.a(operation));
      default:
        return { path: this.own(value), isAddress: false };
    }
  }

  /** An element that a loop over a container comes to, if the container is found from a parameter or a variable of package level. */
  private iterated(value: number, operation: number): AccessPath | undefined {
    const { body } = this;
    const container = body.a(body.a(body.a(operation)));
    const from = container !== NONE && isContainer(body.shape(container)) ? this.valued(container) : undefined;
    if (!from || from.isAddress || (from.path.root.kind !== 'parameter' && from.path.root.kind !== 'global')) return this.own(value);
    const step: Step = { kind: 'element', key: `[~${body.index}.${value}]`, field: undefined, name: '[]', visited: { body: body.index, value } };
    const extended = extendedPath(from.path, [step]);
    return extended ? { ...extended, changes: [...extended.changes, ...changesOf(this.values, value)] } : this.own(value);
  }

  /** What has no place of its own: what a call gave, a joined value. */
  private own(value: number): AccessPath {
    const root: Root = { kind: 'value', body: this.body.index, index: value, name: '', key: `o${this.body.index}.${value}` };
    return pathFrom(root, [], [], changesOf(this.values, value));
  }

  /** What a captured variable held when the closure was made; if it was assigned once, that is what was assigned. */
  private captured(place: number): Valued | undefined {
    const { body } = this;
    const outer = this.ofPlace(place);
    if (!outer) return undefined;
    if (body.placeKind(place) !== PlaceKind.Variable) return { path: outer, isAddress: false };
    const variable = body.unit.variables[body.placeA(place)]!;
    const owner = body.unit.bodies[variable.owner];
    if (!owner || variable.writes !== 1 || owner === body) return { path: outer, isAddress: false };
    const write = onlyWrite(owner, body.placeA(place));
    if (write === NONE) return { path: outer, isAddress: false };
    const given = accessPathsOf(owner).valued(owner.b(write));
    return given ?? { path: outer, isAddress: false };
  }

  private ofAddress(address: number): AccessPath | undefined {
    const { table } = this.values;
    const a = table.a(address);
    switch (table.kind(address)) {
      case ValueKind.AddressOfVariable:
        return this.ofVariable(a);
      case ValueKind.AddressOfTarget: {
        const pointer = this.ofNumber(a);
        return pointer && this.target(pointer, a);
      }
      case ValueKind.AddressOfElement: {
        const container = this.ofNumber(a);
        return container && !container.isAddress ? this.element(container.path, table.b(address), table.b(address) === NONE ? NONE : 0, '[]') : undefined;
      }
      case ValueKind.AddressOfField: {
        const base = this.ofAddress(a);
        return base && extendedPath(base, [fieldStep(this.body.unit.fields[table.b(address)]!)]);
      }
      case ValueKind.AddressOfIndex: {
        const base = this.ofAddress(a);
        return base && this.element(base, table.b(address), table.b(address) === NONE ? NONE : 0, inPlace);
      }
      default: {
        const pointer = this.ofNumber(address);
        return pointer && this.target(pointer, address);
      }
    }
  }
}

const written = new BodyFacts<Map<number, number>>();

/** The only Write to a variable as a whole in its own body; NONE if there are several or none. */
function onlyWrite(body: FunctionBody, variable: number): number {
  let found = written.get(body);
  if (!found) {
    written.set(body, (found = new Map()));
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Write) continue;
      const place = body.a(operation);
      if (body.placeKind(place) !== PlaceKind.Variable) continue;
      found.set(body.placeA(place), found.has(body.placeA(place)) ? NONE : operation);
    }
  }
  return found.get(variable) ?? NONE;
}

/** What gives a value anew. Values computed from others change with those. */
export function changesOf(values: Values, value: number, depth = 0): readonly Change[] {
  if (value === NONE || depth > 8) return [];
  const { table, body } = values;
  const b = body.index;
  switch (table.kind(value)) {
    case ValueKind.Operation:
      return body.kind(table.a(value)) === Op.Incoming ? [] : [{ body: b, operation: table.a(value), block: NONE }];
    case ValueKind.Join:
      return [{ body: b, operation: NONE, block: table.a(value) }];
    case ValueKind.Load:
    case ValueKind.Presence:
    case ValueKind.Pair: {
      const origin = values.origin(value);
      return origin === NONE ? [] : [{ body: b, operation: origin, block: NONE }];
    }
    case ValueKind.Part:
    case ValueKind.Extract:
    case ValueKind.Convert:
    case ValueKind.Length:
      return changesOf(values, table.a(value), depth + 1);
    case ValueKind.ArrayElement:
      return [...changesOf(values, table.a(value), depth + 1), ...changesOf(values, table.b(value), depth + 1)];
    case ValueKind.Compute:
      return [...changesOf(values, table.b(value), depth + 1), ...changesOf(values, table.c(value), depth + 1)];
    default:
      return [];
  }
}

const known = new BodyFacts<AccessPaths>();

export function accessPathsOf(body: FunctionBody): AccessPaths {
  let paths = known.get(body);
  if (!paths) known.set(body, (paths = new AccessPaths(body)));
  return paths;
}
