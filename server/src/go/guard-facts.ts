// What comments say about locks, with the names resolved: a name that does not mean a lock says nothing.

import type { LockRequirement, StatedGuard } from '../model/program.ts';
import { NONE } from '../model/operations.ts';
import type { Span } from '../text/span.ts';
import { guardNamedBy, guardedNamedBy, isForOneTask, requirementsIn } from './guard-comments.ts';
import type { Name } from './guard-comments.ts';
import type { GoFile } from './packages/package.ts';
import { commentsIn } from './syntax/comments.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { walk } from './syntax/walk.ts';
import type { TypeInfo } from './types/info.ts';
import { lookupFieldOrMethod } from './types/lookup.ts';
import { ObjectKind } from './types/objects.ts';
import type { Variable } from './types/objects.ts';
import { asNamed, deref, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Signature, Struct, Type } from './types/types.ts';

/** Comments that belong to a declaration: the lines directly above it, or what stands behind it on its last line. */
interface Attached {
  readonly texts: readonly string[];
  readonly span: Span;
}

function attachedTo(file: GoFile, node: { readonly pos: number; readonly end: number }): readonly Attached[] {
  const { text, syntax } = file;
  const lineEnd = text.indexOf('\n', node.end);
  const behind = commentsIn(syntax, { start: node.end, end: lineEnd < 0 ? text.length : lineEnd });
  return [commentsAbove(file, node.pos), behind].flatMap((comments) => {
    const [first] = comments;
    return first ? [{ texts: comments.map(({ pos, end }) => text.slice(pos, end)), span: { start: first.pos, end: comments.at(-1)!.end } }] : [];
  });
}

/** So far above a declaration its comment may begin, in UTF-16 units. */
const longestComment = 4000;

function commentsAbove({ text, syntax }: GoFile, pos: number): readonly ast.Comment[] {
  const lineStart = text.lastIndexOf('\n', pos - 1) + 1;
  if (text.slice(lineStart, pos).trim() !== '') return [];
  const found: ast.Comment[] = [];
  let next = lineStart;
  for (const comment of commentsIn(syntax, { start: Math.max(0, lineStart - longestComment), end: lineStart }).toReversed()) {
    const between = text.slice(comment.end, next);
    const start = text.lastIndexOf('\n', comment.pos - 1) + 1;
    // An empty line, or code before the comment, and it belongs to something else.
    if (between.trim() !== '' || text.slice(start, comment.pos).trim() !== '' || between.indexOf('\n') !== between.lastIndexOf('\n')) break;
    found.unshift(comment);
    next = start;
  }
  return found;
}

/** True for sync.Mutex and sync.RWMutex held in place: a lock whose identity its path tells. */
function isMutex(type: Type): boolean {
  const named = asNamed(type);
  return named?.obj.packagePath === 'sync' && (named.obj.name === 'Mutex' || named.obj.name === 'RWMutex');
}

function isRead(type: Type): boolean {
  return asNamed(type)?.obj.name === 'RWMutex';
}

/** What comments say of the fields and variables of a file. */
export function statedGuardsIn(file: GoFile, info: TypeInfo): readonly StatedGuard[] {
  // Files without a word of it cost nothing.
  if (!mayTalkOfGuards(file)) return [];
  const found: StatedGuard[] = [];
  for (const declaration of file.syntax.decls) {
    if (declaration.kind === NodeKind.GenDecl) for (const spec of declaration.specs) if (spec.kind === NodeKind.ValueSpec) addVariables(file, info, spec, found);
    walk(declaration, (node) => {
      if (node.kind === NodeKind.StructType) addFields(file, info, node, found);
    });
  }
  return found;
}

const words: readonly string[] = ['guarded', 'protected', 'synchronized', 'guards', 'protects', '+checklocks', 'guard', 'protect'];

function mayTalkOfGuards({ text, syntax }: GoFile): boolean {
  return syntax.comments.some(({ pos, end }) => {
    const comment = text.slice(pos, end).toLowerCase();
    return words.some((word) => comment.includes(word));
  });
}

