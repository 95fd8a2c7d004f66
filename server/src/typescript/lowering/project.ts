// The files of a project, lowered one by one when somebody asks what is in them. Who asks about a variable, field or function
// needs the files that name it, and no others.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import type { TypeScriptFile } from '../file.ts';
import type { TypeQueries } from '../types/queries.ts';
import { exportedNames, isAmbient } from './context.ts';
import { answersOf, isNode, lowerFile, type LoweredFile } from './lower.ts';

/** What the compiler keeps of a file: every name that stands in it. */
interface ParsedFile {
  readonly identifiers: ReadonlyMap<string, string>;
}

export class LoweredProject {
  readonly #files: readonly TypeScriptFile[];
  readonly #types: TypeQueries;
  readonly #throwIfCancelled: () => void;
  readonly #bySyntax: ReadonlyMap<ts.SourceFile, TypeScriptFile>;
  readonly #naming = new Map<object, readonly LoweredFile[]>();
  #otherNames: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  #defaultImports: ReadonlyMap<ts.Node, ReadonlySet<TypeScriptFile>> | undefined;

  /**
   * @param files those that may be asked about
   * @param throwIfCancelled called before each file
   */
  constructor(files: readonly TypeScriptFile[], types: TypeQueries, throwIfCancelled: () => void = () => {}) {
    this.#files = files;
    this.#types = types;
    this.#throwIfCancelled = throwIfCancelled;
    this.#bySyntax = new Map(files.map((file) => [file.syntax, file]));
  }

  #lowered(file: TypeScriptFile): LoweredFile | undefined {
    this.#throwIfCancelled();
    return lowerFile(file, this.#types);
  }

  /** The file that a declaration stands in; undefined for declarations of others, and for what is no declaration. */
  fileOf(declaration: object): LoweredFile | undefined {
    const file = isNode(declaration) && !isAmbient(declaration) ? this.#bySyntax.get(declaration.getSourceFile()) : undefined;
    return file && this.#lowered(file);
  }

  /** The files that may name a declaration, its own among them, in the order of the project. */
  filesNaming(declaration: object): readonly LoweredFile[] {
    let known = this.#naming.get(declaration);
    if (!known) this.#naming.set(declaration, (known = this.#filesNaming(declaration).flatMap((file) => this.#lowered(file) ?? [])));
    return known;
  }

  /** Those of them in which a member of it may be named. Most files that name a class do so for its objects' type alone. */
  filesNamingMembers(declaration: object): readonly LoweredFile[] {
    const name = textOf(declaration);
    const names = name === undefined ? [] : [...this.#namesFor(name)];
    const byDefault = isNode(declaration) ? this.#importsByDefault().get(declaration) : undefined;
    return this.#filesNaming(declaration).filter((file) => byDefault?.has(file) || names.some((each) => saysMemberOf(file, each))).flatMap((file) => this.#lowered(file) ?? []);
  }

  #filesNaming(declaration: object): readonly TypeScriptFile[] {
    const own = isNode(declaration) ? this.#bySyntax.get(declaration.getSourceFile()) : undefined;
    if (own && isNode(declaration) && !isSeenElsewhere(declaration)) return [own];
    const name = textOf(declaration);
    const names = name === undefined ? new Set<string>() : this.#namesFor(name);
    const byDefault = isNode(declaration) && mayBeDefault(declaration) ? this.#importsByDefault().get(declaration) : undefined;
    return this.#files.filter((file) => file === own || byDefault?.has(file) || [...names].some((each) => says(file, each)));
  }

  /** A name, and the names that it is exported under. */
  #namesFor(name: string): ReadonlySet<string> {
    this.#otherNames ??= otherNamesIn(this.#files);
    const names = new Set([name]);
    for (const each of names) for (const other of this.#otherNames.get(each) ?? []) names.add(other);
    return names;
  }

