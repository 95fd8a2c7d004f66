// What a map could be instead, wherever the package uses it: a sync.Map, a map that is copied on every change, a map that one goroutine
// owns. The edits change the declaration and every use; where that cannot be done, the reason is said.

import { mapTypeOf } from '../go/emptying.ts';
import { elementRemoved, mapDeclaration } from '../go/map-declaration.ts';
import type { MapDeclaration } from '../go/map-declaration.ts';
import type { MapOperation } from '../go/map-operations.ts';
import { isSameVariable, mapUsesOf, mentionsBesides } from '../go/map-uses.ts';
import type { MapUse, TypedFiles } from '../go/map-uses.ts';
import { wrapperBuiltins, wrapperImports, wrapperNames, wrapperText } from '../go/map-wrappers.ts';
import type { WrapperKind, WrapperMethod } from '../go/map-wrappers.ts';
import { sameExpression } from '../go/expressions.ts';
import { addImport } from '../go/packages/imports.ts';
import type { GoFile, GoPackage } from '../go/packages/package.ts';
import { isNeverCopied, literalsNameFields, methodsOf } from '../go/struct-owner.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import type * as ast from '../go/syntax/ast.ts';
import { commentsIn } from '../go/syntax/comments.ts';
import { walk } from '../go/syntax/walk.ts';
import type { TypeInfo } from '../go/types/info.ts';
import { ObjectKind } from '../go/types/objects.ts';
import { strictlyComparable } from '../go/types/predicates.ts';
import type { Named } from '../go/types/types.ts';
import type { Fix } from '../rules/rule.ts';
import { lineEndOf } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { completeGoEdits } from './go-imports.ts';

export type ConversionFault =
  /** A local variable, a parameter, or an element. */
  | 'local'
  /** Other packages may use it. */
  | 'exported'
  | 'declaration'
  | 'named-type'
  | 'entries'
  /** Values of the struct are copied, and with them what must not be. */
  | 'copied'
  /** Files of another build mention the name. */
  | 'other-build'
  | 'version'
  /** The map is wanted as such: passed on, returned, kept. */
  | 'handed-on'
  | 'nil-test'
  | 'several'
  | 'comment'
  /** A name that the text needs means something else. */
  | 'names'
  /** For a sync.Map: a number of entries, or a change that starts from the old value. */
  | 'size'
  | 'update'
  /** For copies: changed in a loop. */
  | 'loop'
  /** The new value is computed by a function that may use the map. */
  | 'calls'
  /** For an owner: nothing would stop the goroutine. */
  | 'stop';

export interface ConversionRefusal {
  readonly fault: ConversionFault;
  /** Where, 0-based offset in `file`; undefined where no place says why. */
  readonly at: { readonly path: string; readonly offset: number } | undefined;
  /** The Go version that it takes, such as 1.23. */
  readonly version: string | undefined;
}

export interface GoConversion {
  readonly strategy: WrapperKind;
  /** By path, sorted; or why not. */
  readonly result: ReadonlyMap<string, readonly Edit[]> | ConversionRefusal;
}

export interface ConversionInput {
  readonly package: GoPackage;
  readonly info: TypeInfo;
  /** The files of the package with their types, and those of its tests. */
  readonly parts: readonly TypedFiles[];
  readonly operation: MapOperation;
  /** All files of the folder, whatever builds them. */
  readonly folder: readonly GoFile[];
}

const kinds: readonly WrapperKind[] = ['copy-on-write', 'sync-map', 'owner'];

const genericsVersion = 18;
const comparableVersion = 20;
const atomicPointerVersion = 19;
const clearVersion = 21;
const rangeFunctionVersion = 23;
const syncMapClearVersion = 23;

export function goConversions(input: ConversionInput): readonly GoConversion[] {
  const ground = groundOf(input);
  return kinds.map((strategy) => ({ strategy, result: 'fault' in ground ? ground : converted(strategy, input, ground) }));
}

interface Ground {
  readonly declaration: MapDeclaration;
  readonly uses: readonly MapUse[];
}

