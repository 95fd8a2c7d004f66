// The text of a new container for a place that holds one: `make(map[string]int)`.

import type { GoFile } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import { pathAt } from './syntax/walk.ts';
import type { TypeInfo } from './types/info.ts';
import { typeStringIn } from './types/type-string.ts';
import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';
import { mapTypeOf } from './emptying.ts';
import { isPure } from './expressions.ts';
import type { Span } from '../text/span.ts';

export interface MapExpression {
  readonly text: string;
  /** `make(…)` of the same type. */
  readonly made: string;
}

/** The map that a stretch of a file is written as, if it can be evaluated again and its type can be spelled in the package; else undefined. */
export function mapExpressionAt(file: GoFile, span: Span, packagePath: string, info: TypeInfo): MapExpression | undefined {
  const node = pathAt(file.syntax, span.start).find((each) => each.pos === span.start && each.end === span.end);
  if (!node || (node.kind !== NodeKind.Ident && node.kind !== NodeKind.SelectorExpr) || !isPure(node, info)) return undefined;
  const type = info.typeOf(node);
  if (!mapTypeOf(type) || !isSpelled(type)) return undefined;
  return { text: file.text.slice(span.start, span.end), made: `make(${typeStringIn(packagePath, type)})` };
}

/** True for types without names from other packages, which the file may not import, or under another name. */
function isSpelled(type: Type, depth = 0): boolean {
  if (depth > 8) return false;
  switch (type.kind) {
    case TypeKind.Basic:
      return true;
    case TypeKind.Map:
      return isSpelled(type.key, depth + 1) && isSpelled(type.elem, depth + 1);
    case TypeKind.Pointer:
    case TypeKind.Slice:
      return isSpelled(type.elem, depth + 1);
    case TypeKind.Struct:
      return type.fields.length === 0;
    default:
      return false;
  }
}
