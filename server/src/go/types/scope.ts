// Scopes: universe, package, file, function, block. Most hold a handful of names, so a scope is a list that grows an index.

import type { Obj } from './objects.ts';

/** From how many names on a scope keeps an index. */
const indexed = 8;

/** Up to here a list has no room to spare. */
const small = 4;

const nothing: Obj[] = [];
const noScopes: readonly Scope[] = [];

export class Scope {
  // Most scopes stay empty, and there are many: lists are made when something is put into them.
  private list: Obj[] = nothing;
  private index: Map<string, Obj> | undefined = undefined;
  private inner: Scope[] | undefined = undefined;

  /**
   * @param pos the offset where the scope starts, -1 for universe and package
   * @param end the offset where it ends, exclusive
   * @param isFunction true for the scope of a function's parameters and body
   */
  constructor(readonly parent: Scope | undefined, readonly pos: number, readonly end: number, readonly isFunction = false) {}

  /** The object of that name declared in this very scope, or undefined. */
  lookup(name: string): Obj | undefined {
    if (this.index) return this.index.get(name);
    const list = this.list;
    for (let at = 0; at < list.length; at++) {
      const object = list[at]!;
      if (object.name === name) return object;
    }
    return undefined;
  }

  /**
   * The object that a name means at an offset, looking outwards from this scope, or undefined. Without an offset every
   * local name of the scopes counts as visible.
   */
  lookupParent(name: string, offset?: number): Obj | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const object = scope.lookup(name);
      if (object && (offset === undefined || object.scopeStart <= offset)) return object;
    }
    return undefined;
  }

  /** Adds an object unless its name is taken; then returns the one that has it. `_` is never added. */
  insert(object: Obj): Obj | undefined {
    if (object.name === '_') return undefined;
    const other = this.lookup(object.name);
    if (other) return other;
    this.insertShared(object);
    object.parent ??= this;
    return undefined;
  }

  /** Adds an object that belongs to another scope (a dot import), without asking whether its name is taken. */
  insertShared(object: Obj): void {
    if (this.list.length < small) this.list = [...this.list, object];
    else this.list.push(object);
    if (this.index) {
      this.index.set(object.name, object);
    } else if (this.list.length > indexed) {
      this.index = new Map(this.list.map((each) => [each.name, each]));
    }
  }

  /** Scopes directly inside this one, in source order; empty for universe, package and file scopes. */
  get children(): readonly Scope[] {
    return this.inner ?? noScopes;
  }

  addChild(scope: Scope): void {
    if (!this.inner) this.inner = [scope];
    else if (this.inner.length < small) this.inner = [...this.inner, scope];
    else this.inner.push(scope);
  }

  /** Drops all but the first names, and the scopes inside this one: what was declared there does not hold them any more. */
  shrinkTo(count: number): void {
    for (const object of this.list.slice(count)) if (object.parent === this) object.parent = undefined;
    for (const scope of this.children) scope.shrinkTo(0);
    this.list.length = count;
    if (this.index) this.index = count > indexed ? new Map(this.list.map((each) => [each.name, each])) : undefined;
    this.inner = undefined;
  }

  /** The objects declared in this scope, in the order they were declared. */
  get objects(): readonly Obj[] {
    return this.list;
  }

  /** The innermost scope around an offset, this one if no child contains it. */
  innermost(offset: number): Scope {
    let scope: Scope = this;
    for (;;) {
      const inner = scope.children.find((child) => child.pos <= offset && offset < child.end);
      if (!inner) return scope;
      scope = inner;
    }
  }
}
