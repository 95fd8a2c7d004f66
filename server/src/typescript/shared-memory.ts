// Memory that threads share, accessed by plain reads and writes that another thread comes between; buffers that were transferred,
// whose memory is another thread's from then on; and containers that were posted, of which another thread has a copy.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { constantOf, globalCall, isSameKey, isSamePlace, methodCall, plain, rootOf } from './expressions.ts';
import { functionAround, operationOf, walkOwn, type Operation } from './operations.ts';
import { expressionOf, isAssigned, usesOf } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

export interface SharedUpdate {
  readonly kind: 'update' | 'lock' | 'spin';
  /** The element, `view[i]` or `Atomics.load(view, i)`. */
  readonly element: ts.Expression;
  /** The whole expression that is not atomic; for a lock the write that follows the test. */
  readonly node: ts.Node;
  /** What is written in its place, for updates that there is an atomic operation for. */
  readonly atomic: { readonly name: AtomicName; readonly operand: ts.Expression | undefined } | undefined;
}

function sharedElement(node: ts.Node, file: ts.SourceFile, types: TypeQueries): ts.ElementAccessExpression | undefined {
  const at = compiler.isExpression(node) ? plain(node) : node;
  if (!compiler.isElementAccessExpression(at) || !types.typeAt(at.expression).isSharedMemory) return undefined;
  return isBeingMade(at.expression, file, types) ? undefined : at;
}

/** True where the memory was made in this function, and nobody else can have it yet. */
function isBeingMade(view: ts.Expression, file: ts.SourceFile, types: TypeQueries): boolean {
  const root = rootOf(view);
  const symbol = compiler.isIdentifier(root) ? types.symbolAt(root) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration || !compiler.isVariableDeclaration(declaration) || !declaration.initializer) return false;
  const own = functionAround(view);
  if (functionAround(declaration) !== own) return false;
  const made = plain(declaration.initializer);
  if (!compiler.isNewExpression(made)) return false;
  const [given] = made.arguments ?? [];
  const buffer = given && plain(given);
  const held = [symbol];
  if (buffer && compiler.isIdentifier(buffer)) {
    const behind = types.symbolAt(buffer);
    if (!behind?.valueDeclaration || !compiler.isVariableDeclaration(behind.valueDeclaration) || functionAround(behind.valueDeclaration) !== own) return false;
    held.push(behind);
  } else if (!buffer || !compiler.isNewExpression(buffer)) return false;
  return held.every((each) => usesOf(each, file, types).every((name) => name.pos >= view.pos || isKept(name, declaration)));
}

/** `view[i]`, `view.length`, and the buffer in `new Int32Array(buffer)` itself: nobody gets to know of them. */
function isKept(name: ts.Node, view: ts.Node): boolean {
  const { parent } = name;
  return compiler.isElementAccessExpression(parent) || compiler.isPropertyAccessExpression(parent) || (name.pos >= view.pos && name.end <= view.end);
}

type AtomicName = 'add' | 'sub' | 'and' | 'or' | 'xor';

function atomicOf(operator: ts.SyntaxKind): AtomicName | undefined {
  switch (operator) {
    case SyntaxKind.PlusEqualsToken:
      return 'add';
    case SyntaxKind.MinusEqualsToken:
      return 'sub';
    case SyntaxKind.AmpersandEqualsToken:
      return 'and';
    case SyntaxKind.BarEqualsToken:
      return 'or';
    case SyntaxKind.CaretEqualsToken:
      return 'xor';
    default:
      return undefined;
  }
}

