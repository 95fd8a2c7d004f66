// Which operations touch the elements of a container, and how. Rules and summaries read operations through these words.

import type { FunctionBody } from './function-body.ts';
import { isContainer } from './objects.ts';
import { NONE, Op, PlaceKind } from './operations.ts';

export const enum Access {
  /** Looks at an element. */
  Read,
  /** Sets an element, new or not. */
  Write,
  /** Removes one element. */
  Delete,
  /** Removes all elements; of lists: sets them to zero. */
  Clear,
  /** Visits the elements. */
  Range,
  /** Asks for their number. */
  Length,
  /** Adds elements at the end. */
  Append,
  /** Makes another view of the elements. */
  Share,
}

/** True for what changes elements that a container has, or takes them out. */
export function isChange(access: Access | undefined): access is Access.Write | Access.Delete | Access.Clear {
  return access === Access.Write || access === Access.Delete || access === Access.Clear;
}

/** The container whose elements an operation touches, as the operation that gave it; NONE if it touches none. */
export function containerOf(body: FunctionBody, operation: number): number {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write: {
      const root = body.rootOf(body.a(operation));
      return body.placeKind(root) === PlaceKind.Element ? body.placeA(root) : NONE;
    }
    case Op.Delete:
    case Op.Clear:
    case Op.Length:
    case Op.Capacity:
    case Op.Append:
    case Op.Slice:
    case Op.CopyElements:
      return body.a(operation);
    case Op.Iterate:
      return isContainer(body.shape(operation)) ? body.a(operation) : NONE;
    default:
      return NONE;
  }
}

/** How an operation touches the elements of `containerOf`; undefined if it touches none. */
export function accessOf(body: FunctionBody, operation: number): Access | undefined {
  if (containerOf(body, operation) === NONE) return undefined;
  switch (body.kind(operation)) {
    case Op.Read:
      return Access.Read;
    case Op.Write:
    case Op.CopyElements:
      return Access.Write;
    case Op.Delete:
      return Access.Delete;
    case Op.Clear:
      return Access.Clear;
    case Op.Iterate:
      return Access.Range;
    case Op.Length:
    case Op.Capacity:
      return Access.Length;
    case Op.Append:
      return Access.Append;
    default:
      return Access.Share;
  }
}

/** The key of the element that a Read, Write or Delete is about, as the operation that gave it; NONE for others. */
export function keyOf(body: FunctionBody, operation: number): number {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write: {
      const root = body.rootOf(body.a(operation));
      return body.placeKind(root) === PlaceKind.Element ? body.placeB(root) : NONE;
    }
    case Op.Delete:
      return body.b(operation);
    default:
      return NONE;
  }
}

/** True for an assignment that puts another container in the place of one: `m = make(…)`, `c.m = nil`. */
export function replacesContainer(body: FunctionBody, operation: number): boolean {
  return body.kind(operation) === Op.Write && isContainer(body.shape(operation));
}