function addVariables(file: GoFile, info: TypeInfo, spec: ast.ValueSpec, found: StatedGuard[]): void {
  for (const comment of attachedTo(file, spec)) {
    const named = guardNamedBy(comment.texts);
    const lock = named?.length === 1 ? packageLock(named[0]!, info) : undefined;
    if (!named || !lock) continue;
    for (const name of spec.names) {
      const object = info.definitionOf(name);
      if (object?.kind === ObjectKind.Variable && !guardsItself(object.type)) found.push(statedGuard(object, lock, file.path, comment.span, true));
    }
    return;
  }
}

function addFields(file: GoFile, info: TypeInfo, node: ast.StructType, found: StatedGuard[]): void {
  const type = underlying(info.typeOf(node));
  if (type.kind !== TypeKind.Struct) return;
  node.fields.list.forEach((field, index) => {
    const own = fieldsOf(field, info, type);
    for (const comment of attachedTo(file, field)) {
      const said = guardsSaid(comment, { file, info, node, type, index, own });
      for (const { member, lock, isExact } of said) if (member !== lock && !guardsItself(member.type)) found.push(statedGuard(member, lock, file.path, comment.span, isExact));
      if (said.length > 0) return;
    }
  });
}

interface FieldOfStruct {
  readonly file: GoFile;
  readonly info: TypeInfo;
  readonly node: ast.StructType;
  readonly type: Struct;
  readonly index: number;
  /** The fields that one line declares. */
  readonly own: readonly Variable[];
}

interface Said {
  readonly member: Variable;
  readonly lock: Variable;
  readonly isExact: boolean;
}

function guardsSaid({ texts }: Attached, { file, info, node, type, index, own }: FieldOfStruct): readonly Said[] {
  const named = guardNamedBy(texts);
  if (named) {
    const lock = siblingLock(named, type) ?? (named.length === 1 ? packageLock(named[0]!, info) : undefined);
    return lock ? own.map((member) => ({ member, lock, isExact: true })) : [];
  }
  const [lock] = own;
  if (own.length !== 1 || !lock || !isMutex(lock.type)) return [];
  const guarded = guardedNamedBy(texts);
  if (guarded?.kind === 'following') return followingFields(file, node, index).flatMap((each) => fieldsOf(each, info, type)).map((member) => ({ member, lock, isExact: false }));
  const members = (guarded?.names ?? []).flatMap((name) => type.fields.find((each) => name.length === 1 && each.name === name[0]) ?? []);
  // `protects the world` names no field.
  return members.length === guarded?.names.length ? members.map((member) => ({ member, lock, isExact: true })) : [];
}

/** The fields behind a lock, up to an empty line, a comment of a line of its own, or another lock. */
function followingFields({ text }: GoFile, { fields }: ast.StructType, index: number): readonly ast.Field[] {
  const found: ast.Field[] = [];
  for (let at = index + 1; at < fields.list.length; at++) {
    const between = text.slice(fields.list[at - 1]!.end, fields.list[at]!.pos);
    const lines = between.split('\n').slice(1, -1);
    if (lines.length > 0) break;
    found.push(fields.list[at]!);
  }
  return found;
}

function fieldsOf(field: ast.Field, info: TypeInfo, { fields }: Struct): readonly Variable[] {
  if (field.names.length > 0) return field.names.flatMap((name) => fields.find((each) => each.name === name.name) ?? []);
  return fields.filter((each) => each.embedded && each.ident !== undefined && each.pos >= field.pos && each.pos < field.end);
}

/** Locks, atomics, and whatever else of packages sync and sync/atomic: they need no guard. */
function guardsItself(type: Type): boolean {
  const path = asNamed(deref(type)[0])?.obj.packagePath;
  return path === 'sync' || path === 'sync/atomic' || underlying(type).kind === TypeKind.Chan;
}

/** `mu` beside the field, also written `c.mu` or `Cache.mu`. */
function siblingLock(name: Name, { fields }: Struct): Variable | undefined {
  const field = name.length <= 2 ? fields.find((each) => each.name === name.at(-1)) : undefined;
  return field && isMutex(field.type) ? field : undefined;
}

function packageLock(name: string, info: TypeInfo): Variable | undefined {
  const object = info.package.scope.lookup(name);
  return object?.kind === ObjectKind.Variable && isMutex(object.type) ? object : undefined;
}

