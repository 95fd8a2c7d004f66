// Where a map is declared, a field or a variable of package level, and the edits that give it another type or take its value out of a
// literal.

import type { Edit } from '../text/span.ts';
import { rowEdits } from './alignment.ts';
import type { Row } from './alignment.ts';
import { emptyMap } from './map-uses.ts';
import { unparen } from './expressions.ts';
import type { GoFile, GoPackage } from './packages/package.ts';
import { commentsIn } from './syntax/comments.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { pathAt } from './syntax/walk.ts';
import type { TypeInfo } from './types/info.ts';
import { ObjectKind } from './types/objects.ts';
import type { Variable } from './types/objects.ts';
import { asNamed } from './types/predicates.ts';
import type { Named } from './types/types.ts';

export interface MapDeclaration {
  readonly file: GoFile;
  /** Its type, as written somewhere in the declaration. */
  readonly type: ast.MapType;
  /** The struct that it is a field of; undefined for a variable. */
  readonly owner: Named | undefined;
  /** The edits that declare it with another type, without a value. */
  retyped(type: string): readonly Edit[];
}

export type DeclarationFault =
  /** Declared elsewhere, or in a struct without a name. */
  | 'not-found'
  /** By the name of a type, which may have methods. */
  | 'named-type'
  /** Together with others. */
  | 'together'
  | 'entries';

export function mapDeclaration(declared: Variable, package_: GoPackage, info: TypeInfo): MapDeclaration | DeclarationFault {
  const { ident } = declared;
  if (!ident) return 'not-found';
  for (const file of package_.files) {
    const path = pathAt(file.syntax, ident.pos);
    if (!path.includes(ident)) continue;
    const spec = path.find((node) => node.kind === NodeKind.ValueSpec || node.kind === NodeKind.TypeSpec);
    const group = path.find((node) => node.kind === NodeKind.GenDecl);
    if (group?.kind !== NodeKind.GenDecl || !spec || path.some((node) => node.kind === NodeKind.FuncDecl)) return 'not-found';
    return spec.kind === NodeKind.ValueSpec ? variable(file, group, spec, info) : field(file, path, spec, info);
  }
  return 'not-found';
}

function field(file: GoFile, path: readonly ast.Node[], spec: ast.Node, info: TypeInfo): MapDeclaration | DeclarationFault {
  const own = path.findLast((node) => node.kind === NodeKind.Field);
  if (spec.kind !== NodeKind.TypeSpec || own?.kind !== NodeKind.Field || spec.type?.kind !== NodeKind.StructType || !spec.type.fields.list.includes(own)) return 'not-found';
  const object = info.definitionOf(spec.name);
  const owner = object?.kind === ObjectKind.TypeName ? asNamed(object.type) : undefined;
  const { type } = own;
  if (!owner) return 'not-found';
  if (type.kind !== NodeKind.MapType) return 'named-type';
  if (own.names.length !== 1) return 'together';
  const { list } = spec.type.fields;
  const rows = list.map((each) => fieldRow(file, each));
  const index = list.indexOf(own);
  return {
    file,
    type,
    owner: owner.origin,
    retyped: (text) => {
      const [name, , ...rest] = rows[index]!.map(({ start, end }) => file.text.slice(start, end));
      return rowEdits(file.text, rows, index, [name!, text, ...rest]);
    },
  };
}

/** name, type, and what follows: gofmt sets a tag behind an empty cell, and a comment behind a field without a name. */
export function fieldRow(file: GoFile, { names, type, tag, end }: ast.Field): Row {
  const comment = commentBehind(file, end);
  const typeSpan = { start: type.pos, end: type.end };
  const empty = { start: typeSpan.end, end: typeSpan.end };
  const first = names[0];
  return [
    ...(first ? [{ start: first.pos, end: names.at(-1)!.end }] : []),
    typeSpan,
    ...(tag ? [...(first ? [empty] : []), { start: tag.pos, end: tag.end }] : []),
    ...(comment ? [...(first || tag ? [] : [empty]), comment] : []),
  ];
}

function variable(file: GoFile, group: ast.GenDecl, spec: ast.ValueSpec, info: TypeInfo): MapDeclaration | DeclarationFault {
  const [value] = spec.values;
  if (spec.names.length !== 1) return 'together';
  const type = spec.type ?? (value && writtenType(unparen(value)));
  if (type?.kind !== NodeKind.MapType) return 'named-type';
  if (value && emptyMap(value, info) !== 'given') return 'entries';
  const name = spec.names[0]!;
  return {
    file,
    type,
    owner: undefined,
    retyped: (text) => specEdits(file, group, spec, name.name, text),
  };
}