/** `view[i]++`, `view[i] -= n`, `view[i] = view[i] + 1`. */
export function sharedUpdateBy(node: ts.Node, file: ts.SourceFile, types: TypeQueries): SharedUpdate | undefined {
  if (compiler.isPostfixUnaryExpression(node) || compiler.isPrefixUnaryExpression(node)) {
    if (node.operator !== SyntaxKind.PlusPlusToken && node.operator !== SyntaxKind.MinusMinusToken) return undefined;
    const element = sharedElement(node.operand, file, types);
    return element && { kind: 'update', element, node, atomic: { name: node.operator === SyntaxKind.PlusPlusToken ? 'add' : 'sub', operand: undefined } };
  }
  if (!compiler.isBinaryExpression(node) || !isAssigned(node.left) || !compiler.isElementAccessExpression(plain(node.left))) return undefined;
  const isPlainAssignment = node.operatorToken.kind === SyntaxKind.EqualsToken;
  if (isPlainAssignment && !readsPlace(node.right, node.left, types)) return undefined;
  const element = sharedElement(node.left, file, types);
  if (!element) return undefined;
  const name = atomicOf(node.operatorToken.kind);
  return { kind: 'update', element, node, atomic: name && { name, operand: node.right } };
}

/** `view.set([view[0] + 1])`, `view.fill(view[0] + 1, 0, 1)`: an element is written that the new value was computed from. */
export function sharedUpdateByCall(node: ts.CallExpression, file: ts.SourceFile, types: TypeQueries): SharedUpdate | undefined {
  const method = methodCall(node);
  if (!method || (method.name !== 'set' && method.name !== 'fill')) return undefined;
  const [source, from, to] = node.arguments;
  const start = from ? constantOf(from) : 0;
  if (!source || typeof start !== 'number') return undefined;
  const values = plain(source);
  const written = method.name === 'fill' ? [source] : compiler.isArrayLiteralExpression(values) ? values.elements : [];
  const end = method.name === 'set' ? start + written.length : to ? constantOf(to) : Infinity;
  if (typeof end !== 'number' || written.length === 0 || !types.typeAt(method.receiver).isSharedMemory || isBeingMade(method.receiver, file, types)) return undefined;
  let element: ts.ElementAccessExpression | undefined;
  written.forEach((value, index) => {
    const visit = (at: ts.Node): void => {
      if (element || !compiler.isElementAccessExpression(at) || !isSamePlace(at.expression, method.receiver, types)) return;
      const read = constantOf(at.argumentExpression);
      if (typeof read === 'number' && (method.name === 'set' ? read === start + index : start <= read && read < end)) element = at;
    };
    visit(plain(value));
    walkOwn(value, visit);
  });
  return element && { kind: 'update', element, node, atomic: undefined };
}

function readsPlace(value: ts.Expression, place: ts.Expression, types: TypeQueries): boolean {
  let reads = false;
  const visit = (node: ts.Node): void => {
    reads ||= compiler.isElementAccessExpression(node) && isSamePlace(node, place, types);
  };
  visit(value);
  walkOwn(value, visit);
  return reads;
}

/** `if (view[0] === 0) view[0] = 1`: two threads pass the test. */
export function sharedLockBy(node: ts.IfStatement, file: ts.SourceFile, types: TypeQueries): SharedUpdate | undefined {
  const test = plain(node.expression);
  if (!compiler.isBinaryExpression(test) || (test.operatorToken.kind !== SyntaxKind.EqualsEqualsEqualsToken && test.operatorToken.kind !== SyntaxKind.EqualsEqualsToken)) return undefined;
  const read = [test.left, test.right].map((side) => elementRead(side, types)).find((each) => each !== undefined);
  const first = compiler.isBlock(node.thenStatement) ? node.thenStatement.statements[0] : node.thenStatement;
  const action = first && compiler.isExpressionStatement(first) ? plain(first.expression) : undefined;
  if (!read || !action) return undefined;
  const write = elementWritten(action, types);
  if (!write || !isSamePlace(write.view, read.view, types) || !isSameKey(write.index, read.index, types) || constantOf(write.value) === undefined) return undefined;
  if (!types.typeAt(read.view).isSharedMemory || isBeingMade(read.view, file, types)) return undefined;
  return { kind: 'lock', element: read.node, node: action, atomic: undefined };
}

interface ElementPlace {
  readonly node: ts.Expression;
  readonly view: ts.Expression;
  readonly index: ts.Expression;
}

/** `view[i]`, `Atomics.load(view, i)`. */
function elementRead(side: ts.Expression, types: TypeQueries): ElementPlace | undefined {
  const node = plain(side);
  if (compiler.isElementAccessExpression(node)) return { node, view: node.expression, index: node.argumentExpression };
  const call = globalCall(node, 'Atomics', types);
  const [view, index] = call?.name === 'load' ? call.arguments : [];
  return view && index && { node, view, index };
}

