// Abstract memory: what an execution touches. One `Location` stands for one place in memory, as far as that can be told; equal
// places are one object. Whether two accesses touch the same memory is a question about their locations.

import { NONE, Op } from '../../model/operations.ts';
import { valuesOf } from '../values.ts';
import type { Activation } from './activation.ts';

export const enum LocationKind {
  /** A variable of a function, one for each activation. */
  Cell,
  /** A variable of package level. */
  Global,
  /** What an operation allocated: the target of a pointer, the elements of a container, a channel. */
  Heap,
  /** What a parameter of a root refers to, or the parameter itself if it is a record. */
  Parameter,
  /** What the reference at another location refers to, when no store to it was seen. */
  Content,
  Field,
  Element,
}

/** A key that is not known: two of them may be one element, or not. */
export const anyKey = '?';

const noLocations: ReadonlyMap<string, Location> = new Map();

export class Location {
  /** By key. Most locations have none, and there are many: the map is made for the first. */
  private inner: Map<string, Location> | undefined = undefined;
  /** Another location that turned out to be the same. */
  same: Location | undefined = undefined;
  /** True if code that is not known can reach it. */
  escapes = false;
  /** Of what the methods of a type share: the allocations that make such an object, each time another one. */
  made: readonly Location[] | undefined = undefined;

  constructor(
    readonly id: number,
    readonly kind: LocationKind,
    /** The location this is part of, or that refers to it. */
    readonly parent: Location | undefined,
    /** Of fields the name, of elements the key, of variables the name. */
    readonly name: string,
    /** The activation whose variable, allocation or parameter it is. */
    readonly activation: Activation | undefined,
    /** The variable's index in its unit, the allocating operation, or the number of the parameter. */
    readonly index: number,
  ) {}

  get children(): ReadonlyMap<string, Location> {
    return this.inner ?? noLocations;
  }

  addChild(key: string, child: Location): void {
    (this.inner ??= new Map()).set(key, child);
  }

  /** The location as it is known now. */
  get canonical(): Location {
    let at: Location = this;
    while (at.same) at = at.same;
    return at;
  }

  /** The outermost location this is part of or reached from. */
  get root(): Location {
    let at = this.canonical;
    while (at.parent) at = at.parent.canonical;
    return at;
  }

  /** The innermost location that is no field or element of another: what was allocated or declared as one. */
  get object(): Location {
    let at = this.canonical;
    while ((at.kind === LocationKind.Field || at.kind === LocationKind.Element) && at.parent) at = at.parent.canonical;
    return at;
  }

  /** False if the location may stand for several places: an element whose key is not known, what is nested too deep, and what is reached through one. */
  get isOne(): boolean {
    for (let at: Location | undefined = this.canonical; at; at = at.parent?.canonical) if (at.name === anyKey) return false;
    return true;
  }

  /** True if one location is the other or part of it. */
  overlaps(other: Location): boolean {
    return this.isWithin(other) || other.isWithin(this);
  }

  isWithin(outer: Location): boolean {
    const target = outer.canonical;
    let at = this.canonical;
    for (;;) {
      if (at === target || isInRange(at, target)) return true;
      if ((at.kind !== LocationKind.Field && at.kind !== LocationKind.Element) || !at.parent) return false;
      at = at.parent.canonical;
    }
  }

  toString(): string {
    switch (this.kind) {
      case LocationKind.Field:
        return `${this.parent!}.${this.name}`;
      case LocationKind.Element:
        return `${this.parent!}[${this.name}]`;
      case LocationKind.Content:
        return `${this.parent!}*`;
      case LocationKind.Heap:
        return `new@${this.activation?.id ?? 0}:${this.index}`;
      case LocationKind.Parameter:
        return `p${this.index}@${this.activation?.id ?? 0}`;
      default:
        return this.name;
    }
  }
}

/** The number of values that a channel has room for; undefined if it is not known. */
export function capacityOf(channel: Location): number | undefined {
  const { kind, activation, index } = channel.canonical;
  if (kind !== LocationKind.Heap || !activation || activation.body.kind(index) !== Op.Make) return undefined;
  const size = activation.body.a(index);
  if (size === NONE) return 0;
  const values = valuesOf(activation.body);
  return values.constantNumber(values.number(size));
}