/** The edits that give a variable of package level, declared alone in its line, another name and type, and no value. */
export function specEdits(file: GoFile, group: ast.GenDecl, spec: ast.ValueSpec, name: string, type: string): readonly Edit[] {
  if (group.lparen === undefined || group.specs.length === 1) return [{ start: spec.names[0]!.pos, end: spec.end, newText: `${name} ${type}` }];
  const specs = group.specs.filter((each) => each.kind === NodeKind.ValueSpec);
  const rows = specs.map((each) => specRow(file, specs, each));
  const comment = commentBehind(file, spec.end);
  return rowEdits(file.text, rows, specs.indexOf(spec), [name, type, ...(comment ? ['', file.text.slice(comment.start, comment.end)] : [])]);
}

/** name, type, value, comment; the type's cell stands also without one where a spec beside it has both type and value. */
function specRow(file: GoFile, specs: readonly ast.ValueSpec[], spec: ast.ValueSpec): Row {
  const comment = commentBehind(file, spec.end);
  const name = { start: spec.names[0]!.pos, end: spec.names.at(-1)!.end };
  const typeEnd = spec.type?.end ?? name.end;
  const [first] = spec.values;
  const equals = first && file.text.indexOf('=', typeEnd);
  const keepsType = spec.type !== undefined || (first !== undefined && runAround(specs, spec).some((each) => each.type !== undefined));
  const cells = [name];
  if (spec.type) cells.push({ start: spec.type.pos, end: spec.type.end });
  else if (keepsType) cells.push({ start: name.end, end: name.end });
  if (equals !== undefined) cells.push({ start: equals, end: spec.end });
  if (comment) {
    while (cells.length < 3) cells.push({ start: cells.at(-1)!.end, end: cells.at(-1)!.end });
    cells.push(comment);
  }
  return cells;
}

/** The specs with values around one that follow each other. */
function runAround(specs: readonly ast.ValueSpec[], spec: ast.ValueSpec): readonly ast.ValueSpec[] {
  let first = specs.indexOf(spec);
  let last = first;
  while (specs[first - 1]?.values.length) first--;
  while (specs[last + 1]?.values.length) last++;
  return specs.slice(first, last + 1);
}

/** The map type that `make(map[K]V)` and `map[K]V{}` are written with. */
function writtenType(value: ast.Expr): ast.Expr | undefined {
  if (value.kind === NodeKind.CompositeLit) return value.type;
  return value.kind === NodeKind.CallExpr ? value.args[0] : undefined;
}

/**
 * The edits that take an element out of a literal with keys; undefined if a comment would be lost.
 */
export function elementRemoved(file: GoFile, element: ast.KeyValueExpr): readonly Edit[] | undefined {
  const { text } = file;
  const literal = pathAt(file.syntax, element.pos).findLast((node) => node.kind === NodeKind.CompositeLit && node.elts.includes(element));
  if (literal?.kind !== NodeKind.CompositeLit) return undefined;
  const { elts } = literal;
  const index = elts.indexOf(element);
  const before = elts[index - 1];
  const after = elts[index + 1];
  const withoutComments = (edit: Edit): readonly Edit[] | undefined => (commentsIn(file.syntax, edit).length > 0 ? undefined : [edit]);
  if (!before && !after) return withoutComments({ start: literal.lbrace + 1, end: literal.end - 1, newText: '' });
  const isAlone = text.slice(text.lastIndexOf('\n', element.pos - 1) + 1, element.pos).trim() === '' && (!after || text.slice(element.end, after.pos).includes('\n'));
  if (!isAlone) return withoutComments(before ? { start: before.end, end: element.end, newText: '' } : { start: element.pos, end: after!.pos, newText: '' });
  if (commentBehind(file, element.end) || commentsIn(file.syntax, { start: element.pos, end: element.end }).length > 0 || text.slice(element.pos, element.end).includes('\n')) return undefined;
  return rowEdits(text, elts.map((each) => elementRow(file, each)), index, undefined);
}

function elementRow(file: GoFile, element: ast.Expr): Row {
  const comma = file.text.indexOf(',', element.end);
  const end = comma >= 0 && file.text.slice(element.end, comma).trim() === '' ? comma + 1 : element.end;
  const comment = commentBehind(file, element.end);
  const cells: Row = element.kind === NodeKind.KeyValueExpr ? [{ start: element.pos, end: file.text.indexOf(':', element.key.end) + 1 }, { start: element.value.pos, end }] : [{ start: element.pos, end }];
  return comment ? [...cells, comment] : cells;
}

/** The comment on the line behind an offset. */
function commentBehind(file: GoFile, offset: number): { readonly start: number; readonly end: number } | undefined {
  const newLine = file.text.indexOf('\n', offset);
  const [comment] = commentsIn(file.syntax, { start: offset, end: newLine < 0 ? file.text.length : newLine });
  return comment && { start: comment.pos, end: comment.end };
}
