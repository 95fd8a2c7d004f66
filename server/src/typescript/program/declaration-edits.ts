// Edits that others see: a signature, a field, a type, an import. What others see of a declaration they see by a name. So the
// regions of the program that say the name of what changed are looked at anew, and of those that give their own type away
// (a function without a written result, a variable) the names too, until nothing more changes. Everything else holds.
//
// A region is a statement of a file, or a member of one of its classes. What stands before the members of a class belongs to
// none; when it changes, the class is a changed type, and all its members are looked at.

import type ts from 'typescript';
import { addTo } from '../../analysis/lists-by-key.ts';
import { changesBetween, type Change } from '../../text/change.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import { isReplaced } from '../replaced-trees.ts';
import { bodyStart, isFunctionWithBlock } from '../units.ts';
import { isName, wordsOf } from '../words.ts';
import { isLibraryPath } from './platform.ts';

/** What a region declares, and what others see of it; undefined where that cannot be told. */
interface Part {
  readonly name: string;
  /** True for what is a type by itself: values of it are changed when it is, whatever they are called. */
  readonly isType: boolean;
  readonly surface: string | undefined;
  /** Modifiers, and whether it may be missing. */
  readonly shape?: string;
  /** Of a member of a class: whose it is. */
  readonly owner?: string;
}

interface Region {
  readonly node: ts.Node;
  readonly file: ts.SourceFile;
  readonly owner: ts.ClassDeclaration | undefined;
}

/** What stands before the members of a class. */
interface Head {
  readonly text: string;
  /** The same without the interfaces that it implements, which give it nothing. */
  readonly given: string;
  readonly typeParameters: readonly string[];
}

interface FileHeads {
  /** All of them, and whether the file is a module. */
  readonly text: string;
  /** By class; undefined where two have one name, or one has none. */
  readonly classes: ReadonlyMap<string, Head> | undefined;
  readonly isModule: boolean;
}

/** What a file was before it changed. To be made before the tree is updated, which takes the old one apart. */
export interface DeclarationChange {
  readonly regions: ReadonlySet<ts.Node>;
  /** By region: those that the change touches with what others saw of them, the others with their names alone. */
  readonly parts: ReadonlyMap<ts.Node, readonly Part[]>;
  readonly heads: FileHeads;
}

/** What is known of regions, by region: kept from program to program while it holds. */
export class KnownRegions {
  /** What others see of them. */
  readonly surfaces = new WeakMap<ts.Node, readonly Part[]>();
  /** What the properties that they name are declared as. */
  readonly meanings = new WeakMap<ts.Node, Map<ts.Node, readonly ts.Declaration[]>>();
}

/** How many names, how many regions and how many properties are followed before everything is looked at anew. */
const mostNames = 60;
const mostRegions = 400;
const mostProperties = 4000;

/** Undefined where others may see a change in ways that are not followed. */
export function declarationChangeIn(program: ts.Program, checker: ts.TypeChecker, file: ts.SourceFile, text: string, { surfaces }: KnownRegions): DeclarationChange | undefined {
  const changes = changesBetween(file.text, text);
  const regions = regionsOf(file);
  const parts = new Map<ts.Node, readonly Part[]>();
  const named = new Set<string>();
  for (const region of regions) {
    const { node } = region;
    const isChanged = changes.some((change) => overlaps(change, node));
    // What a class is made of changes what is inferred in its members.
    const isTouched = isChanged || changes.some(({ start, length }) => region.owner && region.owner.pos <= start + length && start < region.owner.members.pos);
    const known = partsOf(region, isTouched ? checker : undefined, changes);
    if (isTouched && declaresInComments(node)) return undefined;
    if (!known) {
      if (isChanged) return undefined;
      continue;
    }
    parts.set(node, known);
    if (isTouched) for (const { name } of known) named.add(name);
  }
  if (saysInComments(file.endOfFileToken)) return undefined;
  recordAround(named, program, checker, surfaces);
  return { regions: new Set(regions.map(({ node }) => node)), parts, heads: headsOf(file) };
}

/** Notes what others see of the regions that may have to be compared after the change. */
function recordAround(names: Set<string>, program: ts.Program, checker: ts.TypeChecker, surfaces: KnownRegions['surfaces']): void {
  let left = mostRegions / 10;
  for (const name of names) {
    for (const region of regionsNaming(name, program)) {
      if (surfaces.has(region.node) || namesSaid(name, region.node).every((each) => isSealed(each, region.node))) continue;
      if (left-- <= 0 || names.size > mostNames) return;
      const parts = partsOf(region, checker, []);
      if (!parts) continue;
      surfaces.set(region.node, parts);
      for (const part of parts) names.add(part.name);
    }
  }
}

/**
 * The regions of the program to be looked at anew: those that changed, and those that see a change.
 * Undefined where it reaches too far, or in ways that are not followed.
 * @param changes by path
 * @param known of the program before; what does not hold any more is taken out
 */
