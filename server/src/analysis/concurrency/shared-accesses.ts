// The accesses of fields and package variables in a body: which memory, how, and whether others can reach it.

import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf, keyOf } from '../../model/accesses.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, isContainer } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { accessPathsOf, inPlace, pathFrom } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';

export type AccessMode =
  | 'read'
  /** Another value is put in its place. */
  | 'assign'
  /** The elements are looked at. */
  | 'look'
  /** The elements are changed in place. */
  | 'mutate';

export interface SharedAccess {
  readonly body: FunctionBody;
  readonly operation: number;
  /** Up to the field or variable: without the element. */
  readonly path: AccessPath;
  /** Tells fields of types, and variables of package level, apart. */
  readonly member: string;
  readonly name: string;
  readonly shape: Shape;
  readonly mode: AccessMode;
  /** The operation that reads the member: equal for what one mention of it in the source does. */
  readonly mention: number;
  /** Of a record: the part of it that is accessed; undefined for the whole, and for what is no record. */
  readonly part?: string;
}

export function isWriting(access: SharedAccess): boolean {
  return access.mode === 'assign' || access.mode === 'mutate';
}

/** The accesses of a body to fields of objects that it did not make, and to variables of package level. */
export function sharedAccessesIn(body: FunctionBody): readonly SharedAccess[] {
  let found = known.get(body);
  if (!found) known.set(body, (found = collect(body)));
  return found;
}

const known = new BodyFacts<readonly SharedAccess[]>();

function collect(body: FunctionBody): readonly SharedAccess[] {
  const found: SharedAccess[] = [];
  if (body.incomplete) return found;
  const paths = accessPathsOf(body);
  for (const block of graphOf(body).order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      const container = listOf(body, containerOf(body, operation));
      const path = container === NONE ? undefined : paths.ofValue(container);
      if (path) add(found, body, operation, path, body.shape(container), elementMode(body, operation), container);
      const kind = body.kind(operation);
      if (kind === Op.Call) addObject(found, body, operation);
      if (kind !== Op.Read && kind !== Op.Write) continue;
      const place = body.a(operation);
      if (body.placeKind(body.rootOf(place)) === PlaceKind.Element && !leavesElement(body, place)) continue;
      const of = paths.ofPlaceOf(operation);
      if (of) add(found, body, operation, of, body.accessedShape(operation), kind === Op.Read ? 'read' : 'assign');
    }
  }
  return found;
}

/** A method that looks at, or changes, an object that a field holds or points to. */
function addObject(found: SharedAccess[], body: FunctionBody, call: number): void {
  const role = body.calleeOf(call)?.role;
  if ((role !== Role.Observes && role !== Role.Changes) || body.flags(call) & (Flag.Spawned | Flag.Deferred)) return;
  const [object = NONE] = body.list(call);
  if (object === NONE) return;
  const paths = accessPathsOf(body);
  const isInPlace = body.kind(object) === Op.AddressOf;
  const path = isInPlace ? paths.ofPlaceOf(object) : paths.ofValue(object);
  if (path) add(found, body, call, path, body.shape(object), role === Role.Changes ? 'mutate' : 'look', object);
}

/** True for a field of an element; elements as a whole are accesses of their container. */
function leavesElement(body: FunctionBody, place: number): boolean {
  return body.placeKind(place) === PlaceKind.Field && body.placeKind(body.placeA(place)) !== PlaceKind.Element;
}

/** The list that a list shares its elements with because it is a part of it: of `c.list[:i]` what `c.list` is; other containers as they are. */
function listOf(body: FunctionBody, container: number): number {
  let at = container;
  for (let depth = 0; at !== NONE && depth < 4; depth++) {
    const given = body.kind(at) === Op.Slice ? at : valuesOf(body).operationOf(valuesOf(body).number(at));
    if (given === NONE || body.kind(given) !== Op.Slice || body.shape(body.a(given)) !== Shape.List) break;
    at = body.a(given);
  }
  return at;
}

// Records in fields. -----------------------------------------------------------------------------------------------------------

const knownRecords = new WeakMap<FunctionBody, readonly SharedAccess[]>();

/**
 * The accesses of a body to records that are stored in place, in fields or variables of package level, as a whole and in part:
 * `n.config = c` and `n.config.limit` are both of `n.config`. A part is read unless it is itself assigned.
 */
export function recordAccessesIn(body: FunctionBody): readonly SharedAccess[] {
  let found = knownRecords.get(body);
  if (!found) knownRecords.set(body, (found = sharedAccessesIn(body).flatMap((each) => (each.shape === Shape.Record ? [each, ...recordsAround(each)] : recordsAround(each)))));
  return found;
}