/** `view[i] = value`, `Atomics.store(view, i, value)`. */
function elementWritten(action: ts.Expression, types: TypeQueries): (ElementPlace & { readonly value: ts.Expression }) | undefined {
  if (compiler.isBinaryExpression(action) && action.operatorToken.kind === SyntaxKind.EqualsToken) {
    const node = plain(action.left);
    return compiler.isElementAccessExpression(node) ? { node, view: node.expression, index: node.argumentExpression, value: action.right } : undefined;
  }
  const call = globalCall(action, 'Atomics', types);
  const [view, index, value] = call?.name === 'store' ? call.arguments : [];
  return view && index && value && { node: action, view, index, value };
}

/** `while (Atomics.load(view, 0) === 1) {} Atomics.store(view, 0, 1);`: two threads leave the loop together. */
export function waitedLockBy(node: ts.WhileStatement, file: ts.SourceFile, types: TypeQueries): SharedUpdate | undefined {
  const test = plain(node.expression);
  if (!compiler.isBinaryExpression(test) || !comparisons().has(test.operatorToken.kind) || !compiler.isBlock(node.parent)) return undefined;
  const read = [test.left, test.right].map((side) => elementRead(side, types)).find((each) => each !== undefined);
  const next = node.parent.statements[node.parent.statements.indexOf(node) + 1];
  const action = next && compiler.isExpressionStatement(next) ? plain(next.expression) : undefined;
  const write = action && elementWritten(action, types);
  if (!read || !action || !write || !isSamePlace(write.view, read.view, types) || !isSameKey(write.index, read.index, types)) return undefined;
  // What keeps a thread in the loop is what it writes when it is out: a lock. Any other value is the next step of a protocol.
  const [kept, written] = [[test.left, test.right].map(constantOf).find((each) => each !== undefined), constantOf(write.value)];
  const isEqual = test.operatorToken.kind === SyntaxKind.EqualsEqualsEqualsToken || test.operatorToken.kind === SyntaxKind.EqualsEqualsToken;
  if (kept === undefined || written === undefined || (kept === written) !== isEqual) return undefined;
  if (!types.typeAt(read.view).isSharedMemory || isBeingMade(read.view, file, types)) return undefined;
  return { kind: 'lock', element: read.node, node: action, atomic: undefined };
}

/** The compiler is linked late, and with it the kinds of tokens. */
function comparisons(): ReadonlySet<ts.SyntaxKind> {
  return new Set([SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.EqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.ExclamationEqualsToken]);
}

/** `while (view[0] === 0) {}`: a plain read in a loop that changes nothing may be read once and never again. */
export function spinBy(node: ts.WhileStatement, file: ts.SourceFile, types: TypeQueries): SharedUpdate | undefined {
  const isEmpty = compiler.isEmptyStatement(node.statement) || (compiler.isBlock(node.statement) && node.statement.statements.length === 0);
  if (!isEmpty) return undefined;
  let element: ts.ElementAccessExpression | undefined;
  const visit = (at: ts.Node): void => {
    if (!element && compiler.isElementAccessExpression(at)) element = sharedElement(at, file, types);
  };
  visit(node.expression);
  walkOwn(node.expression, visit);
  return element && { kind: 'spin', element, node: element, atomic: undefined };
}

export interface UnseenChange {
  readonly change: ts.Expression;
  readonly container: ts.Identifier;
}

/**
 * `const seen = new Map(); worker.postMessage(seen); … seen.set(k, v);` of a container that this side only fills: what was posted
 * is a copy, and nobody sees what is put in afterwards. Silent where it may be posted again.
 */
