import { Access, containerOf } from '../../model/accesses.ts';
import { NONE, Op } from '../../model/operations.ts';
import { Role } from '../../model/objects.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { atomicUsesOf, changeOf, changesAfterStore, changesOfLoaded, changesOfStoredFields, isLockedEverywhere } from '../../analysis/concurrency/atomic-values.ts';
import type { AtomicUse, PublishedChange } from '../../analysis/concurrency/atomic-values.ts';
import { publishedAppendsIn } from '../../analysis/concurrency/published-appends.ts';
import type { PublishedAppend } from '../../analysis/concurrency/published-appends.ts';
import { lostStoresIn } from '../../analysis/concurrency/lost-stores.ts';
import type { LostStore } from '../../analysis/concurrency/lost-stores.ts';
import { isFunction, functionNamed, isNil } from '../../go/expressions.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { pathAt } from '../../go/syntax/walk.ts';
import { identical, isInterface, isKnown, isTypeParam } from '../../go/types/predicates.ts';
import { typeStringIn } from '../../go/types/type-string.ts';
import type { Type } from '../../go/types/types.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, startsOf, subjectOf, textAt } from '../go-places.ts';
import { copyOnWrite } from './copy-on-write.ts';

const suffixes = { [Access.Write]: 'write', [Access.Delete]: 'delete', [Access.Clear]: 'clear' } as const;

// c.v.Load().(map[string]int)[k] = 1          →  next := maps.Clone(c.v.Load().(map[string]int)); next[k] = 1; c.v.Store(next)
// c.v.Store(m); m[k] = 1
// c.v.Store(c.m) in one method, c.m[k] = 1 in another
// v.Store(1); v.Store("one")
export const detectGo: GoDetector = {
  program: (context) => {
    const seen = new Set<string>();
    for (const change of changesOfLoaded(context.program)) if (!isLockedEverywhere(context.program, change)) report(change, 'loaded', context, seen);
    for (const change of changesAfterStore(context.program)) report(change, 'stored', context, seen);
    for (const change of changesOfStoredFields(context.program)) report(change, 'stored', context, seen);
    for (const each of publishedAppendsIn(context.program)) reportAppend(each, context);
    checkTypes(context);
    for (const lost of lostStoresIn(context.program)) reportLost(lost, context, seen);
  },
};

// state := c.v.Load(); all := append(state.list, more...)
function reportAppend({ function: { path }, body, append, use }: PublishedAppend, context: GoProgramContext): void {
  const text = context.file(path)?.text;
  const value = valueName(use, context);
  const list = body.a(append);
  if (text === undefined || value === undefined) return;
  context.report(path, {
    message: { id: 'append', arguments: { list: text.slice(body.start(list), body.end(list)), value } },
    span: body.spanOf(append),
    related: context.file(use.function.path) ? [{ path: use.function.path, span: use.body.spanOf(use.call), message: { id: use.body.calleeOf(use.call)?.role === Role.AtomicRead ? 'loaded' : 'stored' } }] : [],
  });
}

// next := maps.Clone(*c.m.Load()); next[k] = v; c.m.Store(&next), by two at the same time
function reportLost({ study: { execution }, store, load, other, overlap }: LostStore, context: GoProgramContext, seen: Set<string>): void {
  const place = placeOf(store, execution, context);
  const second = placeOf(other, execution, context);
  const value = subjectOf(store, execution, context);
  const loaded = placeOf({ activation: store.activation, operation: load }, execution, context);
  const key = place && `${place.path}:${place.span.start}`;
  if (!place || !second || !value || !loaded || key === undefined || seen.has(key)) return;
  seen.add(key);
  const isSame = second.path === place.path && second.span.start === place.span.start;
  const values = { value: textAt(value, context), line: nameOf(loaded, context) };
  context.report(place.path, {
    message: isSame ? { id: 'lost-instances', arguments: values } : { id: 'lost', arguments: { ...values, place: nameOf(second, context) } },
    span: place.span,
    related: [{ ...loaded, message: { id: 'loaded' } }, ...(isSame ? [] : [{ ...second, message: { id: 'other-store' } }]), ...startsOf(overlap.tasks, execution, context)],
    // Whether two methods are called at the same time is for their callers.
    ...(overlap.how === 'outside' && { plausible: true }),
  });
}