function refusal(fault: ConversionFault, at?: { readonly file: GoFile; readonly node: ast.Node }, version?: number): ConversionRefusal {
  return { fault, at: at && { path: at.file.path, offset: at.node.pos }, version: version === undefined ? undefined : `1.${version}` };
}

/** What has to hold whatever the map becomes. */
function groundOf({ package: package_, info, parts, operation, folder }: ConversionInput): Ground | ConversionRefusal {
  const { declared } = operation;
  if (!declared || !(declared.isField || declared.isPackageLevel)) return refusal('local');
  if (isExported(declared.name) && package_.name !== 'main') return refusal('exported');
  const declaration = mapDeclaration(declared, package_, info);
  if (typeof declaration === 'string') return refusal(declaration === 'named-type' || declaration === 'entries' ? declaration : 'declaration');
  const { owner, file } = declaration;
  if (owner && !parts.every((part) => isNeverCopied(owner, part.files, part.info) && literalsNameFields(owner, part.files, part.info))) return refusal('copied');
  const besides = mentionsBesides(declared, parts, folder);
  if (besides) return refusal('other-build', { file: besides, node: besides.syntax.name });
  const uses = mapUsesOf(declared, parts);
  for (const use of uses) {
    if (use.kind === 'other') return refusal('handed-on', use);
    if (use.kind === 'nil-test' || use.kind === 'several' || use.kind === 'entries') return refusal(use.kind, use);
  }
  const isOwn = (name: string): boolean => {
    const kind = info.lookup(name, file.syntax, file.syntax.name.end);
    return kind !== undefined && !kind.isPackageLevel && kind.kind !== ObjectKind.PackageName;
  };
  return wrapperBuiltins.every(isOwn) ? { declaration, uses } : refusal('names');
}

function isExported(name: string): boolean {
  const [first = ''] = name;
  return first !== first.toLowerCase();
}

function converted(strategy: WrapperKind, input: ConversionInput, ground: Ground): ReadonlyMap<string, readonly Edit[]> | ConversionRefusal {
  const { package: package_, info, folder } = input;
  const { declaration, uses } = ground;
  const tooOld = versionFault(strategy, ground, info);
  if (tooOld) return tooOld;
  const misfit = useFault(strategy, uses);
  if (misfit) return misfit;
  const { file } = declaration;
  const name = freeTypeName(strategy, declaration, info, folder);
  const stopped = strategy === 'owner' && declaration.owner ? stoppedBy(input.operation.declared!.name, declaration.owner, package_, info) : undefined;
  if (strategy === 'owner' && declaration.owner && !stopped) return refusal('stop');
  const imports = wrapperImports[strategy];
  const [sync, atomic] = ['sync', 'sync/atomic'].map((path) => (imports.includes(path) ? addImport(file.syntax, file.text, path)?.name : ''));
  if (name === undefined || sync === undefined || atomic === undefined) return refusal('names');
  const edits = new Map<string, Edit[]>();
  const add = (of: GoFile, more: readonly Edit[]): void => void edits.set(of.path, [...(edits.get(of.path) ?? []), ...more]);
  const { key, value } = declaration.type;
  const typeArguments = `[${[key, value].map((type) => file.text.slice(type.pos, type.end)).join(', ')}]`;
  const methods = new Set<WrapperMethod>(stopped ? ['Stop'] : []);
  for (const use of uses) {
    const written = useEdits(strategy, use, { methods, ground });
    if ('fault' in written) return written;
    add(use.file, written);
  }
  add(file, declaration.retyped(`${name}${typeArguments}`));
  if (stopped) add(stopped.file, [stopped.edit]);
  const hasClear = atLeast(file.languageVersion?.version, clearVersion);
  const text = wrapperText(strategy, { type: name, methods, sync, atomic, syncMapClears: atLeast(file.libraryFloor?.version, syncMapClearVersion), hasClear });
  const newLine = lineEndOf(file.text);
  const gap = file.text.endsWith('\n') ? '\n' : '\n\n';
  add(file, [{ start: file.text.length, end: file.text.length, newText: `${gap}${text}\n`.replaceAll('\n', newLine) }]);
  return complete(edits, file, imports, input);
}