function statedGuard(member: Variable, lock: Variable, path: string, span: Span, isExact: boolean): StatedGuard {
  return { member: member.origin, lock: lock.origin, name: lock.name, path, span, isExact };
}

/** The names of a file's types of which their comments say that they are for one task at a time. */
export function typesForOneTask(file: GoFile): readonly string[] {
  if (!file.syntax.comments.some(({ pos, end }) => mentionsTasks(file.text.slice(pos, end)))) return [];
  return file.syntax.decls.flatMap((declaration) => {
    if (declaration.kind !== NodeKind.GenDecl) return [];
    return declaration.specs.flatMap((spec) => {
      if (spec.kind !== NodeKind.TypeSpec) return [];
      const comments = commentsAbove(file, declaration.specs.length === 1 ? declaration.pos : spec.pos);
      return isForOneTask(comments.map(({ pos, end }) => file.text.slice(pos, end))) ? [spec.name.name] : [];
    });
  });
}

function mentionsTasks(comment: string): boolean {
  const text = comment.toLowerCase();
  return ['concurren', 'goroutine', 'thread'].some((word) => text.includes(word));
}

/** What the comment above a function says about locks that its callers hold. */
export function lockRequirementsOf(declaration: ast.FuncDecl, signature: Signature | undefined, file: GoFile, info: TypeInfo): readonly LockRequirement[] {
  const [first, ...rest] = commentsAbove(file, declaration.pos);
  if (!first) return [];
  const texts = [first, ...rest].map(({ pos, end }) => file.text.slice(pos, end));
  const span = { start: first.pos, end: (rest.at(-1) ?? first).end };
  const resolve = (name: Name): ReturnType<typeof resolvedLock> => resolvedLock(name, signature, info);
  return requirementsIn(texts, (name) => resolve(name) !== undefined).map(({ lock, mode, isAnnotation, isAlone }) => {
    const resolved = lock && resolve(lock);
    const about = { mode, isAnnotation, isAlone, path: file.path, span };
    return resolved ? { ...resolved, ...about } : { ...about, parameter: NONE, fields: [], global: undefined, name: undefined, canRead: false };
  });
}

/** A lock that a function can name: of its receiver, of a parameter, of package level. */
function resolvedLock(name: Name, signature: Signature | undefined, info: TypeInfo): Pick<LockRequirement, 'parameter' | 'fields' | 'global' | 'name' | 'canRead'> | undefined {
  const [first = '', ...rest] = name;
  const parameters = signature ? [...(signature.recv ? [signature.recv] : []), ...signature.params.vars] : [];
  // `c.mu` and `Cache.mu` are the receiver's.
  const at = parameters.findIndex((each, index) => each.name === first || (index === 0 && signature?.recv !== undefined && asNamed(deref(each.type)[0])?.obj.name === first));
  if (at >= 0 && rest.length > 0) return lockOf(parameters[at]!.type, rest, at, name);
  if (rest.length === 0 && signature?.recv) {
    const own = lockOf(signature.recv.type, name, 0, name);
    if (own) return own;
  }
  const global = rest.length === 0 ? packageLock(first, info) : undefined;
  return global && { parameter: NONE, fields: [], global: { name: global.name, key: `${global.packagePath ?? ''}.${global.name}`, origin: global.origin }, name: global.name, canRead: isRead(global.type) };
}

function lockOf(type: Type, path: Name, parameter: number, written: Name): ReturnType<typeof resolvedLock> {
  if (underlying(type).kind !== TypeKind.Pointer) return undefined;
  const fields: { readonly name: string; readonly origin: object }[] = [];
  let at = deref(type)[0];
  for (const part of path) {
    const found = lookupFieldOrMethod(at, true, asNamed(at)?.obj.packagePath, part);
    // A lock behind another pointer may be any.
    if (typeof found === 'string' || found.object.kind !== ObjectKind.Variable || found.indirect || found.index.length !== 1) return undefined;
    fields.push({ name: found.object.name, origin: found.object.origin });
    at = found.object.type;
  }
  return isMutex(at) ? { parameter, fields, global: undefined, name: written.join('.'), canRead: isRead(at) } : undefined;
}
