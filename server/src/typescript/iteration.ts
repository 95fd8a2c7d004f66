// Iterations that look at the container itself and not at a copy: what is changed meanwhile is seen, or passed over.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { countedLoop } from './loops.ts';
import { isPlace, methodCall, nameOf, plain, plainFunction } from './expressions.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface LiveIteration {
  readonly node: ts.ForOfStatement | ts.ForStatement | ts.CallExpression;
  readonly container: ts.Expression;
  readonly kind: Extract<ContainerKind, 'map' | 'set' | 'array'>;
  readonly body: ts.Statement | ts.ConciseBody;
  /** The variable that holds the key of a map's entry, the element of a set or array. */
  readonly element: ts.Identifier | undefined;
  /** The variable that holds the index in an array. */
  readonly index: ts.Identifier | undefined;
  /** True if elements that are added are visited, too: not so for the callbacks of arrays. */
  readonly visitsNew: boolean;
}

/** Methods of arrays that call a function for each element, in order, to the end. */
const visitors: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'flatMap']);

export function liveIteration(node: ts.Node, types: TypeQueries): LiveIteration | undefined {
  if (!mayChangeWhatItVisits(node)) return undefined;
  if (compiler.isForOfStatement(node)) return node.awaitModifier ? undefined : overForOf(node, types);
  if (compiler.isCallExpression(node)) return overCallback(node, types);
  return compiler.isForStatement(node) ? overIndices(node, types) : undefined;
}

/** Calls by which elements come or go; what stands in no such loop needs no types. */
const changes: ReadonlySet<string> = new Set(['splice', 'shift', 'push', 'set', 'add']);

/** True if the text of a loop has a call that may change what it visits, or that calls a variable of its own. */
function mayChangeWhatItVisits(node: ts.Node): boolean {
  let body: ts.Node;
  let own: ts.Node | undefined;
  if (compiler.isForOfStatement(node)) [body, own] = [node.statement, node.initializer];
  else if (compiler.isForStatement(node)) body = node.statement;
  else {
    const call = methodCall(node);
    const callback = call && visitors.has(call.name) ? plainFunction(call.arguments[0]) : undefined;
    if (!callback) return false;
    [body, own] = [callback.body, callback.parameters[0]];
  }
  const names = own ? namesIn(own) : new Set<string>();
  let may = false;
  const visit = (child: ts.Node): void => {
    if (may) return;
    if (compiler.isCallExpression(child)) {
      const { expression } = child;
      may = (compiler.isPropertyAccessExpression(expression) && changes.has(expression.name.text)) || (compiler.isIdentifier(expression) && names.has(expression.text));
    }
    compiler.forEachChild(child, visit);
  };
  visit(body);
  return may;
}

/** The identifiers below a node, as written. */
export function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (compiler.isIdentifier(child)) names.add(child.text);
    compiler.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

function overForOf(loop: ts.ForOfStatement, types: TypeQueries): LiveIteration | undefined {
  if (!compiler.isVariableDeclarationList(loop.initializer)) return undefined;
  const name = loop.initializer.declarations[0]?.name;
  const at = plain(loop.expression);
  const call = methodCall(at);
  const view = call && call.arguments.length === 0 && ['keys', 'values', 'entries'].includes(call.name) ? call.name : undefined;
  const container = view ? call!.receiver : at;
  if (!name || !isPlace(container, types)) return undefined;
  const kind = kindOf(container, types);
  if (!kind) return undefined;
  const givesPairs = view === 'entries' || (view === undefined && kind === 'map');
  const [first, second] = compiler.isArrayBindingPattern(name) ? name.elements.map(boundName) : [];
  const whole = compiler.isIdentifier(name) ? name : undefined;
  if (kind === 'array') {
    const [element, index] = view === 'entries' ? [second, first] : view === 'keys' ? [undefined, whole] : [whole, undefined];
    return { node: loop, container, kind, body: loop.statement, element, index, visitsNew: true };
  }
  const element = givesPairs ? first : kind === 'map' && view === 'values' ? undefined : whole;
  return { node: loop, container, kind, body: loop.statement, element, index: undefined, visitsNew: true };
}

function boundName(element: ts.ArrayBindingElement): ts.Identifier | undefined {
  return compiler.isBindingElement(element) && compiler.isIdentifier(element.name) ? element.name : undefined;
}

function overCallback(node: ts.CallExpression, types: TypeQueries): LiveIteration | undefined {
  const call = methodCall(node);
  const callback = call && plainFunction(call.arguments[0]);
  if (!call || !callback || !visitors.has(call.name)) return undefined;
  if (!isPlace(call.receiver, types)) return undefined;
  const kind = kindOf(call.receiver, types);
  if (!kind || (kind !== 'array' && call.name !== 'forEach')) return undefined;
  const [first, second] = callback.parameters.map(nameOf);
  const element = kind === 'map' ? second : first;
  return { node, container: call.receiver, kind, body: callback.body, element, index: kind === 'array' ? second : undefined, visitsNew: kind !== 'array' };
}

// for (let i = 0; i < list.length; i++)
function overIndices(loop: ts.ForStatement, types: TypeQueries): LiveIteration | undefined {
  const counted = countedLoop(loop);
  if (counted?.step !== 1) return undefined;
  const { below, variable } = counted;
  if (!compiler.isPropertyAccessExpression(below) || below.name.text !== 'length' || kindOf(below.expression, types) !== 'array' || !isPlace(below.expression, types)) return undefined;
  return { node: loop, container: below.expression, kind: 'array', body: loop.statement, element: undefined, index: variable, visitsNew: true };
}

function kindOf(node: ts.Expression, types: TypeQueries): LiveIteration['kind'] | undefined {
  const type = types.typeAt(node);
  if (type.isUnknown || !type.isExact) return undefined;
  const { container } = type;
  return container === 'map' || container === 'set' || container === 'array' ? container : undefined;
}