export function reachOf(changes: ReadonlyMap<string, DeclarationChange>, program: ts.Program, checker: ts.TypeChecker, known: KnownRegions): readonly ts.Node[] | undefined {
  const reach = new Reach(program, checker, known);
  for (const [path, change] of changes) {
    const file = program.getSourceFile(path);
    if (!file || !reach.enter(file, change)) return undefined;
  }
  if (!reach.follow()) return undefined;
  for (const region of reach.found) known.meanings.delete(region);
  return [...reach.found];
}

class Reach {
  readonly found = new Set<ts.Node>();
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #surfaces: KnownRegions['surfaces'];
  readonly #meanings: KnownRegions['meanings'];
  /**
   * What changed, as others call it, with the declarations that did where these were there before: what is declared otherwise
   * is then something else of the same name. Null where every use of the name counts.
   */
  readonly #names = new Map<string, Set<ts.Node> | null>();
  /** Names that have to be followed, some of them once more. */
  readonly #pending = new Set<string>();
  /** Those of them that are types, whose values have names of their own. */
  readonly #types = new Set<string>();
  /** Types of which a member changed: a choice between overloads or between types may fall differently. */
  readonly #owners = new Set<string>();
  readonly #editedOwners = new Set<string>();
  readonly #edited = new Set<ts.Node>();
  /** Files whose unnamed export changed. */
  readonly #defaults = new Set<ts.SourceFile>();
  #propertiesLeft = mostProperties;

  constructor(program: ts.Program, checker: ts.TypeChecker, { surfaces, meanings }: KnownRegions) {
    this.#program = program;
    this.#checker = checker;
    this.#surfaces = surfaces;
    this.#meanings = meanings;
  }

  /** Compares what a changed file declares with what it declared. */
  enter(file: ts.SourceFile, { regions, parts, heads }: DeclarationChange): boolean {
    if (!this.#enterHeads(file, heads, parts)) return false;
    const now = regionsOf(file);
    const stay = new Set(now.map(({ node }) => node));
    const before = new Map<string, string[] | undefined>();
    const after = new Map<string, string[] | undefined>();
    const types = new Set<string>();
    const owners = new Set<string>();
    const shapes = new Map<string, number>();
    const members = new ComparedMembers();
    for (const node of regions) {
      if (stay.has(node)) continue;
      const known = parts.get(node);
      if (!known) return false;
      this.#surfaces.delete(node);
      gather(known, before, types);
      members.enterBefore(known);
      for (const { name, shape = '' } of known) shapes.set(`${name} ${shape}`, (shapes.get(`${name} ${shape}`) ?? 0) + 1);
    }
    for (const region of now) {
      if (regions.has(region.node)) continue;
      const known = partsOf(region, this.#checker, []);
      if (!known || declaresTypesInside(region.node) || declaresInComments(region.node)) return false;
      this.found.add(region.node);
      this.#edited.add(region.node);
      this.#surfaces.set(region.node, known);
      gather(known, after, types);
      members.enterAfter(known, region.node);
      for (const { name, shape = '' } of known) shapes.set(`${name} ${shape}`, (shapes.get(`${name} ${shape}`) ?? 0) - 1);
      if (region.owner?.name) owners.add(region.owner.name.text);
    }
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [old, current] = [before.get(name), after.get(name)];
      if (old && current && old.join('\n') === current.join('\n')) continue;
      if (name === unnamed) this.#changeDefault(file);
      else this.#change(name, types.has(name), members.changedAs(name));
    }
    for (const owner of owners) this.#editedOwners.add(owner);
    // How two types compare depends on the members that one of them must have, and on those that both have.
    if ([...shapes].some(([, count]) => count !== 0)) this.#compareEdited();
    return true;
  }

  #enterHeads(file: ts.SourceFile, before: FileHeads, parts: DeclarationChange['parts']): boolean {
    const now = headsOf(file);
    if (now.text === before.text) return true;
    if (now.isModule !== before.isModule || !now.classes || !before.classes || now.classes.size !== before.classes.size) return false;
    for (const node of classesIn(file)) {
      const [old, current] = [before.classes.get(node.name!.text), now.classes.get(node.name!.text)!];
      if (!old) return false;
      if (old.text === current.text) continue;
      for (const part of headPartsOf(node)) this.found.add(part);
      if (old.given !== current.given && !this.#changeHead(node, [...old.typeParameters, ...current.typeParameters], parts)) return false;
    }
    return true;
  }

  /** What is inherited, and what a type parameter stands for. */
  #changeHead(node: ts.ClassDeclaration, typeParameters: readonly string[], before: DeclarationChange['parts'] | undefined): boolean {
    if (!node.name) return false;
    this.#change(node.name.text, true, undefined);
    if (isDefault(node)) this.#changeDefault(node.getSourceFile());
    this.#owners.add(node.name.text);
    for (const member of node.members) {
      this.found.add(member);
      const parts = partsOfMember(member, node, this.#checker);
      if (!parts) return false;
      const known = before?.get(member) ?? this.#surfaces.get(member);
      this.#surfaces.set(member, parts);
      const isParametric = typeParameters.some((each) => wordsOf(member).has(each));
      parts.forEach(({ name, surface, isType, owner }, index) => {
        if (isParametric || surface === undefined || known?.[index]?.surface !== surface) this.#change(name, isType, owner ? [member] : undefined);
      });
    }
    return true;
  }

  #compareEdited(): void {
    for (const owner of this.#editedOwners) this.#owners.add(owner);
  }

  /** @param declarations those that changed, if the name means something else elsewhere */
  #change(name: string, isType: boolean, declarations: readonly ts.Node[] | undefined): void {
    if (isType) this.#types.add(name);
    const known = this.#names.get(name);
    if (known === null) return;
    const isNew = known === undefined || !declarations || declarations.some((each) => !known.has(each));
    if (!isNew) return;
    this.#names.set(name, declarations ? new Set([...(known ?? []), ...declarations]) : null);
    this.#pending.add(name);
  }

