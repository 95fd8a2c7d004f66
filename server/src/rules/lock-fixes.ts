// Fixes that put a statement under a lock.

import { builtinCalled, isConversion, isPure, unparen } from '../go/expressions.ts';
import { statementAt } from '../go/statements.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import type * as ast from '../go/syntax/ast.ts';
import { Token } from '../go/syntax/token.ts';
import { pathAt, walk } from '../go/syntax/walk.ts';
import type { GoFile } from '../go/packages/package.ts';
import { lookupFieldOrMethod } from '../go/types/lookup.ts';
import { ObjectKind } from '../go/types/objects.ts';
import { asNamed, deref } from '../go/types/predicates.ts';
import type { TypeInfo } from '../go/types/info.ts';
import type { Edit, Span } from '../text/span.ts';
import { indentationAt } from './lock-places.ts';

/** A lock as the source can name it at a place. */
export interface NamedLock {
  readonly text: string;
  readonly canRead: boolean;
}

/** The lock `name` of the object whose field is mentioned: of `c.entries` and `mu` it is `c.mu`. */
export function lockBeside(file: GoFile, mention: Span, name: string, info: TypeInfo): NamedLock | undefined {
  const node = pathAt(file.syntax, mention.start).find((each) => each.kind === NodeKind.SelectorExpr && each.pos === mention.start && each.end === mention.end);
  if (node?.kind !== NodeKind.SelectorExpr || !isPure(node.x, info)) return undefined;
  // An embedded field on the way, and the lock may be another's.
  if (info.selectionOf(node)?.index.length !== 1) return undefined;
  const owner = deref(info.typeOf(node.x))[0];
  const found = lookupFieldOrMethod(owner, true, asNamed(owner)?.obj.packagePath, name);
  if (typeof found === 'string' || found.object.kind !== ObjectKind.Variable || found.index.length !== 1) return undefined;
  return { text: `${file.text.slice(node.x.pos, node.x.end)}.${name}`, canRead: asNamed(found.object.type)?.obj.name === 'RWMutex' };
}

/** A lock of package level, if its name means it at the place. */
export function packageLock(file: GoFile, at: Span, name: string, info: TypeInfo): NamedLock | undefined {
  const object = info.lookup(name, file.syntax, at.start);
  if (object?.kind !== ObjectKind.Variable || !object.isPackageLevel) return undefined;
  return { text: name, canRead: asNamed(object.type)?.obj.name === 'RWMutex' };
}

/**
 * The statement at an offset between a lock and an unlock; for a return, the lock before it and its unlock deferred. Undefined if the
 * statement calls anything, waits for anything or leaves in the middle: with the lock held that might never end.
 */
export function underLock(file: GoFile, offset: number, lock: NamedLock, readsOnly: boolean, info: TypeInfo): readonly Edit[] | undefined {
  const at = statementAt(file.syntax, offset);
  if (!at || !isBrief(at.statement, info)) return undefined;
  const { statement, list, index } = at;
  const indentation = indentationAt(file.text, statement.pos);
  if (indentation === undefined) return undefined;
  const [take, give] = readsOnly && lock.canRead ? ['RLock', 'RUnlock'] : ['Lock', 'Unlock'];
  if (statement.kind === NodeKind.ReturnStmt) {
    return [{ start: statement.pos, end: statement.pos, newText: `${lock.text}.${take}()\n${indentation}defer ${lock.text}.${give}()\n${indentation}` }];
  }
  if (!isSimple(statement)) return undefined;
  const lineEnd = file.text.indexOf('\n', statement.end);
  const next = list[index + 1];
  // A comment behind the statement stays with it.
  const end = lineEnd < 0 ? file.text.length : lineEnd;
  if (next && next.pos < end) return undefined;
  const behind = file.text.slice(statement.end, end).trim();
  if (behind !== '' && !behind.startsWith('//')) return undefined;
  return [
    { start: statement.pos, end: statement.pos, newText: `${lock.text}.${take}()\n${indentation}` },
    { start: end, end, newText: `\n${indentation}${lock.text}.${give}()` },
  ];
}

function isSimple(statement: ast.Stmt): boolean {
  switch (statement.kind) {
    case NodeKind.AssignStmt:
    case NodeKind.IncDecStmt:
    case NodeKind.ExprStmt:
      return true;
    // The whole loop, which `isBrief` has looked through.
    case NodeKind.RangeStmt:
    case NodeKind.ForStmt:
      return true;
    default:
      return false;
  }
}

/** True for code that calls nothing but built-in functions, neither sends nor receives, starts nothing and stays where it is. */
export function isBrief(node: ast.Node, info: TypeInfo): boolean {
  let brief = true;
  walk(node, (inner) => {
    switch (inner.kind) {
      case NodeKind.CallExpr:
        if (!isConversion(inner, info) && builtinCalled(inner, info) === undefined) brief = false;
        break;
      case NodeKind.UnaryExpr:
        if (inner.op === Token.ARROW) brief = false;
        break;
      case NodeKind.ReturnStmt:
        if (inner !== node) brief = false;
        break;
      case NodeKind.SendStmt:
      case NodeKind.SelectStmt:
      case NodeKind.GoStmt:
      case NodeKind.DeferStmt:
      case NodeKind.BranchStmt:
      case NodeKind.FuncLit:
      case NodeKind.LabeledStmt:
        brief = false;
        break;
      case NodeKind.RangeStmt:
        // A channel or an iterator function may wait.
        if (!isPure(unparen(inner.x), info)) brief = false;
        break;
      default:
    }
    return brief;
  });
  return brief;
}

/** Moves a statement of a list behind another one below it; undefined if something in between may wait, leave or call. */
export function movedBehind(file: GoFile, from: number, behind: number, info: TypeInfo): readonly Edit[] | undefined {
  const first = statementAt(file.syntax, from);
  const second = statementAt(file.syntax, behind);
  if (!first || !second || first.list !== second.list || first.index >= second.index) return undefined;
  const between = first.list.slice(first.index + 1, second.index + 1);
  if (!between.every((each) => isBrief(each, info) && each.kind !== NodeKind.ReturnStmt)) return undefined;
  const { text } = file;
  const indentation = indentationAt(text, first.statement.pos);
  const lineEnd = (offset: number): number => (text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset));
  if (indentation === undefined || text.slice(first.statement.end, lineEnd(first.statement.end)).trim() !== '') return undefined;
  const start = text.lastIndexOf('\n', first.statement.pos - 1) + 1;
  const end = lineEnd(second.statement.end);
  return [
    { start, end: lineEnd(first.statement.end) + 1, newText: '' },
    { start: end, end, newText: `\n${indentation}${text.slice(first.statement.pos, first.statement.end)}` },
  ];
}
