// Values that must be stopped before they are dropped: timers, controllers, subscriptions, workers. That a container's values
// are such is not guessed from their types but read from another place of the same file, which stops the value it removes.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import type { Clearing } from './clearing.ts';
import { isGlobal, methodCall, plain } from './expressions.ts';
import { functionAround, walkAll, walkOwn } from './operations.ts';
import { expressionOf, referencesTo, usesOf } from './references.ts';
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
  const stop = stopElsewhere(symbol, own, file, types);
  // Whoever looks at the values here may stop them; so may a function that is called here and knows the container.
  return stop && onlyEmpties(own, symbol, clearing, file, types) && !callsOneThatKnows(own, symbol, file, types) ? stop : undefined;
}

function stopElsewhere(symbol: ts.Symbol, own: ts.Node, file: ts.SourceFile, types: TypeQueries): Stop | undefined {
  const around = new Set(usesOf(symbol, file, types).map((name) => functionAround(name)));
  for (const other of around) {
    const stop = other === own || compiler.isSourceFile(other) || !mentionsStop(other) ? undefined : stopIn(other, symbol, types);
    if (stop) return stop;
  }
  return undefined;
}

/** True if the text of a function has a call that may stop something. */
function mentionsStop(around: ts.Node): boolean {
  let mentions = false;
  walkOwn(around, (node) => {
    if (!compiler.isCallExpression(node)) return;
    const callee = plain(node.expression);
    mentions ||= (compiler.isIdentifier(callee) && stoppingFunctions.includes(callee.text)) || (compiler.isPropertyAccessExpression(callee) && (stoppingMethods.has(callee.name.text) || stoppingFunctions.includes(callee.name.text)));
  });
  return mentions;
}

function onlyEmpties(own: ts.Node, symbol: ts.Symbol, { statement }: Clearing, file: ts.SourceFile, types: TypeQueries): boolean {
  return referencesTo(symbol, file, types).every((name) => {
    if (name.pos < own.pos || name.end > own.end || (statement.pos <= name.pos && name.end <= statement.end)) return true;
    const { parent } = expressionOf(name);
    return compiler.isPropertyAccessExpression(parent) && (parent.name.text === 'size' || parent.name.text === 'has');
  });
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