export function unseenChangeAfter(call: ts.CallExpression, file: ts.SourceFile, types: TypeQueries): UnseenChange | undefined {
  const method = methodCall(call);
  const [message] = call.arguments;
  if (method?.name !== 'postMessage' || !message || !compiler.isExpressionStatement(call.parent)) return undefined;
  const { libraryName } = types.typeAt(method.receiver);
  if (libraryName === undefined || !posts.has(libraryName)) return undefined;
  const own = functionAround(call);
  for (let at: ts.Node = call.parent; at !== own; at = at.parent) if (compiler.isIterationStatement(at, false)) return undefined;
  for (const container of namesPosted(plain(message))) {
    const symbol = types.symbolAt(container);
    const declaration = symbol?.valueDeclaration;
    if (!symbol || !declaration || !compiler.isVariableDeclaration(declaration) || !declaration.initializer || !isOwnConstant(declaration)) continue;
    if (functionAround(declaration) !== own || !isNewContainer(declaration.initializer)) continue;
    const uses = usesOf(symbol, file, types).filter((use) => use !== container);
    const changes = uses.map((use) => changeBy(use, types));
    const added = changes.find((each) => each?.operation === 'add' && isAfter(each.node, call, own, file, types));
    if (added && changes.every((each) => each !== undefined)) return { change: added.node, container };
  }
  return undefined;
}

/** True for what runs after a statement of a function: behind it, and not in a function that may have been called before. */
function isAfter(node: ts.Node, call: ts.Node, own: ts.Node, file: ts.SourceFile, types: TypeQueries): boolean {
  if (node.pos < call.end) return false;
  for (let at = functionAround(node); at !== own; at = functionAround(at)) {
    if (compiler.isArrowFunction(at) || compiler.isFunctionExpression(at)) continue;
    const symbol = compiler.isFunctionDeclaration(at) && at.name ? types.symbolAt(at.name) : undefined;
    if (!symbol || usesOf(symbol, file, types).some((use) => use.pos < call.end)) return false;
  }
  return true;
}

/** A constant of a function, or of a module that keeps it to itself. */
function isOwnConstant(declaration: ts.VariableDeclaration): boolean {
  const { parent: list } = declaration;
  if (!compiler.isVariableDeclarationList(list) || !(list.flags & compiler.NodeFlags.Const)) return false;
  const file = declaration.getSourceFile();
  if (list.parent.parent !== file) return true;
  return compiler.isExternalModule(file) && (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Export) === 0;
}

function isNewContainer(node: ts.Expression): boolean {
  const at = plain(node);
  return compiler.isNewExpression(at) || compiler.isArrayLiteralExpression(at) || compiler.isObjectLiteralExpression(at);
}

/** The names in a message whose values are copied as wholes: `m`, `{ m }`, `{ entries: m }`. */
function namesPosted(message: ts.Expression): readonly ts.Identifier[] {
  if (compiler.isIdentifier(message)) return [message];
  if (!compiler.isObjectLiteralExpression(message)) return [];
  return message.properties.flatMap((each) => {
    if (!compiler.isPropertyAssignment(each)) return [];
    const value = plain(each.initializer);
    return compiler.isIdentifier(value) ? [value] : [];
  });
}

/** The statement by which a container is changed, and nothing else; undefined for any other use of it. */
function changeBy(use: ts.Node, types: TypeQueries): Operation | undefined {
  const container = expressionOf(use as ts.Identifier);
  const node = compiler.isElementAccessExpression(container.parent) || compiler.isPropertyAccessExpression(container.parent) ? container.parent.parent : undefined;
  if (!node || !compiler.isExpression(node) || !compiler.isExpressionStatement(node.parent)) return undefined;
  const operation = operationOf(node, types);
  return operation?.container === container && operation.kind !== 'typed-array' && operation.operation !== 'read' && operation.operation !== 'iterate' ? operation : undefined;
}

export interface UseAfterTransfer {
  readonly use: ts.Identifier;
  readonly call: ts.CallExpression;
}