function report(found: PublishedChange, how: 'loaded' | 'stored', context: GoProgramContext, seen: Set<string>): void {
  const { body, change, use } = found;
  const { path } = found.function;
  const access = changeOf(body, change);
  const text = context.file(path)?.text;
  const value = valueName(use, context);
  const span = body.spanOf(change);
  const key = `${path}:${span.start}`;
  if (text === undefined || value === undefined || access === undefined || seen.has(key)) return;
  seen.add(key);
  const container = containerOf(body, change);
  const fix = how === 'loaded' && use.body === body ? copyOnWrite(span, use, value, context) : undefined;
  context.report(path, {
    message: { id: `${how}-${suffixes[access]}`, arguments: how === 'loaded' ? { value } : { value, container: text.slice(body.start(container), body.end(container)) } },
    span,
    related: [{ path: use.function.path, span: use.body.spanOf(use.call), message: { id: how } }],
    fixes: fix ? [fix] : [],
  });
}

/** The atomic value as written where it is used. */
function valueName(use: Pick<AtomicUse, 'function' | 'body' | 'call'>, context: GoProgramContext): string | undefined {
  const address = use.body.list(use.call)[0] ?? NONE;
  const text = context.file(use.function.path)?.text;
  return address === NONE ? undefined : text?.slice(use.body.start(address), use.body.end(address));
}

interface Stored {
  readonly use: AtomicUse;
  readonly type: Type;
}

/** An atomic.Value panics when it is given nil, or a value of another type than the first. */
function checkTypes(context: GoProgramContext): void {
  const first = new Map<object, Stored>();
  for (const use of atomicUsesOf(context.program)) {
    if (use.role === Role.AtomicRead || use.declared === undefined) continue;
    const argument = storedIn(use, context);
    if (!argument) continue;
    const value = valueName(use, context) ?? '';
    const { path } = use.function;
    const span = { start: argument.pos, end: argument.end };
    if (isNil(argument, context.info)) {
      context.report(path, { message: { id: 'nil', arguments: { value } }, span });
      continue;
    }
    const type = context.info.typeOf(argument);
    if (!isKnown(type) || isInterface(type) || isTypeParam(type)) continue;
    const before = first.get(use.declared);
    if (!before) first.set(use.declared, { use, type });
    else if (!identical(before.type, type) && isOneValue(use, before.use)) {
      const name = (each: Type): string => typeStringIn(context.info.package.path, each);
      const names = { first: name(before.type), second: name(type) };
      const related = { path: before.use.function.path, span: before.use.body.spanOf(before.use.call), message: { id: 'first', arguments: { first: names.first } } };
      context.report(path, { message: { id: 'types', arguments: { value, ...names } }, span, related: [related] });
    }
  }
}

/** What a call of a method of atomic.Value stores; undefined for other calls. */
function storedIn({ function: { path }, body, call }: AtomicUse, { file, info }: GoProgramContext): ast.Expr | undefined {
  const syntax = file(path)?.syntax;
  const node = syntax && pathAt(syntax, body.start(call)).find((each) => each.kind === NodeKind.CallExpr && each.pos === body.start(call) && each.end === body.end(call));
  if (node?.kind !== NodeKind.CallExpr) return undefined;
  const func = functionNamed(node.fun, info);
  if (!['Value.Store', 'Value.Swap', 'Value.CompareAndSwap'].some((name) => isFunction(func, 'sync/atomic', name))) return undefined;
  return node.args.at(-1);
}

/** True if two calls surely mean one atomic value: a variable, or a field of a receiver in two methods of its type. */
function isOneValue(a: AtomicUse, b: AtomicUse): boolean {
  const isVariable = ({ body, call }: AtomicUse): boolean => {
    const address = body.list(call)[0]!;
    return body.kind(address) === Op.AddressOf && body.variableOf(body.a(address)) !== NONE;
  };
  if (isVariable(a) && isVariable(b)) return true;
  return a.function.receiverType !== undefined && a.function.receiverType === b.function.receiverType && throughReceiver(a) && throughReceiver(b);
}

function throughReceiver({ function: { body: outer }, body, call }: AtomicUse): boolean {
  if (body !== outer) return false;
  const address = body.list(call)[0]!;
  const base = rootValue(body, address);
  return base !== NONE && body.kind(base) === Op.Read && body.variableOf(body.a(base)) === body.receiver && body.receiver !== NONE;
}

function rootValue(body: FunctionBody, address: number): number {
  if (body.kind(address) !== Op.AddressOf) return NONE;
  const root = body.rootOf(body.a(address));
  return body.variableOf(body.a(address)) === NONE ? body.placeA(root) : NONE;
}