/** With imports, file by file. */
function complete(edits: ReadonlyMap<string, readonly Edit[]>, declaring: GoFile, imports: readonly string[], { parts }: ConversionInput): ReadonlyMap<string, readonly Edit[]> | ConversionRefusal {
  const completed = new Map<string, readonly Edit[]>();
  for (const { files, info } of parts) {
    for (const file of files) {
      const own = edits.get(file.path);
      if (!own) continue;
      const fix: Fix = { title: { id: '' }, safe: false, caution: { id: '' }, edits: own, ...(file === declaring && { imports }) };
      const all = completeGoEdits(file, info, [fix]);
      if (!all) return refusal('names');
      completed.set(file.path, all);
    }
  }
  return completed;
}

function atLeast(version: number | undefined, needed: number): boolean {
  return version === undefined || version >= needed;
}

function versionFault(strategy: WrapperKind, { declaration, uses }: Ground, info: TypeInfo): ConversionRefusal | undefined {
  const { file, type } = declaration;
  const map = mapTypeOf(info.typeOf(type));
  const language = map && !strictlyComparable(map.key) ? comparableVersion : genericsVersion;
  if (!atLeast(file.languageVersion?.version, language)) return refusal('version', undefined, language);
  if (strategy === 'copy-on-write' && !atLeast(file.libraryFloor?.version, atomicPointerVersion)) return refusal('version', undefined, atomicPointerVersion);
  const ranging = strategy === 'sync-map' ? uses.find((use) => use.kind === 'range' && !atLeast(use.file.languageVersion?.version, rangeFunctionVersion)) : undefined;
  return ranging && refusal('version', ranging, rangeFunctionVersion);
}

/** The first use that a kind of map does not serve. */
function useFault(strategy: WrapperKind, uses: readonly MapUse[]): ConversionRefusal | undefined {
  for (const use of uses) {
    const isChange = use.kind === 'store' || use.kind === 'update' || use.kind === 'delete';
    if (strategy === 'sync-map') {
      if (use.kind === 'length') return refusal('size', use);
      if (use.kind === 'update') return refusal('update', use);
      if (use.kind === 'read') return refusal('handed-on', use);
    } else if (use.kind === 'update' && use.calls) return refusal('calls', use);
    if (strategy === 'copy-on-write' && isChange && use.inLoop) return refusal('loop', use);
  }
  return undefined;
}

interface UseContext {
  readonly methods: Set<WrapperMethod>;
  readonly ground: Ground;
}

function useEdits(strategy: WrapperKind, use: MapUse, context: UseContext): readonly Edit[] | ConversionRefusal {
  const { file, map, node } = use;
  const { text, syntax } = file;
  const called = (method: WrapperMethod): string => {
    context.methods.add(method);
    return `.${method}`;
  };
  const written = text.slice(map.pos, map.end);
  const behind = (more: string): readonly Edit[] => [{ start: map.end, end: map.end, newText: more }];
  const whole = (newText: string): readonly Edit[] | ConversionRefusal => (commentsIn(syntax, { start: node.pos, end: node.end }).length > 0 ? refusal('comment', use) : [{ start: node.pos, end: node.end, newText }]);
  /** What reads the map as a whole. */
  const viewed = (): readonly Edit[] => behind(strategy === 'copy-on-write' ? `${called('Load')}()` : `${called('Snapshot')}()`);
  switch (use.kind) {
    case 'get':
      if (strategy === 'copy-on-write') return viewed();
      return node.kind === NodeKind.IndexExpr ? [{ start: map.end, end: node.lbrack + 1, newText: `${called(use.commaOk ? 'Load' : 'Get')}(` }, { start: node.end - 1, end: node.end, newText: ')' }] : [];
    case 'store':
      return storeEdits(use, called, text);
    case 'update':
      return updateEdits(use, called, context);
    case 'delete': {
      const key = node.kind === NodeKind.CallExpr ? node.args[1] : undefined;
      if (!key || commentsIn(syntax, { start: node.pos, end: key.pos }).length > 0) return refusal('comment', use);
      return [{ start: node.pos, end: key.pos, newText: `${written}${called('Delete')}(` }];
    }
    case 'length':
      return strategy === 'copy-on-write' ? viewed() : whole(`${written}${called('Len')}()`);
    case 'range':
      return strategy === 'sync-map' ? behind(called('All')) : viewed();
    case 'read':
      return viewed();
    case 'empty':
      return whole(`${written}${called('Clear')}()`);
    case 'ensured':
      return ensuredEdits(use);
    case 'given':
      return (node.kind === NodeKind.KeyValueExpr && elementRemoved(file, node)) || refusal('comment', use);
    default:
      return refusal('handed-on', use);
  }
}