  /** False where it reaches too far. */
  follow(): boolean {
    if (!this.#followPending()) return false;
    for (const owner of this.#owners) this.#followChoices(owner);
    return this.#followPending();
  }

  #followPending(): boolean {
    // What is found on the way is followed as well.
    for (const name of this.#pending) {
      this.#pending.delete(name);
      if (!this.#followName(name)) return false;
    }
    return true;
  }

  /** What a module exports without a name is called as each importer likes. */
  #changeDefault(of: ts.SourceFile): void {
    if (this.#defaults.has(of)) return;
    this.#defaults.add(of);
    this.#change(unnamed, false, undefined);
  }

  #followDefault(): boolean {
    const isFromOne = (specifier: ts.Expression): boolean => this.#checker.getSymbolAtLocation(specifier)?.declarations?.some((each) => compiler.isSourceFile(each) && this.#defaults.has(each)) === true;
    for (const file of ownFilesOf(this.#program)) {
      for (const node of file.statements) {
        if (!compiler.isImportDeclaration(node) && !(compiler.isExportDeclaration(node) && node.moduleSpecifier)) continue;
        const name = compiler.isImportDeclaration(node) ? node.importClause?.name : undefined;
        const isSaid = wordsOf(node).has(unnamed);
        if ((!name && !isSaid) || !isFromOne(node.moduleSpecifier!)) continue;
        // `export { default } from './store.ts'`
        if (isSaid || file.isDeclarationFile) return false;
        this.found.add(node);
        if (name) this.#change(name.text, true, undefined);
      }
    }
    return regionsNaming(unnamed, this.#program).every((region) => {
      if (compiler.isImportDeclaration(region.node) || compiler.isExportDeclaration(region.node)) return true;
      if (region.file.isDeclarationFile) return false;
      return this.found.size <= mostRegions && this.#touch(region, namesSaid(unnamed, region.node));
    }) && regionsNaming(loader, this.#program).every((region) => {
      const calls = namesSaid(loader, region.node).filter((each) => isLoadOf(each, isFromOne));
      return calls.length === 0 || (this.found.size <= mostRegions && this.#touch(region, calls));
    });
  }

  #followName(name: string): boolean {
    if (name === unnamed && this.#defaults.size > 0) return this.#names.size <= mostNames && this.#followDefault();
    if (this.#names.size > mostNames || namedByLanguage.has(name)) return false;
    const declarations = this.#names.get(name)!;
    for (const file of ownFilesOf(this.#program)) if (file.text.includes(name) && !this.#followHeads(file, name)) return false;
    return regionsNaming(name, this.#program).every((region) => {
      // What declarations say of it is not followed.
      if (region.file.isDeclarationFile) return false;
      const nodes = namesSaid(name, region.node);
      const meant = declarations === null ? nodes : nodes.filter((each) => !this.#isDeclaredOtherwise(each, region.node, declarations));
      return meant.length === 0 || (this.found.size <= mostRegions && this.#propertiesLeft >= 0 && this.#touch(region, meant));
    });
  }

  /** True for `seen.add` where `add` is none of those that changed. */
  #isDeclaredOtherwise(node: ts.Node, region: ts.Node, declarations: ReadonlySet<ts.Node>): boolean {
    if (this.found.has(region) || !(compiler.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return false;
    // `each instanceof Store` compares the members of two classes.
    for (const { parent } of declarations) if (compiler.isClassLike(parent) && parent.name && wordsOf(region).has(parent.name.text)) return false;
    let known = this.#meanings.get(region);
    if (!known) this.#meanings.set(region, (known = new Map()));
    let means = known.get(node);
    if (!means || means.some(isReplaced)) {
      if (this.#propertiesLeft-- <= 0) return false;
      const symbol = this.#checker.getSymbolAtLocation(node);
      const meant = symbol && symbol.flags & compiler.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
      means = meant?.declarations ?? [];
      // What the checker makes up has no declarations, and may be made of what changed.
      known.set(node, means);
    }
    return means.length > 0 && !means.some((each) => declarations.has(each));
  }

  /** What stands before the members of classes: what they extend, and what their type parameters may be. */
  #followHeads(file: ts.SourceFile, name: string): boolean {
    return classesIn(file).every((node) => {
      const naming = headPartsOf(node).filter((part) => part !== node.name && wordsOf(part).has(name) && !(compiler.isHeritageClause(part) && part.token === SyntaxKind.ImplementsKeyword));
      if (naming.length === 0) return true;
      if (!this.#types.has(name) || file.isDeclarationFile || !naming.every((part) => compiler.isHeritageClause(part) || compiler.isTypeParameterDeclaration(part))) return false;
      for (const part of naming) this.found.add(part);
      return this.found.size <= mostRegions && this.#changeHead(node, (node.typeParameters ?? []).map((each) => each.name.text), undefined);
    });
  }

  #touch(region: Region, nodes: readonly ts.Node[]): boolean {
    const { node } = region;
    const isNameOfOther = region.owner !== undefined && !region.owner.heritageClauses && !this.#edited.has(node) && nodes.every((each) => each === (node as ts.ClassElement).name);
    // A member of that name in a class that has nothing to do with others is itself as it was.
    if (!isNameOfOther) this.found.add(node);
    if (compiler.isModuleDeclaration(node) || declaresInComments(node)) return false;
    for (const each of nodes) if (compiler.isImportSpecifier(each.parent) || compiler.isExportSpecifier(each.parent)) this.#renamed(each.parent);
    if (compiler.isImportDeclaration(node) || compiler.isExportDeclaration(node)) return !nodes.some(({ parent }) => compiler.isNamespaceExport(parent));
    const around = region.owner ?? (isTypeStatement(node) ? node : undefined);
    if (!this.#edited.has(node) && nodes.some(isMember)) {
      this.#compareEdited();
      if (around?.name) this.#owners.add(around.name.text);
    }
    const open = nodes.filter((each) => !isSealed(each, node) && !(isDeclaredMember(each) && isTypeStatement(node)));
    if (open.length === 0 || isNameOfOther) return true;
    if (compiler.isExpressionStatement(node) && !(isJavaScript(node) && assignedTo(node.expression))) return !isAssignment(node.expression) && !open.some((each) => each === calleeOf(node.expression));
    if (isTypeStatement(node)) {
      this.#change(node.name.text, true, undefined);
      for (const each of open) for (const member of membersAround(each, node)) this.#change(member, false, undefined);
      return true;
    }
    const parts = partsOf(region, this.#checker, []);
    if (!parts || declaresTypesInside(node)) return false;
    const before = this.#surfaces.get(node);
    this.#surfaces.set(node, parts);
    // What is assigned says more than what is written, until the next assignment.
    const isAssigned = compiler.isVariableStatement(node) && node.declarationList.declarations.some(({ type, initializer }) => type && initializer && open.some(({ pos }) => initializer.pos <= pos && pos < initializer.end));
    parts.forEach(({ name, surface, isType, owner }, index) => {
      const known = before?.[index]?.surface;
      if (!isAssigned && surface !== undefined && known === surface && ![...this.#types].some((type) => surface.includes(type))) return;
      if (name === unnamed) this.#changeDefault(region.file);
      else this.#change(name, isType, owner ? [node] : undefined);
    });
    return true;
  }

  #renamed({ name, propertyName }: ts.ImportSpecifier | ts.ExportSpecifier): void {
    if (!propertyName) return;
    for (const each of [name, propertyName]) this.#change(each.text, this.#types.has(name.text) || this.#types.has(propertyName.text), undefined);
  }

  /** Overloads, and types that are worked out from others, where they name a type of which a member changed. */
  #followChoices(owner: string): void {
    for (const region of regionsNaming(owner, this.#program)) {
      if (!choosesByType(region, owner)) continue;
      for (const { name, isType } of partsOf(region, undefined, []) ?? []) this.#change(name, isType, undefined);
    }
  }
}

/** The members of classes among what changed, before and after. */
class ComparedMembers {
  /** By name: the classes they are of, as often as they have one; null for a name of anything else, too. */
  readonly #owners = new Map<string, Map<string, number> | null>();
  readonly #nodes = new Map<string, ts.Node[]>();

  enterBefore(parts: readonly Part[]): void {
    for (const part of parts) this.#enter(part, 1);
  }

  enterAfter(parts: readonly Part[], node: ts.Node): void {
    for (const part of parts) {
      this.#enter(part, -1);
      addTo(this.#nodes, part.name, node);
    }
  }

  #enter({ name, owner }: Part, count: number): void {
    const known = this.#owners.get(name) ?? (this.#owners.has(name) ? null : new Map<string, number>());
    if (owner === undefined || known === null) this.#owners.set(name, null);
    else this.#owners.set(name, known.set(owner, (known.get(owner) ?? 0) + count));
  }

  /** The declarations of a name if it is one of members, and these were there before; undefined otherwise. */
  changedAs(name: string): readonly ts.Node[] | undefined {
    const owners = this.#owners.get(name);
    return owners && [...owners.values()].every((count) => count === 0) ? this.#nodes.get(name) : undefined;
  }
}

/** True for the name of a type's member, or of a type. */
function isDeclaredMember(node: ts.Node): boolean {
  const { parent } = node;
  return (compiler.isTypeElement(parent) || compiler.isClassElement(parent) || compiler.isEnumMember(parent) || isTypeStatement(parent)) && parent.name === node;
}

function isMember(node: ts.Node): boolean {
  return isDeclaredMember(node) || (compiler.isObjectLiteralElementLike(node.parent) && node.parent.name === node);
}

/** The name of what a module exports without one. */
const unnamed = 'default';

/** Members that the language asks for by itself, and what has no name. */
const namedByLanguage: ReadonlySet<string> = new Set(['then', 'next', 'return', 'throw', 'constructor', 'prototype', 'default', '']);

function gather(parts: readonly Part[], into: Map<string, string[] | undefined>, types: Set<string>): void {
  for (const { name, surface, isType } of parts) {
    if (isType) types.add(name);
    const known = into.has(name) ? into.get(name) : [];
    if (surface !== undefined) known?.push(surface);
    into.set(name, surface === undefined ? undefined : known);
  }
}

const regionsByFile = new WeakMap<ts.SourceFile, readonly Region[]>();

function regionsOf(file: ts.SourceFile): readonly Region[] {
  let known = regionsByFile.get(file);
  if (!known) {
    known = file.statements.flatMap((node): readonly Region[] => (compiler.isClassDeclaration(node) ? node.members.map((member) => ({ node: member, file, owner: node })) : [{ node, file, owner: undefined }]));
    regionsByFile.set(file, known);
  }
  return known;
}

function classesIn(file: ts.SourceFile): readonly ts.ClassDeclaration[] {
  return file.statements.filter(compiler.isClassDeclaration);
}

function headsOf(file: ts.SourceFile): FileHeads {
  const nodes = classesIn(file);
  const heads = nodes.map((node) => headOf(node, file));
  const classes = new Map(nodes.map((node, index) => [node.name?.text ?? '', heads[index]!]));
  const isModule = compiler.isExternalModule(file);
  return { text: JSON.stringify([isModule, ...heads.map(({ text }) => text)]), classes: classes.size === nodes.length && !classes.has('') ? classes : undefined, isModule };
}

function headOf(node: ts.ClassDeclaration, file: ts.SourceFile): Head {
  // In JavaScript the comment before it says what it is a class of.
  const start = isJavaScript(node) ? node.pos : node.getStart(file);
  const text = `${file.text.slice(start, node.members.pos)} ${node.members.some((member) => compiler.isMethodDeclaration(member))}`;
  const implemented = node.heritageClauses?.find(({ token }) => token === SyntaxKind.ImplementsKeyword)?.getText(file) ?? '';
  return { text, given: text.replace(implemented, '').replace(/\s+/gu, ' '), typeParameters: (node.typeParameters ?? []).map(({ name }) => name.text) };
}

function headPartsOf(node: ts.ClassDeclaration): readonly ts.Node[] {
  return [...(node.modifiers ?? []), ...(node.name ? [node.name] : []), ...(node.typeParameters ?? []), ...(node.heritageClauses ?? [])];
}

const ownFiles = new WeakMap<ts.Program, readonly ts.SourceFile[]>();

function ownFilesOf(program: ts.Program): readonly ts.SourceFile[] {
  let known = ownFiles.get(program);
  if (!known) ownFiles.set(program, (known = program.getSourceFiles().filter((file) => !isLibraryPath(file.fileName) && !file.fileName.includes('/node_modules/'))));
  return known;
}

function regionsNaming(name: string, program: ts.Program): readonly Region[] {
  return ownFilesOf(program).flatMap((file) => regionsSaying(name, file).filter(({ node }) => wordsOf(node).has(name) || wordsInComments(node).has(name)));
}

/** The regions in whose text a name occurs. */
function regionsSaying(name: string, file: ts.SourceFile): readonly Region[] {
  let at = file.text.indexOf(name);
  if (at < 0) return [];
  const found: Region[] = [];
  for (const region of regionsOf(file)) {
    if (at >= 0 && at < region.node.pos) at = file.text.indexOf(name, region.node.pos);
    if (at < 0) break;
    if (at < region.node.end) found.push(region);
  }
  return found;
}

/** True for what stands in a function whose own type does not depend on it. */
function isSealed(node: ts.Node, region: ts.Node): boolean {
  for (let at = node; ; at = at.parent) {
    if (isFunctionWithBlock(at) && node.pos >= at.body.pos && node !== at && (at.type !== undefined || compiler.isConstructorDeclaration(at) || compiler.isSetAccessor(at))) return true;
    if (at === region || (at.parent as ts.Node | undefined) === undefined) return false;
  }
}

type TypeStatement = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

function isTypeStatement(node: ts.Node): node is TypeStatement {
  return compiler.isInterfaceDeclaration(node) || compiler.isTypeAliasDeclaration(node) || compiler.isEnumDeclaration(node);
}

/** The members of a type that a place is a part of. */
function membersAround(place: ts.Node, region: ts.Node): readonly string[] {
  const found: string[] = [];
  for (let at = place; at !== region; at = at.parent) if ((compiler.isTypeElement(at) || compiler.isEnumMember(at)) && at.name) found.push(textOf(at.name) ?? '');
  return found;
}

/**
 * The parts of a region; undefined for those that are not followed. Without a checker what others see of them is left open.
 * @param changes what changes in the file, where that is asked
 */
function partsOf(region: Region, checker: ts.TypeChecker | undefined, changes: readonly Change[]): readonly Part[] | undefined {
  if (!isJavaScript(region.node)) return declaredParts(region, checker);
  const { node } = region;
  if (compiler.isExpressionStatement(node)) {
    const isInside = changes.length > 0 && changes.every((change) => !overlaps(change, node) || isInBody(change, node));
    if (!assignedTo(node.expression) && !isInside && changes.length > 0) return undefined;
    return assignedParts(node, checker);
  }
  const declared = declaredParts(region, checker);
  const assigned = assignedParts(node, checker);
  return declared && assigned && [...declared, ...assigned];
}

/** Without what functions assign to fields and properties in passing. */
function declaredParts({ node, file, owner }: Region, checker: ts.TypeChecker | undefined): readonly Part[] | undefined {
  if (owner) return partsOfMember(node as ts.ClassElement, owner, checker);
  if (isTypeStatement(node)) return partsOfType(node, file);
  if (compiler.isFunctionDeclaration(node)) {
    const names = [...(node.name ? [node.name.text] : []), ...(isDefault(node) ? [unnamed] : [])];
    const surface = checker && surfaceOf(node, checker);
    return names.length > 0 ? names.map((name) => ({ name, isType: false, surface })) : undefined;
  }
  if (compiler.isExportAssignment(node)) return node.isExportEquals ? undefined : [{ name: unnamed, isType: false, surface: checker && told(checker.typeToString(checker.getTypeAtLocation(node.expression), undefined, format())) }];
  if (compiler.isVariableStatement(node)) return namesBoundBy(node.declarationList).map((name) => ({ name: name.text, isType: false, surface: checker && surfaceOf(name, checker) }));
  if (compiler.isImportDeclaration(node)) return partsOfImport(node, file);
  if (!compiler.isExportDeclaration(node) || !node.exportClause || !compiler.isNamedExports(node.exportClause)) return undefined;
  return node.exportClause.elements.flatMap(({ name, propertyName }) => [name, ...(propertyName ? [propertyName] : [])].map((each) => ({ name: each.text, isType: true, surface: node.getText(file) })));
}

function isDefault(node: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
  return (compiler.getCombinedModifierFlags(node) & compiler.ModifierFlags.Default) !== 0;
}

function partsOfMember(member: ts.ClassElement, owner: ts.ClassDeclaration, checker: ts.TypeChecker | undefined): readonly Part[] | undefined {
  if (compiler.isSemicolonClassElement(member)) return [];
  if (compiler.isConstructorDeclaration(member)) {
    // A field without a type has that of what the constructor gives it.
    if (!owner.name || owner.members.some((each) => compiler.isPropertyDeclaration(each) && !each.type && !each.initializer)) return undefined;
    const fields = member.parameters.filter((each) => compiler.isParameterPropertyDeclaration(each, member));
    const signature = checker?.getSignatureFromDeclaration(member);
    const surface = checker && signature && told(checker.signatureToString(signature, undefined, format()));
    const parts = [owner.name.text, ...(isDefault(owner) ? [unnamed] : [])].map((name) => ({ name, isType: false, surface }));
    return [...parts, ...fields.map(({ name }) => ({ name: textOf(name) ?? '', isType: false, surface: checker && surfaceOf(name.parent as ts.ParameterDeclaration, checker), shape: shapeOf(name.parent as ts.ParameterDeclaration) }))];
  }
  if (!compiler.isMethodDeclaration(member) && !compiler.isAccessor(member) && !compiler.isPropertyDeclaration(member)) return undefined;
  const name = textOf(member.name);
  const isStatic = (compiler.getCombinedModifierFlags(member) & compiler.ModifierFlags.Static) !== 0;
  return name === undefined ? undefined : [{ name, isType: false, surface: checker && surfaceOf(member, checker), shape: shapeOf(member), ...(owner.name && { owner: `${owner.name.text} ${isStatic}` }) }];
}

/** The type by its name, and all that is named in it. */
function partsOfType(node: TypeStatement, file: ts.SourceFile): readonly Part[] | undefined {
  const parts: Part[] = [{ name: node.name.text, isType: true, surface: node.getText(file) }];
  let isFollowed = true;
  const visit = (child: ts.Node): void => {
    if (compiler.isTypeElement(child) || compiler.isEnumMember(child)) {
      const name = child.name && textOf(child.name);
      if (name === undefined) isFollowed = isFollowed && !child.name;
      else parts.push({ name, isType: false, surface: child.getText(file) });
    }
    compiler.forEachChild(child, visit);
  };
  compiler.forEachChild(node, visit);
  return isFollowed ? parts : undefined;
}

function partsOfImport(node: ts.ImportDeclaration, file: ts.SourceFile): readonly Part[] {
  const { importClause } = node;
  const from = node.moduleSpecifier.getText(file);
  const bindings = importClause?.namedBindings;
  const whole = [...(importClause?.name ? [importClause.name] : []), ...(bindings && compiler.isNamespaceImport(bindings) ? [bindings.name] : [])];
  const named = bindings && compiler.isNamedImports(bindings) ? bindings.elements : [];
  return [
    ...whole.map((name) => ({ name: name.text, isType: true, surface: `${name.parent.kind} ${from}` })),
    ...named.flatMap((each) => [each.name, ...(each.propertyName ? [each.propertyName] : [])].map(({ text }) => ({ name: text, isType: true, surface: `${each.getText(file)} ${from}` }))),
  ];
}

function namesBoundBy({ declarations }: ts.VariableDeclarationList): readonly ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const visit = (name: ts.BindingName): void => {
    if (compiler.isIdentifier(name)) names.push(name);
    else for (const element of name.elements) if (compiler.isBindingElement(element)) visit(element.name);
  };
  for (const { name } of declarations) visit(name);
  return names;
}

/** The text of a name; undefined for one that is computed. */
function textOf(name: ts.Node): string | undefined {
  return isName(name) || compiler.isStringLiteralLike(name) || compiler.isNumericLiteral(name) ? name.text : undefined;
}

function format(): ts.TypeFormatFlags {
  return compiler.TypeFormatFlags.NoTruncation | compiler.TypeFormatFlags.UseFullyQualifiedType;
}

/** The type of a declaration with its modifiers. */
function surfaceOf(node: ts.Declaration, checker: ts.TypeChecker): string | undefined {
  const text = told(checker.typeToString(checker.getTypeAtLocation(node), undefined, format()));
  return text === undefined ? undefined : `${shapeOf(compiler.isIdentifier(node) ? (node.parent as ts.Declaration) : node)} ${text}`;
}

function shapeOf(node: ts.Declaration): string {
  const isOptional = (node as ts.PropertyDeclaration).questionToken !== undefined;
  return `${compiler.getCombinedModifierFlags(node) & ~compiler.ModifierFlags.Async} ${compiler.getCombinedNodeFlags(node) & compiler.NodeFlags.BlockScoped} ${isOptional}`;
}

/** A type as text; undefined where it leaves something out. Dots before a name are those of a rest parameter. */
function told(text: string): string | undefined {
  for (let at = text.indexOf('...'); at >= 0; at = text.indexOf('...', at + 3)) {
    const next = text.charCodeAt(at + 3);
    if (!compiler.isIdentifierStart(next, compiler.ScriptTarget.Latest)) return undefined;
  }
  return text.includes('(Anonymous') ? undefined : text;
}

/** True if a region that is no type declares some: they have no names that others see. */
function declaresTypesInside(region: ts.Node): boolean {
  if (isTypeStatement(region)) return false;
  return (
    compiler.forEachChild(region, function visit(child): true | undefined {
      if (compiler.isClassLike(child) || compiler.isInterfaceDeclaration(child) || compiler.isTypeAliasDeclaration(child) || compiler.isEnumDeclaration(child)) return true;
      return compiler.forEachChild(child, visit);
    }) ?? false
  );
}

function isJavaScript(node: ts.Node): boolean {
  return (node.flags & compiler.NodeFlags.JavaScriptFile) !== 0;
}

/** True for a change in a node or at one of its ends. */
function overlaps({ start, length }: Change, node: ts.Node): boolean {
  return node.pos <= start + length && start <= node.end;
}

/** True between the braces of a function in a statement. */
function isInBody({ start, length }: Change, statement: ts.Node): boolean {
  return (
    compiler.forEachChild(statement, function visit(child): true | undefined {
      if (isFunctionWithBlock(child) && bodyStart(child) < start && start + length < child.body.end) return true;
      return compiler.forEachChild(child, visit);
    }) ?? false
  );
}

/** What `exports.load = …`, `Store.prototype.load = …` assign to, in JavaScript; undefined for other expressions. */
function assignedTo(node: ts.Expression): ts.PropertyAccessExpression | undefined {
  return compiler.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken && compiler.isPropertyAccessExpression(node.left) ? node.left : undefined;
}

/** In JavaScript a field or property is declared by what is assigned to it, wherever that is; undefined where it cannot be told to which. */
function assignedParts(region: ts.Node, checker: ts.TypeChecker | undefined): readonly Part[] | undefined {
  const parts: Part[] = [];
  let isFollowed = true;
  const visit = (node: ts.Node): void => {
    const target = compiler.isBinaryExpression(node) ? assignedTo(node) : undefined;
    if (target) {
      const isWhole = compiler.isIdentifier(target.expression) && target.expression.text === 'module' && target.name.text === 'exports';
      const symbol = checker && !isWhole ? checker.getSymbolAtLocation(target.name) : undefined;
      // What all assignments together make of it.
      const type = symbol ? checker?.getTypeOfSymbol(symbol) : checker?.getTypeAtLocation((node as ts.BinaryExpression).right);
      parts.push({ name: isWhole ? unnamed : target.name.text, isType: false, surface: checker && type && told(checker.typeToString(type, undefined, format())) });
    } else if (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'defineProperty') isFollowed = false;
    compiler.forEachChild(node, visit);
  };
  visit(region);
  return isFollowed ? parts : undefined;
}

/** What loads a module in JavaScript. */
const loader = 'require';

function isLoadOf(node: ts.Node, isFromOne: (specifier: ts.Expression) => boolean): boolean {
  const { parent } = node;
  const [given] = compiler.isCallExpression(parent) && parent.expression === node ? parent.arguments : [];
  return given !== undefined && compiler.isStringLiteralLike(given) && isFromOne(given);
}

const commentWords = new WeakMap<ts.Node, ReadonlyMap<string, readonly ts.Node[]>>();

/** Names in comments of JavaScript that the compiler reads, by their text. */
function wordsInComments(region: ts.Node): ReadonlyMap<string, readonly ts.Node[]> {
  if (!isJavaScript(region)) return noWords;
  let known = commentWords.get(region);
  if (!known) {
    const words = new Map<string, ts.Node[]>();
    const collect = (node: ts.Node): void => {
      if (isName(node)) addTo(words, node.text, node);
      compiler.forEachChild(node, collect);
    };
    forEachComment(region, (comment) => collect(comment));
    commentWords.set(region, (known = words));
  }
  return known;
}

const noWords: ReadonlyMap<string, readonly ts.Node[]> = new Map();

function forEachComment(region: ts.Node, visit: (comment: ts.JSDoc) => void): void {
  for (const comment of (region as ts.Node & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) visit(comment);
  compiler.forEachChild(region, (child) => forEachComment(child, visit));
}

function saysInComments(region: ts.Node): boolean {
  let says = false;
  if (isJavaScript(region)) forEachComment(region, () => (says = true));
  return says;
}

/** True for comments that declare types, which have no region of their own. */
function declaresInComments(region: ts.Node): boolean {
  let declares = false;
  if (isJavaScript(region)) forEachComment(region, ({ tags }) => (declares ||= tags?.some((tag) => compiler.isJSDocTypedefTag(tag) || compiler.isJSDocCallbackTag(tag) || compiler.isJSDocEnumTag(tag) || compiler.isJSDocImportTag(tag)) === true));
  return declares;
}

function namesSaid(name: string, region: ts.Node): readonly ts.Node[] {
  return [...(wordsOf(region).get(name) ?? []), ...(wordsInComments(region).get(name) ?? [])];
}

function isAssignment(node: ts.Expression): boolean {
  return compiler.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken && !compiler.isIdentifier(node.left);
}

/** The name that a call calls. */
function calleeOf(node: ts.Expression): ts.Node | undefined {
  const call = compiler.isAwaitExpression(node) || compiler.isVoidExpression(node) ? node.expression : node;
  if (!compiler.isCallExpression(call)) return undefined;
  return compiler.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}

/**
 * True for an overload whose parameters name a type that those of another one do not, and for a type that is worked out from
 * it: the choice depends on what the type is.
 */
function choosesByType({ node, file, owner }: Region, type: string): boolean {
  if (compiler.isFunctionDeclaration(node) || compiler.isMethodDeclaration(node)) {
    const all = (owner ? owner.members : file.statements) as readonly ts.Node[];
    const overloads = all.filter((each): each is typeof node => each.kind === node.kind && (each as typeof node).body === undefined && (each as typeof node).name?.getText(file) === node.name?.getText(file));
    const naming = overloads.filter(({ parameters }) => parameters.some((each) => wordsOf(each).has(type)));
    return naming.length > 0 && naming.length < overloads.length;
  }
  if (!compiler.isTypeAliasDeclaration(node) && !compiler.isInterfaceDeclaration(node)) return false;
  return wordsOf(node).get(type)!.some((place) => {
    for (let at: ts.Node = place; at !== node; at = at.parent) {
      if (compiler.isConditionalTypeNode(at) || compiler.isMappedTypeNode(at)) return true;
      if (compiler.isTypeOperatorNode(at) && at.operator === SyntaxKind.KeyOfKeyword) return true;
    }
    return false;
  });
}
