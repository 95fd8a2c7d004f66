// Values that must be stopped before they are dropped: timers, controllers, subscriptions, workers. That a container's values
// are such is not guessed from their types but read from another place of the same file, which stops the value it removes.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import type { Clearing } from './clearing.ts';
import { isGlobal, methodCall, plain } from './expressions.ts';
import { functionAround, walkAll, walkOwn } from './operations.ts';
import { referencesTo, usesOf } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

/** How a value is stopped: `clearTimeout(value)` or `value.abort()`. */
export interface Stop {
  /** The call that stops a value that is removed. */
  readonly call: ts.CallExpression;
  readonly kind: 'function' | 'method';
  readonly name: string;
}

const stoppingFunctions: readonly string[] = ['clearTimeout', 'clearInterval', 'clearImmediate', 'cancelAnimationFrame'];
const stoppingMethods: ReadonlySet<string> = new Set(['abort', 'close', 'terminate', 'unsubscribe', 'dispose', 'destroy', 'kill', 'stop', 'cancel', 'disconnect', 'end', 'removeAllListeners', 'unref']);

/**
 * What another function of the file does with a value before it removes it from a map, if the clearing does nothing of the
 * kind: neither itself, nor in a function that it calls before.
 */
export function droppedBy(clearing: Clearing, file: ts.SourceFile, types: TypeQueries): Stop | undefined {
  const { container, statement } = clearing;
  const symbol = types.symbolAt(container);
  if (!symbol) return undefined;
  const own = functionAround(statement);
  if (compiler.isSourceFile(own) || compiler.isConstructorDeclaration(own)) return undefined;
  // Whoever looks at the values here may stop them; so may a function that is called here and knows the container.
  if (!onlyEmpties(own, symbol, clearing, types) || callsOneThatKnows(own, symbol, file, types)) return undefined;
  for (const name of usesOf(symbol, file, types)) {
    const around = functionAround(name);
    if (around === own || compiler.isSourceFile(around)) continue;
    const stop = stopIn(around, symbol, types);
    if (stop) return stop;
  }
  return undefined;
}

function onlyEmpties(own: ts.Node, symbol: ts.Symbol, { statement }: Clearing, types: TypeQueries): boolean {
  let only = true;
  walkAll(own, (node) => {
    if (!compiler.isIdentifier(node) && !compiler.isPrivateIdentifier(node)) return;
    if (types.symbolAt(node) !== symbol || (statement.pos <= node.pos && node.end <= statement.end)) return;
    const { parent } = compiler.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
    only &&= compiler.isPropertyAccessExpression(parent) && (parent.name.text === 'size' || parent.name.text === 'has');
  });
  return only;
}

function callsOneThatKnows(own: ts.Node, symbol: ts.Symbol, file: ts.SourceFile, types: TypeQueries): boolean {
  const known = new Set(referencesTo(symbol, file, types).map((name) => functionAround(name)));
  let calls = false;
  walkAll(own, (node) => {
    if (!compiler.isCallExpression(node)) return;
    const callee = types.calleeOf(node);
    calls ||= callee !== undefined && callee !== own && known.has(callee as ts.FunctionLikeDeclaration);
  });
  return calls;
}

/** A function that removes an entry of the map and stops the value it had. */
function stopIn(around: ts.Node, symbol: ts.Symbol, types: TypeQueries): Stop | undefined {
  let removes = false;
  let stop: Stop | undefined;
  const isMap = (node: ts.Expression): boolean => types.symbolAt(plain(node)) === symbol;
  const held = new Set<ts.Symbol>();
  walkOwn(around, (node) => {
    const call = methodCall(node);
    if (call?.name === 'delete' && isMap(call.receiver)) removes = true;
    if (compiler.isVariableDeclaration(node) && node.initializer && compiler.isIdentifier(node.name) && gets(node.initializer, isMap)) {
      const value = types.symbolAt(node.name);
      if (value) held.add(value);
    }
  });
  if (!removes) return undefined;
  const isValue = (node: ts.Expression): boolean => {
    const at = plain(node);
    return gets(at, isMap) || (compiler.isIdentifier(at) && held.has(types.symbolAt(at)!));
  };
  walkOwn(around, (node) => {
    if (!stop && compiler.isCallExpression(node)) stop = stopBy(node, isValue, types);
  });
  return stop;
}

/** True for `m.get(k)`. */
function gets(node: ts.Expression, isMap: (node: ts.Expression) => boolean): boolean {
  const call = methodCall(plain(node));
  return call?.name === 'get' && isMap(call.receiver);
}

function stopBy(call: ts.CallExpression, isValue: (node: ts.Expression) => boolean, types: TypeQueries): Stop | undefined {
  const callee = plain(call.expression);
  const [first] = call.arguments;
  const name = stoppingFunctions.find((each) => isGlobal(callee, each, types));
  if (name !== undefined) return first && isValue(first) ? { call, kind: 'function', name } : undefined;
  if (!compiler.isPropertyAccessExpression(callee) || !stoppingMethods.has(callee.name.text)) return undefined;
  return isValue(callee.expression) ? { call, kind: 'method', name: callee.name.text } : undefined;
}

