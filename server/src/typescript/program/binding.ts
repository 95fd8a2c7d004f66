// Binding gives every node of a file its symbols and its place in the flow of control, and begins anew with each tree. After
// an edit nearly all functions are those of the tree before, bound already: their bodies are taken out while the rest is bound,
// and put back with what they had. The compiler is pinned to one version; this relies on what its binder leaves in a tree.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { isFunctionWithBlock, type FunctionWithBlock } from '../units.ts';

/** What the binder leaves at a node. */
interface Bound {
  readonly symbol?: ts.Symbol;
  readonly locals?: Map<ts.__String, ts.Symbol>;
  readonly flags: ts.NodeFlags;
  readonly endFlowNode?: object;
  readonly returnFlowNode?: object;
}

interface Binder {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}

/** Puts back what was taken out of a node. */
type PutBack = () => void;

/** What the binder says of functions, on top of what the parser says. */
const containsThis = 1 << 8;

/** Binds a file whose tree was made from one that is bound. */
export function bindUpdated(file: ts.SourceFile, options: ts.CompilerOptions): void {
  // In JavaScript bodies declare what is outside of them.
  if ((file as Partial<Bound>).locals !== undefined || file.flags & compiler.NodeFlags.JavaScriptFile) return;
  const taken: PutBack[] = [];
  takeBoundParts(file, taken);
  try {
    (compiler as unknown as Binder).bindSourceFile(file, options);
  } finally {
    for (const putBack of taken) putBack();
  }
}

function takeBoundParts(node: ts.Node, taken: PutBack[]): void {
  compiler.forEachChild(node, (child) => {
    if (isFunctionWithBlock(child) && isBoundApart(child)) taken.push(takeBody(child));
    else if (compiler.isPropertyDeclaration(child) && boundAt(child).symbol) taken.push(takeParts(child, ['type', 'initializer']));
    else takeBoundParts(child, taken);
  });
}

function boundAt(node: ts.Node): Bound {
  return node as unknown as Bound;
}

/** True for a function of the tree before, if binding its body tells nothing about what is around it. */
function isBoundApart(node: FunctionWithBlock): boolean {
  const { symbol, locals, flags } = boundAt(node);
  if (!symbol || !locals) return false;
  if (compiler.isArrowFunction(node) && flags & containsThis) return false;
  // The flow of a function that is called where it stands is a part of the flow around it.
  if ((compiler.isArrowFunction(node) || compiler.isFunctionExpression(node)) && isCalledHere(node)) return false;
  for (const { declarations } of locals.values()) {
    if (declarations && declarations.length > 1 && declarations.some((each) => each.parent === node)) return false;
  }
  return true;
}

function isCalledHere(node: ts.Node): boolean {
  let at = node;
  while (compiler.isParenthesizedExpression(at.parent)) at = at.parent;
  return compiler.isCallExpression(at.parent) && at.parent.expression === at;
}

function takeBody(node: FunctionWithBlock): PutBack {
  const { locals, flags, endFlowNode, returnFlowNode } = boundAt(node);
  const types = [takeParts(node, ['type']), ...node.parameters.map((parameter) => takeParts(parameter, ['type']))];
  const { body } = node;
  Object.assign(node, { body: compiler.factory.createBlock([]) });
  return () => {
    for (const putBack of types) putBack();
    // The parameters are bound anew; what the body declares is as it was.
    const now = boundAt(node).locals!;
    for (const [name, symbol] of locals!) if (!now.has(name)) now.set(name, symbol);
    Object.assign(node, { body, flags, endFlowNode, returnFlowNode });
  };
}

function takeParts<N extends ts.Node>(node: N, names: readonly (keyof N)[]): PutBack {
  const parts = Object.fromEntries(names.map((name) => [name, node[name]]));
  for (const name of names) Object.assign(node, { [name]: undefined });
  return () => Object.assign(node, parts);
}
