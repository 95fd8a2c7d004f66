// Pools that a program keeps of its own: an array of maps or sets, `pool.pop() ?? new Map()` to take one, `pool.push(m)` to
// give it back.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { methodCall, plain } from './expressions.ts';
import { functionAround, isNewEmpty } from './operations.ts';
import { expressionOf, isAssigned, referencesTo, usesOf } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

export interface UnclearedPool {
  /** The argument of `push`. */
  readonly given: ts.Expression;
  readonly push: ts.CallExpression;
  /** Where somebody looks at all elements. */
  readonly seen: ts.Node;
}

const looksAtAll: ReadonlySet<string> = new Set(['size', 'forEach', 'keys', 'values', 'entries']);
const looksAtOne: ReadonlySet<string> = new Set(['get', 'has']);
const adds: ReadonlySet<string> = new Set(['set', 'add']);

/** A pool that lends what others left in it: nobody who takes or gives back removes anything. */
export function unclearedPool(declaration: ts.VariableDeclaration | ts.PropertyDeclaration, file: ts.SourceFile, types: TypeQueries): UnclearedPool | undefined {
  const elements = types.typeAt(declaration.name).elements;
  const symbol = elements && isHidden(declaration) && holdsContainers(types.typeAt(declaration.name).container, elements.container, elements.isExact) ? types.symbolAt(declaration.name) : undefined;
  if (!symbol) return undefined;
  const pushes: ts.CallExpression[] = [];
  const taken: ts.Expression[] = [];
  for (const name of usesOf(symbol, file, types)) {
    const access = expressionOf(name).parent;
    const call = compiler.isPropertyAccessExpression(access) && access.expression === expressionOf(name) ? access.parent : undefined;
    if (compiler.isPropertyAccessExpression(access) && access.name.text === 'length' && !isAssigned(access)) continue;
    if (!call || !compiler.isCallExpression(call) || call.expression !== access) return undefined;
    const method = (access as ts.PropertyAccessExpression).name.text;
    if (method === 'push' && call.arguments.length === 1) pushes.push(call);
    else if (method === 'pop' || method === 'shift') taken.push(call);
    else return undefined;
  }
  const lent = new Lent(file, types);
  if (pushes.length !== 1 || taken.length === 0 || !taken.every((call) => lent.take(call))) return undefined;
  const [push] = pushes;
  const given = plain(push!.arguments[0]!);
  if (!compiler.isIdentifier(given) || !lent.giveBack(given) || !lent.adds || !lent.seen) return undefined;
  return { given, push: push!, seen: lent.seen };
}

function holdsContainers(list: string | undefined, element: string | undefined, isExact: boolean): boolean {
  return list === 'array' && isExact && (element === 'map' || element === 'set');
}

/** True for private fields and variables of a module that it does not export. */
function isHidden(declaration: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
  const flags = compiler.getCombinedModifierFlags(declaration);
  if (compiler.isPropertyDeclaration(declaration)) return compiler.isPrivateIdentifier(declaration.name) || (flags & compiler.ModifierFlags.Private) !== 0;
  return compiler.isSourceFile(functionAround(declaration)) && !(flags & compiler.ModifierFlags.Export);
}

/** What was taken from a pool, through variables and hidden functions, as far as all of it is seen. */
class Lent {
  adds = false;
  seen: ts.Node | undefined;
  readonly #file: ts.SourceFile;
  readonly #types: TypeQueries;
  readonly #followed = new Set<ts.Symbol>();

  constructor(file: ts.SourceFile, types: TypeQueries) {
    this.#file = file;
    this.#types = types;
  }

  /** `pool.pop() ?? new Map()`; false if what becomes of it is not seen, or it is emptied. */
  take(call: ts.Expression): boolean {
    const choice = call.parent;
    if (!compiler.isBinaryExpression(choice) || (choice.operatorToken.kind !== SyntaxKind.QuestionQuestionToken && choice.operatorToken.kind !== SyntaxKind.BarBarToken)) return false;
    return isNewEmpty(choice.right, this.#types) && this.#followValue(choice);
  }

  #followValue(value: ts.Expression): boolean {
    const { parent } = value;
    if (compiler.isVariableDeclaration(parent) && parent.initializer === value && compiler.isIdentifier(parent.name)) return this.#followVariable(this.#types.symbolAt(parent.name));
    if (!compiler.isReturnStatement(parent)) return false;
    const lender = functionAround(parent);
    if ((!compiler.isFunctionDeclaration(lender) && !compiler.isMethodDeclaration(lender)) || !lender.name || !isHiddenFunction(lender)) return false;
    const symbol = this.#types.symbolAt(lender.name);
    return symbol !== undefined && usesOf(symbol, this.#file, this.#types).every((name) => {
      const called = expressionOf(name);
      return compiler.isCallExpression(called.parent) && called.parent.expression === called && this.#followValue(called.parent);
    });
  }

  /** The variable or parameter that is given back. */
  giveBack(name: ts.Identifier): boolean {
    return this.#followVariable(this.#types.symbolAt(name));
  }

  #followVariable(symbol: ts.Symbol | undefined): boolean {
    if (!symbol) return false;
    if (this.#followed.has(symbol)) return true;
    this.#followed.add(symbol);
    return referencesTo(symbol, this.#file, this.#types).every((name) => this.#isHarmless(name));
  }

  #isHarmless(name: ts.Node): boolean {
    const { parent } = name;
    if ((compiler.isVariableDeclaration(parent) || compiler.isParameter(parent)) && parent.name === name) return true;
    if (compiler.isForOfStatement(parent) && parent.expression === name) return this.#look(parent.expression);
    if (compiler.isSpreadElement(parent)) return this.#look(parent);
    if (compiler.isPropertyAccessExpression(parent) && parent.expression === name) {
      const method = parent.name.text;
      if (looksAtAll.has(method)) return this.#look(parent);
      this.adds ||= adds.has(method);
      return adds.has(method) || looksAtOne.has(method);
    }
    return compiler.isCallExpression(parent) && parent.arguments.includes(name as ts.Expression) && this.#isGivenBack(parent, name as ts.Expression);
  }

  #look(at: ts.Node): true {
    this.seen ??= at;
    return true;
  }

  /** `pool.push(m)`, or a hidden function that does that with its parameter. */
  #isGivenBack(call: ts.CallExpression, given: ts.Expression): boolean {
    if (methodCall(call)?.name === 'push') return true;
    const callee = this.#types.calleeOf(call);
    if (!callee || (!compiler.isFunctionDeclaration(callee) && !compiler.isMethodDeclaration(callee)) || !isHiddenFunction(callee)) return false;
    const parameter = callee.parameters[call.arguments.indexOf(given)];
    return parameter !== undefined && compiler.isIdentifier(parameter.name) && this.#followVariable(this.#types.symbolAt(parameter.name));
  }
}

function isHiddenFunction(declaration: ts.FunctionDeclaration | ts.MethodDeclaration): boolean {
  const flags = compiler.getCombinedModifierFlags(declaration);
  return compiler.isFunctionDeclaration(declaration) ? !(flags & compiler.ModifierFlags.Export) && declaration.body !== undefined : (flags & compiler.ModifierFlags.Private) !== 0;
}