function recordsAround(access: SharedAccess): readonly SharedAccess[] {
  const found: SharedAccess[] = [];
  const { root, steps, loads, changes } = access.path;
  const isWrite = access.mode === 'assign' || (access.mode === 'mutate' && access.shape === Shape.Array);
  for (let length = steps.length - 1; length >= 0 && steps[length]!.kind === 'field'; length--) {
    const last = steps[length - 1];
    if (last ? last.kind !== 'field' : root.kind !== 'global') break;
    const part = steps.slice(length).map((step) => step.key).join(' ');
    found.push({ ...access, path: pathFrom(root, steps.slice(0, length), loads, changes), member: last ? last.key : root.key, name: last ? last.name : root.name, shape: Shape.Record, mode: isWrite ? 'assign' : 'read', part });
  }
  return found;
}

// Containers in containers. --------------------------------------------------------------------------------------------------

const knownElements = new BodyFacts<readonly SharedAccess[]>();

/**
 * The accesses of a body to containers that are elements of containers in fields, or in variables of package level: of `c.lists[k]`.
 * Taking such an element out of its container counts as `assign`.
 */
export function elementAccessesIn(body: FunctionBody): readonly SharedAccess[] {
  let found = knownElements.get(body);
  if (!found) knownElements.set(body, (found = collectElements(body)));
  return found;
}

function collectElements(body: FunctionBody): readonly SharedAccess[] {
  const found: SharedAccess[] = [];
  if (body.incomplete) return found;
  for (const block of graphOf(body).order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      const container = listOf(body, containerOf(body, operation));
      if (container === NONE) continue;
      addElement(found, body, operation, accessPathsOf(body).ofValue(container), body.shape(container), elementMode(body, operation), container);
      addElement(found, body, operation, pathOfElement(body, operation, container), body.kind(operation) === Op.Delete ? Shape.Unknown : body.accessedShape(operation), body.kind(operation) === Op.Read ? 'read' : 'assign', operation);
    }
  }
  for (const { iterate, next } of body.loops) if (iterate !== NONE && next !== NONE) addIterated(found, body, iterate, next);
  return found;
}

/** `for _, list := range c.lists`: list is any element of c.lists. */
function addIterated(found: SharedAccess[], body: FunctionBody, iterate: number, next: number): void {
  for (let operation = next; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.IterationValue && body.a(operation) === next) addElement(found, body, operation, accessPathsOf(body).ofValue(operation), body.shape(operation), 'read', iterate);
  }
}

/** The path of the element that an operation reads, sets or deletes as a whole. */
function pathOfElement(body: FunctionBody, operation: number, container: number): AccessPath | undefined {
  const key = keyOf(body, operation);
  if (key === NONE || (body.kind(operation) !== Op.Delete && body.placeKind(body.a(operation)) !== PlaceKind.Element)) return undefined;
  return accessPathsOf(body).ofElement(container, key);
}

function addElement(found: SharedAccess[], body: FunctionBody, operation: number, path: AccessPath | undefined, shape: Shape, mode: AccessMode, mention: number): void {
  const element = path?.steps.at(-1);
  if (!path || element?.kind !== 'element' || element.name === inPlace || !isShared(body, path)) return;
  if (!isContainer(shape) && mode !== 'assign') return;
  const of = path.steps.at(-2);
  if (of ? of.kind !== 'field' : path.root.kind !== 'global') return;
  found.push({ body, operation, path, member: `${of ? of.key : path.root.key}[]`, name: `${of ? of.name : path.root.name}[…]`, shape, mode, mention });
}

function elementMode(body: FunctionBody, operation: number): AccessMode {
  switch (accessOf(body, operation)) {
    case Access.Write:
    case Access.Delete:
    case Access.Clear:
      return 'mutate';
    case Access.Append:
      // `append(s[:i], s[i+1:]...)` moves elements of s.
      return body.kind(body.a(operation)) === Op.Slice ? 'mutate' : 'look';
    default:
      return 'look';
  }
}

function add(found: SharedAccess[], body: FunctionBody, operation: number, of: AccessPath, shape: Shape, mode: AccessMode, mention = operation): void {
  if (!isShared(body, of)) return;
  // Elements of arrays in place are part of the field.
  let end = of.steps.length;
  while (end > 0 && of.steps[end - 1]!.name === inPlace) end--;
  const last = of.steps[end - 1];
  if (last && last.kind !== 'field') return;
  if (!last && of.root.kind !== 'global') return;
  const path = end === of.steps.length ? of : pathFrom(of.root, of.steps.slice(0, end), of.loads, of.changes);
  found.push({ body, operation, path, member: last ? last.key : of.root.key, name: last ? last.name : of.root.name, shape, mode: end === of.steps.length ? mode : mode === 'assign' ? 'mutate' : 'look', mention });
}

/** False for objects that a call gave: they may be new, and their owner is not known. */
function isShared(body: FunctionBody, { root }: AccessPath): boolean {
  if (root.kind === 'global' || root.kind === 'parameter') return true;
  if (root.kind === 'variable') return false;
  const maker = body.unit.bodies[root.body]!;
  const values = valuesOf(maker);
  const operation = values.operationOf(root.index);
  if (operation === NONE) return false;
  return maker.kind(operation) === Op.IterationValue || maker.kind(operation) === Op.Narrow;
}