/** Takes the statement out with its lines, and with one of two blank lines around it. */
function ensuredEdits(use: MapUse): readonly Edit[] | ConversionRefusal {
  const { pos, end } = use.node;
  const { text, syntax } = use.file;
  const lineStart = text.lastIndexOf('\n', pos - 1) + 1;
  const newLine = text.indexOf('\n', end);
  const lineEnd = newLine < 0 ? text.length : newLine + 1;
  if (commentsIn(syntax, { start: lineStart, end: lineEnd }).length > 0) return refusal('comment', use);
  if (text.slice(lineStart, pos).trim() !== '' || text.slice(end, lineEnd).trim() !== '') return refusal('nil-test', use);
  const before = text.slice(0, lineStart).trimEnd();
  const isAfterBlank = text.slice(before.length, lineStart).split('\n').length > 2 || before.endsWith('{');
  const blankEnd = text.indexOf('\n', lineEnd) + 1;
  const isBeforeBlank = blankEnd > 0 && text.slice(lineEnd, blankEnd).trim() === '';
  return [{ start: lineStart, end: isAfterBlank && isBeforeBlank ? blankEnd : lineEnd, newText: '' }];
}

/** `m[k] = v` becomes `m.Store(k, v)`. */
function storeEdits(use: MapUse, called: (method: WrapperMethod) => string, text: string): readonly Edit[] | ConversionRefusal {
  const { node, map, file } = use;
  const index = node.kind === NodeKind.AssignStmt ? node.lhs[0] : undefined;
  const key = index?.kind === NodeKind.IndexExpr ? index.indices[0] : undefined;
  const value = node.kind === NodeKind.AssignStmt ? node.rhs[0] : undefined;
  if (index?.kind !== NodeKind.IndexExpr || !key || !value || commentsIn(file.syntax, { start: key.end, end: value.pos }).length > 0 || text.slice(key.end, value.pos).includes('\n')) return refusal('comment', use);
  return [
    { start: map.end, end: index.lbrack + 1, newText: `${called('Store')}(` },
    { start: key.end, end: value.pos, newText: ', ' },
    { start: node.end, end: node.end, newText: ')' },
  ];
}

/** `m[k]++` becomes a function that does it, to be run where nobody else changes the map. */
function updateEdits(use: MapUse, called: (method: WrapperMethod) => string, { ground }: UseContext): readonly Edit[] | ConversionRefusal {
  const { file, info, node, map } = use;
  const { text } = file;
  const { declaration } = ground;
  const lineStart = text.lastIndexOf('\n', node.pos - 1) + 1;
  const indentation = text.slice(lineStart, node.pos);
  const spansLines = text.slice(node.pos, node.end).includes('\n');
  if (indentation.trim() !== '' || (spansLines && text.slice(node.pos, node.end).includes('`'))) return refusal('several', use);
  // The types are written as the declaration writes them, whose imports another file may not have.
  const typeText = declaration.file.text.slice(declaration.type.pos, declaration.type.end);
  if (file !== declaration.file && namesPackages(declaration.type)) return refusal('names', use);
  const names = new Set<string>();
  const mentions: ast.Expr[] = [];
  walk(node, (each) => {
    if (each.kind === NodeKind.Ident) names.add(each.name);
    if ((each.kind === NodeKind.SelectorExpr || each.kind === NodeKind.Ident) && isMapMention(each, use)) {
      mentions.push(each);
      return false;
    }
    return true;
  });
  const next = ['next', 'entries', 'changed'].find((name) => !names.has(name));
  if (next === undefined || mentions.some((mention) => !sameExpression(mention, map, info))) return refusal('handed-on', use);
  const newLine = lineEndOf(text);
  const edits: Edit[] = mentions.map((mention) => ({ start: mention.pos, end: mention.end, newText: next }));
  const head = `${text.slice(map.pos, map.end)}${called('Update')}(func(${next} ${typeText}) {${newLine}${indentation}\t`;
  const first = edits.findIndex((edit) => edit.start === node.pos);
  if (first >= 0) edits[first] = { ...edits[first]!, newText: head + next };
  else edits.push({ start: node.pos, end: node.pos, newText: head });
  for (let at = text.indexOf('\n', node.pos); at >= 0 && at < node.end; at = text.indexOf('\n', at + 1)) edits.push({ start: at + 1, end: at + 1, newText: '\t' });
  return [...edits, { start: node.end, end: node.end, newText: `${newLine}${indentation}})` }];
}

