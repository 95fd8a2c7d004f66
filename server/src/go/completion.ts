// The right way to empty a map, offered where somebody has written `m.` and looks for it.

import { mapTypeOf } from './emptying.ts';
import { builtinIsVisible, freeName, isPure } from './expressions.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { Token } from './syntax/token.ts';
import { pathAt } from './syntax/walk.ts';
import { deref, isPointer } from './types/predicates.ts';
import type { TypeInfo } from './types/info.ts';
import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';
import type { GoFile } from './packages/package.ts';
import type { Span } from '../text/span.ts';

/** The first Go release with the built-in clear. */
const clearVersion = 21;
/** The first Go release with sync.Map.Clear. */
const syncMapClearVersion = 23;

export type ClearKind = 'clear' | 'delete-loop' | 'sync-map-clear' | 'sync-map-range';

export interface ClearCompletion {
  /** From the operand to behind the dot: what goes away. */
  readonly operand: Span;
  /** What has been typed behind the dot, to the offset asked for. */
  readonly word: Span;
  readonly kind: ClearKind;
  /** What empties the map. Lines behind the first start with `\n`, without the indentation of the statement. */
  readonly text: string;
}

/**
 * m.clear|  →  clear(m), or the loop that deletes every key where the file's Go has no clear
 * s.clear|  →  s.Clear() for a sync.Map, or Range and Delete before Go 1.23
 *
 * Undefined unless the operand is a map or sync.Map and the selector is all there is of a statement: clearing has no value.
 */
export function clearCompletionAt(file: GoFile, info: TypeInfo, offset: number): ClearCompletion | undefined {
  const { text } = file;
  const start = wordStart(text, offset);
  if (text[start - 1] !== '.' || !endsStatement(text, offset)) return undefined;
  const selector = selectorWithDot(file, start - 1);
  if (!selector) return undefined;
  const offer = offerFor(selector.x, file, info);
  return offer && { operand: { start: selector.pos, end: start }, word: { start, end: offset }, ...offer };
}

/** The selector of a dot, if it starts a statement. What follows on the next line may have been read as its name. */
function selectorWithDot(file: GoFile, dot: number): ast.SelectorExpr | undefined {
  const path = pathAt(file.syntax, dot + 1);
  const selector = path.findLast((node) => node.kind === NodeKind.SelectorExpr);
  if (selector?.kind !== NodeKind.SelectorExpr || selector.x.end > dot || selector.sel.pos <= dot) return undefined;
  if (file.text.slice(selector.x.end, dot).trim() !== '') return undefined;
  const statement = path.findLast((node) => node.kind === NodeKind.ExprStmt || node.kind === NodeKind.AssignStmt);
  return statement?.pos === selector.pos ? selector : undefined;
}

function offerFor(operand: ast.Expr, file: GoFile, info: TypeInfo): Pick<ClearCompletion, 'kind' | 'text'> | undefined {
  const written = file.text.slice(operand.pos, operand.end);
  const type = info.typeOf(operand);
  if (isSyncMap(deref(type)[0])) return offerForSyncMap(written, operand, file, info);
  const pointer = isPointer(type);
  if (!mapTypeOf(pointer ? deref(type)[0] : type)) return undefined;
  return offerForMap(pointer ? `*${written}` : written, operand, file, info);
}

function offerForMap(map: string, operand: ast.Expr, file: GoFile, info: TypeInfo): Pick<ClearCompletion, 'kind' | 'text'> | undefined {
  const version = file.languageVersion?.version;
  const hasClear = version === undefined || version >= clearVersion;
  if (hasClear && builtinIsVisible('clear', file.syntax, operand.pos, info)) return { kind: 'clear', text: `clear(${map})` };
  // The loop names the map twice.
  if (!isPure(operand, info) || !builtinIsVisible('delete', file.syntax, operand.pos, info)) return undefined;
  const key = freeName(operand);
  return { kind: 'delete-loop', text: `for ${key} := range ${map} {\n\tdelete(${map}, ${key})\n}` };
}

function offerForSyncMap(map: string, operand: ast.Expr, file: GoFile, info: TypeInfo): Pick<ClearCompletion, 'kind' | 'text'> | undefined {
  const floor = file.libraryFloor?.version;
  if (floor === undefined || floor >= syncMapClearVersion) return { kind: 'sync-map-clear', text: `${map}.Clear()` };
  if (!isPure(operand, info)) return undefined;
  const key = freeName(operand);
  return { kind: 'sync-map-range', text: `${map}.Range(func(${key}, _ any) bool {\n\t${map}.Delete(${key})\n\treturn true\n})` };
}

export interface SnippetPlace {
  readonly kind: 'statement' | 'declaration';
  /** What has been typed of its name. */
  readonly word: Span;
}

/**
 * Where a snippet may stand: alone at the start of a statement or a declaration. Undefined in comments, strings, imports,
 * expressions and literals.
 */
export function snippetPlaceAt({ syntax, text }: GoFile, offset: number): SnippetPlace | undefined {
  const start = wordStart(text, offset);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '' || !endsStatement(text, offset)) return undefined;
  if (syntax.comments.some((comment) => comment.pos < start && start <= comment.end)) return undefined;
  const head = Math.max(syntax.name.end, ...syntax.decls.filter((declaration) => declaration.kind === NodeKind.GenDecl && declaration.token === Token.IMPORT).map(({ end }) => end));
  if (start <= head) return undefined;
  const word = { start, end: offset };
  for (const node of pathAt(syntax, start).reverse()) {
    switch (node.kind) {
      case NodeKind.Ident:
      case NodeKind.BadExpr:
      case NodeKind.BadStmt:
        continue;
      case NodeKind.ExprStmt:
        if (node.pos !== start) return undefined;
        continue;
      case NodeKind.BlockStmt:
      case NodeKind.CaseClause:
      case NodeKind.CommClause:
        return node.pos < start && offset <= node.end ? { kind: 'statement', word } : undefined;
      case NodeKind.File:
        return { kind: 'declaration', word };
      default:
        // Where one declaration ends and the next has not begun, the offset touches both.
        if (node.end > start && node.pos < start) return undefined;
    }
  }
  return undefined;
}

function isSyncMap(type: Type): boolean {
  return type.kind === TypeKind.Named && type.obj.name === 'Map' && type.obj.packagePath === 'sync';
}

/** True if nothing but the end of a statement, a block or a comment follows on the line. */
function endsStatement(text: string, offset: number): boolean {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  const rest = text.slice(offset, end).trim();
  return rest === '' || rest.startsWith('}') || rest.startsWith(';') || rest.startsWith('//') || rest.startsWith('/*');
}

/** Where the letters and digits before an offset start. */
function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isWordPart(text.charCodeAt(start - 1))) start--;
  return start;
}

function isWordPart(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122) || unit >= 128;
}