  /** The files that import a declaration as the default of its module, under any name. */
  #importsByDefault(): ReadonlyMap<ts.Node, ReadonlySet<TypeScriptFile>> {
    if (this.#defaultImports) return this.#defaultImports;
    const found = new Map<ts.Node, Set<TypeScriptFile>>();
    for (const file of this.#files) {
      for (const name of defaultImportsIn(file.syntax)) {
        const declaration = answersOf(this.#types).declarationAt(name);
        if (!declaration) continue;
        const files = found.get(declaration);
        if (files) files.add(file);
        else found.set(declaration, new Set([file]));
      }
    }
    return (this.#defaultImports = found);
  }
}

function says({ syntax }: TypeScriptFile, name: string): boolean {
  return (syntax as unknown as ParsedFile).identifiers.has(name);
}

/** True if a dot follows a name somewhere, on its line or the next. In comments, too: there is no harm in that. */
function saysMemberOf({ text }: TypeScriptFile, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    let next = at + name.length;
    while (next < text.length && text.charCodeAt(next) <= space) next++;
    if (text[next] === '.' || text[next] === '?') return true;
  }
  return false;
}

const space = 0x20;

/** The name of a declaration; undefined if it has none, or one that is computed. */
function textOf(declaration: object): string | undefined {
  // Fields of values whose type is not known have no more than a name.
  if (!isNode(declaration)) return (declaration as { readonly name?: unknown }).name as string | undefined;
  const name = compiler.getNameOfDeclaration(declaration as ts.Declaration);
  return name && (compiler.isIdentifier(name) || compiler.isPrivateIdentifier(name) || compiler.isStringLiteralLike(name)) ? name.text : undefined;
}

/** False for what only its own file can name: private members, what is declared in a function, what a module keeps to itself. */
function isSeenElsewhere(declaration: ts.Node): boolean {
  const { parent } = declaration;
  const isPrivate = (compiler.getCombinedModifierFlags(declaration as ts.Declaration) & compiler.ModifierFlags.Private) !== 0;
  if (compiler.isClassLike(parent) || compiler.isObjectLiteralExpression(parent)) {
    const { name } = declaration as { readonly name?: ts.Node };
    return !(name && compiler.isPrivateIdentifier(name)) && !isPrivate;
  }
  // `constructor(readonly entries: Map<string, string>)` declares a field.
  if (compiler.isParameter(declaration)) return compiler.isConstructorDeclaration(parent) && !isPrivate;
  if (!compiler.isVariableDeclaration(declaration) && !compiler.isBindingElement(declaration) && !compiler.isFunctionDeclaration(declaration)) return true;
  for (let at = parent as ts.Node; !compiler.isSourceFile(at); at = at.parent) if (compiler.isFunctionLike(at) || compiler.isClassStaticBlockDeclaration(at)) return false;
  const file = declaration.getSourceFile();
  if (!compiler.isExternalModule(file) || (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Export) !== 0) return true;
  return declaration.name === undefined || !compiler.isIdentifier(declaration.name) || exportedNames(file).has(declaration.name.text);
}

/** `export { load as fetch }`: who imports it says the second name alone. By the first. */
function otherNamesIn(files: readonly TypeScriptFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { syntax } of files) {
    for (const statement of syntax.statements) {
      if (!compiler.isExportDeclaration(statement) || !statement.exportClause || !compiler.isNamedExports(statement.exportClause)) continue;
      for (const { name, propertyName } of statement.exportClause.elements) {
        if (!propertyName) continue;
        const names = found.get(propertyName.text);
        if (names) names.add(name.text);
        else found.set(propertyName.text, new Set([name.text]));
      }
    }
  }
  return found;
}

/** False for members, which are exported with what they are a part of. */
function mayBeDefault(declaration: ts.Node): boolean {
  return !compiler.isClassElement(declaration) && !compiler.isTypeElement(declaration) && !compiler.isParameter(declaration);
}

const defaultImports = new WeakMap<ts.SourceFile, readonly ts.Identifier[]>();

/** The names under which a file imports what other modules export without a name, or as one value. */
function defaultImportsIn(file: ts.SourceFile): readonly ts.Identifier[] {
  let known = defaultImports.get(file);
  if (!known) defaultImports.set(file, (known = findDefaultImports(file)));
  return known;
}

function findDefaultImports(file: ts.SourceFile): readonly ts.Identifier[] {
  return file.statements.flatMap((statement) => {
    if (compiler.isImportDeclaration(statement)) {
      const { importClause } = statement;
      const bindings = importClause?.namedBindings;
      const renamed = bindings && compiler.isNamedImports(bindings) ? bindings.elements.filter(({ propertyName }) => propertyName?.text === 'default').map(({ name }) => name) : [];
      return [...(importClause?.name ? [importClause.name] : []), ...renamed];
    }
    // `const load = require('./load')` in JavaScript.
    if (!compiler.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => (compiler.isIdentifier(name) && initializer && isRequired(initializer) ? [name] : []));
  });
}

function isRequired(node: ts.Expression): boolean {
  return compiler.isCallExpression(node) && compiler.isIdentifier(node.expression) && node.expression.text === 'require';
}