/** `worker.postMessage(m, [buffer]); buffer.byteLength`: the memory went along, what is left here is empty. */
export function useAfterTransfer(call: ts.CallExpression, file: ts.SourceFile, types: TypeQueries): UseAfterTransfer | undefined {
  const list = transferList(call, types);
  const statement = list && statementOf(call);
  if (!list || !statement || !compiler.isBlock(statement.parent)) return undefined;
  const behind = statement.parent.statements.slice(statement.parent.statements.indexOf(statement) + 1);
  for (const each of list.elements) {
    for (const symbol of holdersOf(plain(each), call, file, types)) {
      const uses = usesOf(symbol, file, types).filter((use) => behind.some((later) => use.pos >= later.pos && use.end <= later.end));
      const [first] = uses;
      // Given anew, or looked at for whether it is still there.
      if (!first || isAssigned(expressionOf(first)) || !compiler.isIdentifier(first)) continue;
      const { parent } = first;
      if (compiler.isPropertyAccessExpression(parent) && (parent.name.text === 'detached' || parent.name.text === 'byteLength')) continue;
      return { use: first, call };
    }
  }
  return undefined;
}

/** The statement that a call is, or whose value it gives: `const copy = structuredClone(m, { transfer: [buffer] });`. */
function statementOf(call: ts.CallExpression): ts.Statement | undefined {
  let at: ts.Node = call;
  while (compiler.isExpression(at.parent) && plain(at.parent as ts.Expression) === plain(at as ts.Expression)) at = at.parent;
  if (compiler.isAwaitExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (compiler.isExpressionStatement(parent)) return parent;
  return compiler.isVariableDeclaration(parent) && parent.initializer === at && compiler.isVariableStatement(parent.parent.parent) ? parent.parent.parent : undefined;
}

/** The variables of the function that have the transferred memory: the buffer in the list, and the view that it was taken from or that was made of it. */
function holdersOf(transferred: ts.Expression, call: ts.CallExpression, file: ts.SourceFile, types: TypeQueries): readonly ts.Symbol[] {
  const own = functionAround(call);
  const ofFunction = (name: ts.Expression): ts.Symbol | undefined => {
    const symbol = compiler.isIdentifier(name) ? types.symbolAt(name) : undefined;
    return symbol?.valueDeclaration && functionAround(symbol.valueDeclaration) === own ? symbol : undefined;
  };
  if (compiler.isPropertyAccessExpression(transferred)) {
    const view = plain(transferred.expression);
    const symbol = transferred.name.text === 'buffer' && types.typeAt(view).container === 'typed-array' ? ofFunction(view) : undefined;
    return symbol ? [symbol] : [];
  }
  const buffer = types.typeAt(transferred).libraryName === 'ArrayBuffer' ? ofFunction(transferred) : undefined;
  if (!buffer) return [];
  const views = usesOf(buffer, file, types).flatMap((use) => {
    const made = use.parent;
    const declaration = compiler.isNewExpression(made) && made.arguments?.[0] === use && made.pos < call.pos ? made.parent : undefined;
    if (!declaration || !compiler.isVariableDeclaration(declaration) || !compiler.isIdentifier(declaration.name) || types.typeAt(declaration.name).container !== 'typed-array') return [];
    return ofFunction(declaration.name) ?? [];
  });
  return [buffer, ...views];
}

const posts: ReadonlySet<string> = new Set(['Worker', 'MessagePort', 'DedicatedWorkerGlobalScope', 'Window', 'ServiceWorker', 'Client']);

function transferList(call: ts.CallExpression, types: TypeQueries): ts.ArrayLiteralExpression | undefined {
  const method = methodCall(call);
  const second = call.arguments[1] && plain(call.arguments[1]);
  const isClone = compiler.isIdentifier(plain(call.expression)) && (plain(call.expression) as ts.Identifier).text === 'structuredClone';
  if (!second || (!isClone && method?.name !== 'postMessage')) return undefined;
  const list = compiler.isObjectLiteralExpression(second) ? second.properties.flatMap((each) => (compiler.isPropertyAssignment(each) && compiler.isIdentifier(each.name) && each.name.text === 'transfer' ? [plain(each.initializer)] : []))[0] : second;
  if (!list || !compiler.isArrayLiteralExpression(list) || list.elements.length === 0) return undefined;
  if (isClone) {
    const symbol = types.symbolAt(plain(call.expression));
    return symbol && types.isLibrary(symbol) ? list : undefined;
  }
  const { libraryName } = types.typeAt(method!.receiver);
  return libraryName !== undefined && posts.has(libraryName) ? list : undefined;
}