/** Part of a list: the elements from the first number on, up to the second. */
interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(location: Location): Range | undefined {
  if (location.kind !== LocationKind.Element) return undefined;
  const colon = location.name.indexOf(':');
  const low = colon < 0 ? Number(location.name) : Number(location.name.slice(0, colon));
  const high = colon < 0 ? low + 1 : Number(location.name.slice(colon + 1));
  return Number.isNaN(low) || Number.isNaN(high) ? undefined : { low, high };
}

/** True for an element, or some elements, that surely are among those of a range of the same list. */
function isInRange(inner: Location, outer: Location): boolean {
  if (inner.parent?.canonical !== outer.parent?.canonical || !outer.name.includes(':')) return false;
  const a = rangeOf(inner);
  const b = rangeOf(outer);
  if (!a || !b || a.low >= a.high) return false;
  // Two ranges that have elements in common are accessed in the same place.
  return inner.name.includes(':') ? a.low < b.high && b.low < a.high : b.low <= a.low && a.high <= b.high;
}

/** Locations nested deeper are not told apart. */
const depthLimit = 12;

/** The locations of one execution, each once. */
export class Memory {
  private count = 0;
  private readonly roots = new Map<string, Location>();

  cell(activation: Activation, variable: number): Location {
    return this.rooted(`c${activation.id}:${variable}`, LocationKind.Cell, activation.body.unit.variables[variable]!.name, activation, variable);
  }

  global(key: string): Location {
    return this.rooted(`g${key}`, LocationKind.Global, key, undefined, 0);
  }

  heap(activation: Activation, operation: number): Location {
    return this.rooted(`h${activation.id}:${operation}`, LocationKind.Heap, '', activation, operation);
  }

  parameter(activation: Activation, index: number): Location {
    return this.rooted(`p${activation.id}:${index}`, LocationKind.Parameter, '', activation, index);
  }

  /** What a receiver of methods that run at the same time refers to. */
  shared(name: string): Location {
    return this.rooted(`s${name}`, LocationKind.Parameter, name, undefined, 0);
  }

  field(of: Location, name: string): Location {
    return this.child(of.canonical, `.${name}`, LocationKind.Field, name);
  }

  element(of: Location, key: string): Location {
    // An element of a part of a list is one of the list.
    const range = of.kind === LocationKind.Element && of.name.includes(':') ? rangeOf(of.canonical) : undefined;
    if (range && of.parent) return this.element(of.parent, key === anyKey ? anyKey : String(range.low + Number(key)));
    return this.child(of.canonical, `[${key}`, LocationKind.Element, key);
  }

  /** Some elements of a list. */
  range(of: Location, low: number, high: number): Location {
    return this.element(of, `${low}:${high}`);
  }

  content(of: Location): Location {
    return this.child(of.canonical, '*', LocationKind.Content, '');
  }

  private rooted(key: string, kind: LocationKind, name: string, activation: Activation | undefined, index: number): Location {
    let found = this.roots.get(key);
    if (!found) this.roots.set(key, (found = new Location(this.count++, kind, undefined, name, activation, index)));
    return found.canonical;
  }

  /** What is nested too deep: with what is around it if that is all in one place, and else a location that says nothing. */
  private deeper(of: Location): Location {
    if (of.object === of.root || depthOf(of) > depthLimit) return of;
    let found = of.children.get(deeper);
    if (!found) of.addChild(deeper, (found = new Location(this.count++, LocationKind.Content, of, anyKey, undefined, 0)));
    return found.canonical;
  }

  private child(of: Location, key: string, kind: LocationKind, name: string): Location {
    let found = of.children.get(key);
    if (!found) {
      if (depthOf(of) >= depthLimit) return this.deeper(of);
      found = new Location(this.count++, kind, of, name, undefined, 0);
      of.addChild(key, found);
    }
    return found.canonical;
  }
}

/** The name of all that is nested deeper than the limit, which may be several things. */
const deeper = '…';

function depthOf(location: Location): number {
  let depth = 0;
  for (let at: Location | undefined = location; at; at = at.parent) depth++;
  return depth;
}
