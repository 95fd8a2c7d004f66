// What lowering asks about types, as plain answers. No answer holds a type or symbol of the checker, so what was answered in
// one program holds in the next one too, where an edit changed nothing that others see (program/body-edits.ts): a node that the
// edit left alone keeps its answers.

import type ts from 'typescript';
import { Shape } from '../../model/objects.ts';
import type { StoreEffect } from '../../model/objects.ts';
import { compiler } from '../compiler.ts';
import { isReplaced } from '../replaced-trees.ts';
import type { ContainerKind, StaticType, TypeQueries } from '../types/queries.ts';
import { storeEffect } from './effects.ts';

export interface TypeAnswer {
  readonly shape: Shape;
  readonly container: ContainerKind | undefined;
  readonly isExact: boolean;
  readonly libraryName: string | undefined;
}

/** What a name or property access refers to. */
export interface NameAnswer {
  readonly name: string;
  /** Its first declaration that has a value; undefined for what the checker makes up. */
  readonly declaration: ts.Declaration | undefined;
  /** Of an overloaded function the declaration that has a body. */
  readonly implementation: ts.Declaration | undefined;
  readonly isLibrary: boolean;
}

interface CallAnswer {
  readonly declaration: ts.SignatureDeclaration | undefined;
}

export class LoweringAnswers {
  #queries: TypeQueries;
  #types = new WeakMap<ts.Node, TypeAnswer>();
  /** Many expressions have one type. */
  readonly #ofTypes = new WeakMap<StaticType, TypeAnswer>();
  #names = new WeakMap<ts.Node, NameAnswer | null>();
  #calls = new WeakMap<ts.Node, CallAnswer>();
  #stores = new WeakMap<ts.Node, StoreEffect | null>();

  constructor(queries: TypeQueries) {
    this.#queries = queries;
  }

  /**
   * Goes on with the types of the next program.
   * @param edited what has to be asked anew, with all that is below
   */
  goOnWith(queries: TypeQueries, edited: readonly ts.Node[]): void {
    this.#queries = queries;
    for (const node of edited) this.#forget(node);
  }

  #forget(node: ts.Node): void {
    this.#types.delete(node);
    this.#names.delete(node);
    this.#calls.delete(node);
    this.#stores.delete(node);
    compiler.forEachChild(node, (child) => this.#forget(child));
  }

  typeAt(node: ts.Node): TypeAnswer {
    let known = this.#types.get(node);
    if (!known) this.#types.set(node, (known = this.#answerOf(this.#queries.typeAt(node))));
    return known;
  }

  #answerOf(type: StaticType): TypeAnswer {
    let known = this.#ofTypes.get(type);
    if (!known) this.#ofTypes.set(type, (known = typeAnswer(type)));
    return known;
  }

  nameAt(node: ts.Node): NameAnswer | undefined {
    const known = this.#names.get(node);
    if (known === null) return undefined;
    if (known && isCurrent(known.declaration) && isCurrent(known.implementation)) return known;
    const symbol = this.#queries.symbolAt(node);
    const answer = symbol && { name: symbol.name, declaration: declarationOf(symbol), implementation: implementationOf(symbol), isLibrary: this.#queries.isLibrary(symbol) };
    this.#names.set(node, answer ?? null);
    return answer;
  }

  declarationAt(node: ts.Node): ts.Declaration | undefined {
    return this.nameAt(node)?.declaration;
  }

  /** The declaration that a call or `new` resolves to; undefined if it is not resolved. */
  calleeOf(call: ts.CallExpression | ts.NewExpression): ts.SignatureDeclaration | undefined {
    const known = this.#calls.get(call);
    if (known && isCurrent(known.declaration)) return known.declaration;
    const declaration = this.#queries.calleeOf(call);
    this.#calls.set(call, { declaration });
    return declaration;
  }

  /** What a method of a store that answers with promises does; undefined for other methods. */
  storeEffectOf(callee: ts.PropertyAccessExpression): StoreEffect | undefined {
    const known = this.#stores.get(callee);
    if (known !== undefined) return known ?? undefined;
    const effect = storeEffect(this.#queries.typeAt(callee.expression), callee.name.text);
    this.#stores.set(callee, effect ?? null);
    return effect;
  }

  /** The property that an element of an object pattern takes: the property itself, not the variable that gets its value. */
  propertyOf(element: ts.BindingElement, name: string): ts.Declaration | undefined {
    const known = this.#names.get(element);
    if (known && isCurrent(known.declaration)) return known.declaration;
    const property = this.#queries.typeAt(element.parent).symbol?.members?.get(compiler.escapeLeadingUnderscores(name));
    const declaration = property && declarationOf(property);
    this.#names.set(element, { name, declaration, implementation: undefined, isLibrary: false });
    return declaration;
  }
}

/** False for what is declared elsewhere now. */
function isCurrent(node: ts.Node | undefined): boolean {
  return node === undefined || !isReplaced(node);
}

function typeAnswer(type: StaticType): TypeAnswer {
  return { shape: shapeOf(type), container: type.container, isExact: type.isExact, libraryName: type.libraryName };
}

function shapeOf(type: StaticType): Shape {
  if (type.isUnknown) return Shape.Unknown;
  switch (type.container) {
    case 'map':
    case 'weak-map':
    case 'dictionary':
      return Shape.Map;
    case 'set':
    case 'weak-set':
      return Shape.Set;
    case 'array':
    case 'typed-array':
      return Shape.List;
    default:
  }
  if (type.isString) return Shape.String;
  if (type.isNumber) return Shape.Number;
  if (type.isPrimitive) return Shape.Boolean;
  if (type.isCallable) return Shape.Function;
  if (type.promised) return Shape.Promise;
  return type.isNothing ? Shape.Unknown : Shape.Object;
}

function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  const declared = symbol.valueDeclaration ?? symbol.declarations?.[0];
  // Of a property that has both, the function that gives its value stands for it.
  return declared && compiler.isSetAccessorDeclaration(declared) ? (symbol.declarations?.find(compiler.isGetAccessorDeclaration) ?? declared) : declared;
}

function implementationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.declarations?.find((each) => (each as ts.FunctionDeclaration).body !== undefined);
}