function isMapMention(node: ast.SelectorExpr | ast.Ident, { map, info }: MapUse): boolean {
  const name = node.kind === NodeKind.SelectorExpr ? node.sel : node;
  const own = map.kind === NodeKind.SelectorExpr ? map.sel : map;
  const object = info.useOf(name);
  if (own.kind !== NodeKind.Ident || own.name !== name.name || object?.kind !== ObjectKind.Variable) return false;
  const mine = info.useOf(own);
  return mine?.kind === ObjectKind.Variable && isSameVariable(mine, object);
}

function namesPackages(type: ast.Expr): boolean {
  let found = false;
  walk(type, (node) => {
    found ||= node.kind === NodeKind.SelectorExpr;
    return !found;
  });
  return found;
}

function freeTypeName(strategy: WrapperKind, { file, type, owner }: MapDeclaration, info: TypeInfo, folder: readonly GoFile[]): string | undefined {
  const name = wrapperNames[strategy];
  const declared = new Set(folder.flatMap((each) => each.syntax.decls.flatMap((declaration) => (declaration.kind === NodeKind.GenDecl ? declaration.specs.flatMap((spec) => (spec.kind === NodeKind.TypeSpec ? [spec.name.name] : spec.kind === NodeKind.ValueSpec ? spec.names.map((each) => each.name) : [])) : declaration.kind === NodeKind.FuncDecl ? [declaration.name.name] : []))));
  const suffix = owner ? owner.obj.name : 'Values';
  const isFree = (candidate: string): boolean => !declared.has(candidate) && info.lookup(candidate, file.syntax, type.pos) === undefined;
  return [name, `${name}Of${suffix.charAt(0).toUpperCase()}${suffix.slice(1)}`].find(isFree);
}

/** The method that ends an object of the owner's type, and the edit that ends the goroutine with it. */
function stoppedBy(field: string, owner: Named, package_: GoPackage, info: TypeInfo): { readonly file: GoFile; readonly edit: Edit } | undefined {
  const ending = ['Close', 'Stop', 'Shutdown'];
  const found = methodsOf(owner, package_, info).find(({ name, recv, body }) => ending.includes(name.name) && body && recv?.list[0]?.type.kind === NodeKind.StarExpr && receiverOf(recv) !== undefined);
  const file = found && package_.files.find(({ syntax }) => syntax.decls.includes(found));
  if (!found?.body || !found.recv || !file) return undefined;
  const call = `defer ${receiverOf(found.recv)}.${field}.Stop()`;
  const at = found.body.pos + 1;
  const inner = file.text.slice(at, found.body.end - 1);
  const newLine = lineEndOf(file.text);
  const newText = inner.includes('\n') ? `${newLine}\t${call}` : inner.trim() === '' ? ` ${call} ` : ` ${call};`;
  return { file, edit: { start: at, end: at, newText } };
}

function receiverOf(receiver: ast.FieldList): string | undefined {
  const name = receiver.list[0]?.names[0]?.name;
  return name === '_' ? undefined : name;
}
