// What rules and lowering ask about types. An answer is computed when it is first asked for: asking about an expression
// in a function body checks that function and no other. Wrong code, missing packages and limits give `unknownType` or
// undefined, never an exception.

import type * as ast from '../syntax/ast.ts';
import type { Constant as ConstantValue } from './constants/constant.ts';
import type { Func, Obj, Package, Variable } from './objects.ts';
import type { Scope } from './scope.ts';
import type { Signature, Type } from './types.ts';

export type { Constant as ConstantValue } from './constants/constant.ts';

/** What an expression denotes. */
export type Mode =
  /** Not known, or wrong. */
  | 'invalid'
  /** A call without results. */
  | 'novalue'
  /** The name of a predeclared function, or of one in package unsafe. */
  | 'builtin'
  | 'type'
  | 'constant'
  /** Addressable. */
  | 'variable'
  /** `m[k]`: not addressable, but can be assigned to and used in comma-ok form. */
  | 'map-index'
  | 'value'
  /** The predeclared nil. */
  | 'nil'
  /** A value that can be used in comma-ok form: a receive or a type assertion. */
  | 'comma-ok'
  /** The name of an imported package. */
  | 'package';

/** The checker's form of `Mode`. */
export const enum OperandMode {
  Invalid,
  NoValue,
  Builtin,
  TypeExpr,
  Constant,
  Variable,
  MapIndex,
  Value,
  CommaOk,
}

/** What the checker keeps at an expression. Shared between expressions that have the same type and mode and no value. */
export interface Fact {
  readonly mode: OperandMode;
  readonly type: Type;
  readonly value: ConstantValue | undefined;
}

/** What a selector `x.f` selects, unless it is a name of a package (see `useOf(selector.sel)`). */
export interface Selection {
  readonly kind: 'field' | 'method' | 'method-expression';
  /** The type of x. */
  readonly receiver: Type;
  readonly object: Variable | Func;
  /** Field indices from x's type to the object, through embedded fields; for methods the last is the method's index. */
  readonly index: readonly number[];
  /** True if a pointer is followed on the way, counting x itself. */
  readonly indirect: boolean;
}

/** The type arguments of an instantiation, written or inferred, and the resulting type. */
export interface Instance {
  readonly typeArguments: readonly Type[];
  readonly type: Type;
}

export interface TypeInfo {
  /** The package the answers are about. */
  readonly package: Package;

  /**
   * The type of an expression, as it is at run time: untyped operands have the type they are converted to. A comma-ok
   * expression in a two-value assignment has its own type here; a call with several results has a Tuple, one without
   * an empty Tuple. Names that are declared, field names of selectors and keys of struct literals have no type: ask
   * `objectOf`. `unknownType` if it is not known.
   */
  typeOf(expression: ast.Expr): Type;
  modeOf(expression: ast.Expr): Mode;
  /** True for `v, ok = x` where x is the expression. */
  isCommaOk(expression: ast.Expr): boolean;
  /** The value of a constant expression; undefined for others and for values that are not known. */
  constantOf(expression: ast.Expr): ConstantValue | undefined;

  /** The object an identifier declares, or undefined. */
  definitionOf(identifier: ast.Ident): Obj | undefined;
  /** The object an identifier refers to, or undefined. For a field name in a selector or struct literal: the field. */
  useOf(identifier: ast.Ident): Obj | undefined;
  /** The object an identifier declares or refers to, or undefined. */
  objectOf(identifier: ast.Ident): Obj | undefined;
  /** What a selector selects; undefined for names of packages and where it is not known. */
  selectionOf(selector: ast.SelectorExpr): Selection | undefined;
  /** The instantiation of a generic function or type that an identifier refers to, or undefined if it is none. */
  instanceOf(identifier: ast.Ident): Instance | undefined;
  /**
   * The object a node declares without naming it: the variable of a type switch in one of its clauses (CaseClause), an
   * import without a name (ImportSpec), a parameter without a name (Field).
   */
  implicitObjectOf(node: ast.CaseClause | ast.ImportSpec | ast.Field): Obj | undefined;

  /** The signature of a function declaration or literal; undefined if it is not known. */
  signatureOf(node: ast.FuncDecl | ast.FuncLit): Signature | undefined;
  /** The innermost scope around an offset of a file of the package. */
  scopeAt(file: ast.File, offset: number): Scope;
  /** What a name would mean at an offset of a file of the package, or undefined. For checks that a fix shadows nothing. */
  lookup(name: string, file: ast.File, offset: number): Obj | undefined;

  /**
   * Checks a top-level declaration of the package now. Never needed: other questions do this. It saves them looking for
   * the declaration that an expression stands in.
   */
  prepare(declaration: ast.Decl): void;

  /** Takes note that the body of a function was let go: what was said about its nodes is found out again for new ones. */
  bodyIsGone(declaration: ast.FuncDecl): void;
}
