// What the checker was asked about nodes, as plain answers. They hold in the next program too, where edits changed nothing but
// bodies (program/body-edits.ts): a node that the edits left alone keeps its answers, and the next checker, which knows nothing
// yet, is not asked again.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { isReplaced } from '../replaced-trees.ts';
import type { StaticType } from './queries.ts';

/** The questions whose answers hold no type and no symbol. */
type Fact = Exclude<{ [K in keyof StaticType]: StaticType[K] extends boolean | string | undefined ? K : never }[keyof StaticType], undefined>;

class KnownType {
  readonly facts = new Map<Fact, boolean | string | undefined>();
  /** By question, or `.name` for properties; null where there is none. */
  readonly parts = new Map<string, KnownType | null>();
}

export class KeptAnswers {
  readonly #types = new WeakMap<ts.Node, KnownType>();
  readonly #declarations = new WeakMap<ts.Node, ts.Declaration | null>();
  readonly #callees = new WeakMap<ts.Node, ts.SignatureDeclaration | null>();

  /** What is below a node has to be asked anew. */
  forget(node: ts.Node): void {
    this.#types.delete(node);
    this.#declarations.delete(node);
    this.#callees.delete(node);
    compiler.forEachChild(node, (child) => this.forget(child));
  }

  /** @param ask the type at the node, in the program that it is asked in */
  typeAt(node: ts.Node, ask: () => StaticType): StaticType {
    let known = this.#types.get(node);
    if (!known) this.#types.set(node, (known = new KnownType()));
    return new KeptType(known, ask);
  }

  /** @param ask the symbol that the node refers to */
  symbolAt(node: ts.Node, checker: ts.TypeChecker, ask: () => ts.Symbol | undefined): ts.Symbol | undefined {
    const known = this.#declarations.get(node);
    if (known === null) return undefined;
    const again = known && !isReplaced(known) ? declaredBy(known, checker) : undefined;
    if (again) return again;
    const symbol = ask();
    const declaration = symbol && (symbol.valueDeclaration ?? symbol.declarations?.[0]);
    if (!symbol) this.#declarations.set(node, null);
    // A symbol that the checker makes up cannot be found again.
    else if (declaration && declaredBy(declaration, checker) === symbol) this.#declarations.set(node, declaration);
    return symbol;
  }

  calleeOf(call: ts.CallExpression | ts.NewExpression, ask: () => ts.SignatureDeclaration | undefined): ts.SignatureDeclaration | undefined {
    const known = this.#callees.get(call);
    if (known === null) return undefined;
    if (known && !isReplaced(known)) return known;
    const declaration = ask();
    this.#callees.set(call, declaration ?? null);
    return declaration;
  }
}

/** The symbol that a declaration gives its name to. */
function declaredBy(declaration: ts.Declaration, checker: ts.TypeChecker): ts.Symbol | undefined {
  const name = compiler.getNameOfDeclaration(declaration);
  return name && checker.getSymbolAtLocation(name);
}

class KeptType implements StaticType {
  readonly #known: KnownType;
  readonly #ask: () => StaticType;

  constructor(known: KnownType, ask: () => StaticType) {
    this.#known = known;
    this.#ask = ask;
  }

  #fact<K extends Fact>(question: K): StaticType[K] {
    const { facts } = this.#known;
    if (facts.has(question)) return facts.get(question) as StaticType[K];
    const answer = this.#ask()[question];
    facts.set(question, answer);
    return answer;
  }

  #part(question: string, of: (type: StaticType) => StaticType | undefined): StaticType | undefined {
    const { parts } = this.#known;
    let part = parts.get(question);
    if (part === undefined) parts.set(question, (part = of(this.#ask()) ? new KnownType() : null));
    return part === null ? undefined : new KeptType(part, () => of(this.#ask())!);
  }

  get isUnknown(): boolean {
    return this.#fact('isUnknown');
  }

  get container(): StaticType['container'] {
    return this.#fact('container');
  }

  get isExact(): boolean {
    return this.#fact('isExact');
  }

  get isReadonly(): boolean {
    return this.#fact('isReadonly');
  }

  get isSharedMemory(): boolean {
    return this.#fact('isSharedMemory');
  }

  get isNullable(): boolean {
    return this.#fact('isNullable');
  }

  get libraryName(): string | undefined {
    return this.#fact('libraryName');
  }

  get symbol(): ts.Symbol | undefined {
    return this.#ask().symbol;
  }

  get elements(): StaticType | undefined {
    return this.#part('elements', ({ elements }) => elements);
  }

  get keys(): StaticType | undefined {
    return this.#part('keys', ({ keys }) => keys);
  }

  get promised(): StaticType | undefined {
    return this.#part('promised', ({ promised }) => promised);
  }

  property(name: string): StaticType | undefined {
    return this.#part(`.${name}`, (type) => type.property(name));
  }

  get isCallable(): boolean {
    return this.#fact('isCallable');
  }

  get hasMethods(): boolean {
    return this.#fact('hasMethods');
  }

  get isData(): boolean {
    return this.#fact('isData');
  }

  get called(): StaticType | undefined {
    return this.#part('called', ({ called }) => called);
  }

  get isPrimitive(): boolean {
    return this.#fact('isPrimitive');
  }

  get isFinite(): boolean {
    return this.#fact('isFinite');
  }

  get isString(): boolean {
    return this.#fact('isString');
  }

  get isNumber(): boolean {
    return this.#fact('isNumber');
  }

  get isNothing(): boolean {
    return this.#fact('isNothing');
  }

  get text(): string {
    const known = this.#known.facts.get('text');
    if (typeof known === 'string') return known;
    const { text } = this.#ask();
    // The parts of a union come in the order in which a checker met them: texts of two checkers are not to be compared.
    if (!text.includes('|') && !text.includes('&')) this.#known.facts.set('text', text);
    return text;
  }
}
