// Calls: methods of containers become accesses of elements; of other calls it is said what is called and what it runs.

import type ts from 'typescript';
import { Role, Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import { constantOf, plain } from '../expressions.ts';
import { elementCallbacks, elementEffect, libraryEffect, listeningOnce, promiseExecutor } from './effects.ts';
import type { ElementEffect } from './effects.ts';
import { emit, expression, joined, mayThrow, placeIn, spread, thisValue, writeTo } from './expressions.ts';
import { isAsync } from './context.ts';
import type { Lowering } from './context.ts';

/** `import()`: it gives one module however often it is called. */
const moduleLoader = { name: 'import' };
/** `import.meta.glob(…)`: by path functions that each do the same as `import()`. */
const moduleLoaders = { name: 'import.meta.glob' };

export function call(low: Lowering, node: ts.CallExpression): number {
  const callee = plain(node.expression);
  if (compiler.isPropertyAccessExpression(callee) && compiler.isMetaProperty(callee.expression) && callee.name.text === 'glob') {
    const given = argumentsOf(low, node);
    return finish(low, node, emit(low, Op.Call, low.file.shapeAt(node), node, low.file.callee(moduleLoaders, moduleLoaders.name, { kind: 'builtin', role: Role.Reads }), NONE, low.builder.list(given)));
  }
  if (compiler.isPropertyAccessExpression(callee)) return methodCall(low, node, callee);
  if (callee.kind === SyntaxKind.ImportKeyword) {
    const given = argumentsOf(low, node);
    return finish(low, node, emit(low, Op.Call, Shape.Promise, node, low.file.callee(moduleLoader, moduleLoader.name, { kind: 'builtin', role: Role.Reads }), NONE, low.builder.list(given)));
  }
  if (callee.kind === SyntaxKind.SuperKeyword) {
    return finish(low, node, emit(low, Op.Call, low.file.shapeAt(node), node, NONE, thisValue(low, callee), low.builder.list(argumentsOf(low, node))));
  }
  const declaration = low.file.types.calleeOf(node);
  const name = compiler.isIdentifier(callee) ? callee.text : '';
  const named = compiler.isIdentifier(callee) ? low.file.types.nameAt(callee) : undefined;
  const isVariable = compiler.isIdentifier(callee) && low.file.variableOf(callee) !== undefined;
  // `Number(text)` too, which the library declares as a variable.
  if (named?.isLibrary) {
    const effect = libraryEffect(name, undefined);
    const given = argumentsOf(low, node);
    return emit(low, Op.Call, low.file.shapeAt(node), node, low.file.callee(declaration ?? named.declaration ?? callee, name, { kind: 'builtin', ...effect }), NONE, low.builder.list(given));
  }
  if (!isVariable && declaration && compiler.isFunctionDeclaration(declaration)) {
    const given = argumentsOf(low, node);
    return finish(low, node, emit(low, Op.Call, low.file.shapeAt(node), node, low.file.callee(implementationOf(declaration, low), name), NONE, low.builder.list(given)));
  }
  const called = expression(low, callee);
  const given = argumentsOf(low, node);
  return optionalCall(low, node, called, () => emit(low, Op.Call, low.file.shapeAt(node), node, NONE, called, low.builder.list(given)));
}

/** Of an overloaded function the declaration that has a body. */
function implementationOf(declaration: ts.SignatureDeclaration, low: Lowering): ts.Node {
  if ((declaration as ts.FunctionDeclaration).body || !declaration.name) return declaration;
  return low.file.types.nameAt(declaration.name)?.implementation ?? declaration;
}

function optionalCall(low: Lowering, node: ts.CallExpression, tested: number, make: () => number): number {
  if (!node.questionDotToken) return finish(low, node, make());
  return conditional(low, node, tested, () => finish(low, node, make()));
}

function conditional(low: Lowering, node: ts.Expression, tested: number, make: () => number): number {
  const [something, nothing] = [low.builder.newBlock(), low.builder.newBlock()];
  low.builder.branch(tested, something, nothing);
  return joined(low, node, [[something, make], [nothing, () => emit(low, Op.Zero, Shape.Unknown, node)]]);
}

function finish(low: Lowering, _node: ts.Node, value: number): number {
  mayThrow(low);
  return value;
}

function argumentsOf(low: Lowering, node: ts.CallExpression | ts.NewExpression): number[] {
  return (node.arguments ?? []).map((each) => (compiler.isSpreadElement(each) ? spread(low, each) : expression(low, each)));
}

function methodCall(low: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression): number {
  const receiver = expression(low, callee.expression);
  const make = (): number => methodOn(low, node, callee, receiver);
  return callee.questionDotToken ? conditional(low, node, receiver, make) : make();
}

function methodOn(low: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression, receiver: number): number {
  const { file } = low;
  const type = file.types.typeAt(callee.expression);
  const kind = type.container === 'map' || type.container === 'weak-map' ? 'map' : type.container === 'set' || type.container === 'weak-set' ? 'set' : type.container === 'array' ? 'list' : type.container === 'typed-array' ? 'typed-array' : undefined;
  const effect = kind && elementEffect(kind, callee.name.text);
  const declaration = file.types.calleeOf(node);
  const member = file.types.nameAt(callee);
  const isLibrary = member?.isLibrary === true;
  if (effect && isLibrary) return elementAccess(low, node, callee, receiver, effect);
  if (isLibrary && callee.name.text === 'call') {
    // `f.call(self, …)` of a function that is declared here.
    const named = plain(callee.expression);
    const called = compiler.isIdentifier(named) ? file.types.declarationAt(named) : undefined;
    if (called && compiler.isFunctionDeclaration(called)) {
      const [self = NONE, ...rest] = argumentsOf(low, node);
      return finish(low, node, emit(low, Op.Call, isAsync(called) ? Shape.Promise : file.shapeAt(node), node, file.callee(implementationOf(called, low), called.name?.text ?? ''), NONE, low.builder.list([self, ...rest]), Flag.HasReceiver));
    }
  }
  if (isLibrary && (callee.name.text === 'hasOwn' || callee.name.text === 'hasOwnProperty')) {
    const asked = ownPropertyAsked(low, node, callee, receiver);
    if (asked !== undefined) return asked;
  }
  const given = [receiver, ...argumentsOf(low, node)];
  if (isLibrary) {
    const owner = type.libraryName ?? '';
    if (callee.name.text === 'addEventListener' && isOnce(node.arguments[2])) {
      const index = file.callee(onceListener, `${owner}.addEventListener`, { kind: 'builtin', ...listeningOnce });
      return finish(low, node, emit(low, Op.Call, file.shapeAt(node), node, index, NONE, low.builder.list(given), Flag.HasReceiver));
    }
    const index = file.callee(member.declaration ?? callee, `${owner}.${callee.name.text}`, { kind: 'builtin', ...libraryEffect(callee.name.text, owner) });
    return finish(low, node, emit(low, Op.Call, file.shapeAt(node), node, index, NONE, low.builder.list(given), Flag.HasReceiver));
  }
  if (declaration && (compiler.isMethodDeclaration(declaration) || compiler.isMethodSignature(declaration))) {
    const facts = { kind: compiler.isMethodSignature(declaration) || isAbstract(declaration) ? ('interface' as const) : ('function' as const), ...(isLibraryName(callee.name.text, type.libraryName) ? libraryEffect(callee.name.text, type.libraryName) : {}) };
    const store = file.types.storeEffectOf(callee);
    const index = file.callee(implementationOf(declaration, low), callee.name.text, { ...facts, ...(store && { store }) });
    return optionalCall(low, node, receiver, () => emit(low, Op.Call, file.shapeAt(node), node, index, NONE, low.builder.list(given), Flag.HasReceiver));
  }
  // A property that holds a function, or a method that is not resolved.
  const held = low.builder.read(placeIn(low, callee, receiver), Shape.Function, callee.getStart(file.source.syntax), callee.end);
  const origin = member?.declaration;
  const index = origin && compiler.isPropertyDeclaration(origin) ? file.callee(origin, callee.name.text, { role: Role.None }) : NONE;
  return optionalCall(low, node, held, () => emit(low, Op.Call, file.shapeAt(node), node, index, held, low.builder.list(given), Flag.HasReceiver));
}

/** Registers a listener that is called once. */
const onceListener = { name: 'addEventListener' };

function isOnce(options: ts.Expression | undefined): boolean {
  const at = options && plain(options);
  return at !== undefined && compiler.isObjectLiteralExpression(at) && at.properties.some((each) => compiler.isPropertyAssignment(each) && compiler.isIdentifier(each.name) && each.name.text === 'once' && each.initializer.kind === SyntaxKind.TrueKeyword);
}

/** `Object.hasOwn(entries, key)`, `entries.hasOwnProperty(key)` of a dictionary; undefined for other objects. */
function ownPropertyAsked(low: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression, receiver: number): number | undefined {
  const [first, second] = node.arguments;
  const container = callee.name.text === 'hasOwn' ? first : callee.expression;
  const key = callee.name.text === 'hasOwn' ? second : first;
  if (!container || !key || compiler.isSpreadElement(key) || low.file.types.typeAt(container).container !== 'dictionary') return undefined;
  const place = low.builder.element(container === callee.expression ? receiver : expression(low, container), expression(low, key));
  const found = low.builder.read(place, Shape.Unknown, node.getStart(low.file.source.syntax), node.end, Flag.CommaOk);
  return emit(low, Op.Extract, Shape.Boolean, node, found, 1);
}

/** A user's class that extends one of the platform's has its methods. */
function isLibraryName(_name: string, owner: string | undefined): owner is string {
  return owner !== undefined;
}

function isAbstract(node: ts.SignatureDeclaration): boolean {
  return (node as ts.MethodDeclaration).body === undefined;
}

function elementAccess(low: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression, container: number, effect: ElementEffect): number {
  const { builder, file } = low;
  if (effect === 'overwrite') return overwrite(low, node, callee, container);
  const given = argumentsOf(low, node);
  const [first = NONE, second = NONE] = given;
  const shape = file.shapeAt(node);
  const [start, end] = [node.getStart(file.source.syntax), node.end];
  switch (effect) {
    case 'read':
      return builder.read(builder.element(container, first), shape, start, end);
    case 'has':
      return emit(low, Op.Extract, Shape.Boolean, node, builder.read(builder.element(container, first), Shape.Unknown, start, end, Flag.CommaOk), 1);
    case 'write':
    case 'ensure':
      writeTo(low, node, builder.element(container, first), second, effect === 'ensure' ? Flag.Update : Flag.None);
      return effect === 'ensure' ? builder.read(builder.element(container, first), shape, start, end) : container;
    case 'compute': {
      // The function is called where there is no entry yet; what it gives is the entry.
      const made = emit(low, Op.Call, file.shapeAt(node), node, NONE, second, builder.list([first]));
      writeTo(low, node, builder.element(container, first), made, Flag.Update);
      mayThrow(low);
      return builder.read(builder.element(container, first), shape, start, end);
    }
    case 'add':
      writeTo(low, node, builder.element(container, first), first);
      return container;
    case 'delete':
      return emit(low, Op.Delete, Shape.Boolean, node, container, first);
    case 'clear':
      return emit(low, Op.Clear, Shape.Unknown, node, container);
    case 'append':
      return emit(low, Op.Append, Shape.Number, node, container, NONE, builder.list(given), Flag.Update);
    case 'remove':
      // `list.splice(0);`, with nobody to take what comes out.
      if (callee.name.text === 'splice' && node.arguments.length === 1 && constantOf(node.arguments[0]!) === 0 && compiler.isExpressionStatement(node.parent)) return emit(low, Op.Clear, shape, node, container);
      // `list.splice(i, 0, each)` takes nothing out.
      if (callee.name.text === 'splice' && node.arguments.length > 2 && constantOf(node.arguments[1]!) === 0) return emit(low, Op.Append, shape, node, container, NONE, builder.list(given.slice(2)), Flag.Update);
      return emit(low, Op.Delete, shape, node, container, NONE, callee.name.text === 'splice' && node.arguments.length === 2 && constantOf(node.arguments[1]!) === 1 ? first : NONE);
    case 'length':
      return emit(low, Op.Length, Shape.Number, node, container);
    default: {
      const iterated = emit(low, Op.Iterate, low.builder.shapeOf(container), node, container);
      if (!elementCallbacks.has(callee.name.text)) return iterated;
      const index = file.callee(file.types.declarationAt(callee) ?? callee, callee.name.text, { kind: 'builtin', ...libraryEffect(callee.name.text, '') });
      const value = emit(low, Op.Call, shape, node, index, NONE, builder.list([container, ...given]), Flag.HasReceiver);
      mayThrow(low);
      return value;
    }
  }
}

/** `view.set([a, b], 2)`, `view.fill(a, 0, 1)`: elements where it is seen which, all of them otherwise. */
function overwrite(low: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression, container: number): number {
  const { builder, file } = low;
  const [source, from, to] = node.arguments;
  const values = source && plain(source);
  const start = from ? constantOf(from) : 0;
  const isSet = callee.name.text === 'set';
  if (isSet && values && compiler.isArrayLiteralExpression(values) && typeof start === 'number' && !values.elements.some((each) => compiler.isSpreadElement(each) || compiler.isOmittedExpression(each))) {
    const written = values.elements.map((each) => expression(low, each));
    written.forEach((value, index) => writeTo(low, node, builder.element(container, emit(low, Op.Constant, Shape.Number, node, file.unit.constant(start + index))), value));
    return emit(low, Op.Zero, Shape.Unknown, node);
  }
  const [value = NONE] = argumentsOf(low, node);
  const isOne = !isSet && typeof start === 'number' && to !== undefined && constantOf(to) === start + 1;
  writeTo(low, node, builder.element(container, isOne ? emit(low, Op.Constant, Shape.Number, node, file.unit.constant(start)) : NONE), value);
  return isSet ? emit(low, Op.Zero, Shape.Unknown, node) : container;
}

/** `new X(…)`. */
export function construct(low: Lowering, node: ts.NewExpression): number {
  const { file, builder } = low;
  const type = file.types.typeAt(node);
  const shape = file.shapeAt(node);
  const given = argumentsOf(low, node);
  const name = type.libraryName;
  // `new Array(length)` has no elements yet.
  if (type.container === 'array' && given.length === 1 && builder.shapeOf(given[0]!) === Shape.Number) return emit(low, Op.Make, shape, node, given[0], NONE, builder.list([]));
  if (type.container && type.isExact && type.container !== 'dictionary') return emit(low, Op.Make, shape, node, NONE, NONE, builder.list(given.flatMap((each) => [NONE, each])));
  const named = compiler.isIdentifier(plain(node.expression)) ? file.types.nameAt(plain(node.expression)) : undefined;
  const declaration = file.types.calleeOf(node);
  if (name === 'Promise') return emit(low, Op.Call, Shape.Promise, node, file.callee(named?.declaration ?? node, 'new Promise', { kind: 'builtin', role: Role.Reads, runs: promiseExecutor }), NONE, builder.list(given));
  const isLibrary = named?.isLibrary === true;
  const origin = declaration ?? named?.declaration ?? node;
  const made = emit(low, Op.Call, shape, node, file.callee(origin, `new ${named?.name ?? ''}`, { kind: isLibrary ? 'builtin' : 'function', role: isLibrary ? Role.Reads : Role.None }), NONE, builder.list(given));
  mayThrow(low);
  return emit(low, Op.Allocate, shape, node, made);
}
