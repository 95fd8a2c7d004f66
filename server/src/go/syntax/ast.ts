// The syntax tree of a Go file. Node kinds and fields are go/ast's, so that anybody who knows that package can read
// a detector. Positions are 0-based UTF-16 offsets into the decoded text; `end` is exclusive.

import type { Fact, Selection } from '../types/info.ts';
import type { Obj } from '../types/objects.ts';
import type { Receiver } from './receiver.ts';
import type { Token } from './token.ts';

export const enum NodeKind {
  File,
  Ident,
  BadExpr,
  BasicLit,
  FuncLit,
  CompositeLit,
  ParenExpr,
  SelectorExpr,
  IndexExpr,
  SliceExpr,
  TypeAssertExpr,
  CallExpr,
  StarExpr,
  UnaryExpr,
  BinaryExpr,
  KeyValueExpr,
  Ellipsis,
  ArrayType,
  StructType,
  FuncType,
  InterfaceType,
  MapType,
  ChanType,
  Field,
  FieldList,
  BadStmt,
  DeclStmt,
  EmptyStmt,
  LabeledStmt,
  ExprStmt,
  SendStmt,
  IncDecStmt,
  AssignStmt,
  GoStmt,
  DeferStmt,
  ReturnStmt,
  BranchStmt,
  BlockStmt,
  IfStmt,
  CaseClause,
  SwitchStmt,
  TypeSwitchStmt,
  CommClause,
  SelectStmt,
  ForStmt,
  RangeStmt,
  GenDecl,
  ImportSpec,
  ValueSpec,
  TypeSpec,
  FuncDecl,
}

export const enum ChanDir {
  Send = 1,
  Receive = 2,
  Both = 3,
}

abstract class NodeBase {
  constructor(readonly kind: NodeKind, public pos: number, public end: number) {}
}

/** An expression. `fact` is where the type checker keeps what it found out; ask `TypeInfo`, never the node. */
abstract class ExprBase extends NodeBase {
  fact: Fact | undefined;
  constructor(kind: NodeKind, pos: number, end: number) {
    super(kind, pos, end);
    this.fact = undefined;
  }
}

/** A name. */
export class Ident extends ExprBase {
  declare readonly kind: NodeKind.Ident;
  /** What the name declares or refers to; kept here by the type checker like `fact`. */
  object: Obj | undefined;
  constructor(pos: number, end: number, readonly name: string) {
    super(NodeKind.Ident, pos, end);
    this.object = undefined;
  }
}

/** A place where an expression was expected and none could be read. */
export class BadExpr extends ExprBase {
  declare readonly kind: NodeKind.BadExpr;
  constructor(pos: number, end: number) {
    super(NodeKind.BadExpr, pos, end);
  }
}

/** An INT, FLOAT, IMAG, CHAR or STRING literal; `value` is its source text. */
export class BasicLit extends ExprBase {
  declare readonly kind: NodeKind.BasicLit;
  constructor(pos: number, end: number, readonly token: Token, readonly value: string) {
    super(NodeKind.BasicLit, pos, end);
  }
}

export class FuncLit extends ExprBase {
  declare readonly kind: NodeKind.FuncLit;
  constructor(pos: number, end: number, readonly type: FuncType, readonly body: BlockStmt) {
    super(NodeKind.FuncLit, pos, end);
  }
}

/** `T{…}`; inside another literal the type may be left out. */
export class CompositeLit extends ExprBase {
  declare readonly kind: NodeKind.CompositeLit;
  constructor(pos: number, end: number, readonly type: Expr | undefined, readonly elts: readonly Expr[], public lbrace: number) {
    super(NodeKind.CompositeLit, pos, end);
  }
}

export class ParenExpr extends ExprBase {
  declare readonly kind: NodeKind.ParenExpr;
  constructor(pos: number, end: number, readonly x: Expr) {
    super(NodeKind.ParenExpr, pos, end);
  }
}

export class SelectorExpr extends ExprBase {
  declare readonly kind: NodeKind.SelectorExpr;
  /** The field or method selected; kept here by the type checker like `fact`. */
  selection: Selection | undefined;
  constructor(pos: number, end: number, readonly x: Expr, readonly sel: Ident) {
    super(NodeKind.SelectorExpr, pos, end);
    this.selection = undefined;
  }
}

/** `x[i]` and instantiations `x[T1, T2]` (go/ast: IndexExpr and IndexListExpr); `lbrack` is where the `[` stands. */
export class IndexExpr extends ExprBase {
  declare readonly kind: NodeKind.IndexExpr;
  constructor(pos: number, end: number, readonly x: Expr, readonly indices: readonly Expr[], public lbrack: number) {
    super(NodeKind.IndexExpr, pos, end);
  }
}

export class SliceExpr extends ExprBase {
  declare readonly kind: NodeKind.SliceExpr;
  constructor(pos: number, end: number, readonly x: Expr, readonly low: Expr | undefined, readonly high: Expr | undefined, readonly max: Expr | undefined) {
    super(NodeKind.SliceExpr, pos, end);
  }
}

/** `x.(T)`; without a type it is the `x.(type)` of a type switch. */
export class TypeAssertExpr extends ExprBase {
  declare readonly kind: NodeKind.TypeAssertExpr;
  constructor(pos: number, end: number, readonly x: Expr, readonly type: Expr | undefined) {
    super(NodeKind.TypeAssertExpr, pos, end);
  }
}

/** A call or conversion; `ellipsis`: the last argument is followed by `...`; `lparen` is where the `(` stands. */
export class CallExpr extends ExprBase {
  declare readonly kind: NodeKind.CallExpr;
  constructor(pos: number, end: number, readonly fun: Expr, readonly args: readonly Expr[], readonly ellipsis: boolean, public lparen: number) {
    super(NodeKind.CallExpr, pos, end);
  }
}

export class StarExpr extends ExprBase {
  declare readonly kind: NodeKind.StarExpr;
  constructor(pos: number, end: number, readonly x: Expr) {
    super(NodeKind.StarExpr, pos, end);
  }
}

/** Unary operators, `&x`, `<-x`, and `~T` in constraints. */
export class UnaryExpr extends ExprBase {
  declare readonly kind: NodeKind.UnaryExpr;
  constructor(pos: number, end: number, readonly op: Token, readonly x: Expr) {
    super(NodeKind.UnaryExpr, pos, end);
  }
}

/** `opPos` is where the operator stands. */
export class BinaryExpr extends ExprBase {
  declare readonly kind: NodeKind.BinaryExpr;
  constructor(pos: number, end: number, readonly op: Token, readonly x: Expr, readonly y: Expr, public opPos: number) {
    super(NodeKind.BinaryExpr, pos, end);
  }
}

export class KeyValueExpr extends ExprBase {
  declare readonly kind: NodeKind.KeyValueExpr;
  constructor(pos: number, end: number, readonly key: Expr, readonly value: Expr) {
    super(NodeKind.KeyValueExpr, pos, end);
  }
}

/** `...T` of a parameter, or the `...` of an array length. */
export class Ellipsis extends ExprBase {
  declare readonly kind: NodeKind.Ellipsis;
  constructor(pos: number, end: number, readonly elt: Expr | undefined) {
    super(NodeKind.Ellipsis, pos, end);
  }
}

/** `[n]T`; a slice type has no length. */
export class ArrayType extends ExprBase {
  declare readonly kind: NodeKind.ArrayType;
  constructor(pos: number, end: number, readonly len: Expr | undefined, readonly elt: Expr) {
    super(NodeKind.ArrayType, pos, end);
  }
}

export class StructType extends ExprBase {
  declare readonly kind: NodeKind.StructType;
  constructor(pos: number, end: number, readonly fields: FieldList) {
    super(NodeKind.StructType, pos, end);
  }
}

export class FuncType extends ExprBase {
  declare readonly kind: NodeKind.FuncType;
  constructor(pos: number, end: number, readonly typeParams: FieldList | undefined, readonly params: FieldList, readonly results: FieldList | undefined) {
    super(NodeKind.FuncType, pos, end);
  }
}

/** Methods, embedded interfaces and unions, each a field; methods have one name and a FuncType. */
export class InterfaceType extends ExprBase {
  declare readonly kind: NodeKind.InterfaceType;
  constructor(pos: number, end: number, readonly methods: FieldList) {
    super(NodeKind.InterfaceType, pos, end);
  }
}

export class MapType extends ExprBase {
  declare readonly kind: NodeKind.MapType;
  constructor(pos: number, end: number, readonly key: Expr, readonly value: Expr) {
    super(NodeKind.MapType, pos, end);
  }
}

/** `arrow` is where the `<-` stands; undefined for a channel of both directions. */
export class ChanType extends ExprBase {
  declare readonly kind: NodeKind.ChanType;
  constructor(pos: number, end: number, readonly dir: ChanDir, readonly value: Expr, public arrow: number | undefined) {
    super(NodeKind.ChanType, pos, end);
  }
}

/** A field, parameter, result, type parameter or interface element. */
export class Field extends NodeBase {
  declare readonly kind: NodeKind.Field;
  constructor(pos: number, end: number, readonly names: readonly Ident[], readonly type: Expr, readonly tag: BasicLit | undefined) {
    super(NodeKind.Field, pos, end);
  }
}

export class FieldList extends NodeBase {
  declare readonly kind: NodeKind.FieldList;
  constructor(pos: number, end: number, readonly list: readonly Field[]) {
    super(NodeKind.FieldList, pos, end);
  }
}

export class BadStmt extends NodeBase {
  declare readonly kind: NodeKind.BadStmt;
  constructor(pos: number, end: number) {
    super(NodeKind.BadStmt, pos, end);
  }
}

export class DeclStmt extends NodeBase {
  declare readonly kind: NodeKind.DeclStmt;
  constructor(pos: number, end: number, readonly decl: GenDecl) {
    super(NodeKind.DeclStmt, pos, end);
  }
}

export class EmptyStmt extends NodeBase {
  declare readonly kind: NodeKind.EmptyStmt;
  constructor(pos: number, end: number) {
    super(NodeKind.EmptyStmt, pos, end);
  }
}

export class LabeledStmt extends NodeBase {
  declare readonly kind: NodeKind.LabeledStmt;
  constructor(pos: number, end: number, readonly label: Ident, readonly stmt: Stmt) {
    super(NodeKind.LabeledStmt, pos, end);
  }
}

export class ExprStmt extends NodeBase {
  declare readonly kind: NodeKind.ExprStmt;
  constructor(pos: number, end: number, readonly x: Expr) {
    super(NodeKind.ExprStmt, pos, end);
  }
}

/** `arrow` is where the `<-` stands. */
export class SendStmt extends NodeBase {
  declare readonly kind: NodeKind.SendStmt;
  constructor(pos: number, end: number, readonly chan: Expr, readonly value: Expr, public arrow: number) {
    super(NodeKind.SendStmt, pos, end);
  }
}

export class IncDecStmt extends NodeBase {
  declare readonly kind: NodeKind.IncDecStmt;
  constructor(pos: number, end: number, readonly x: Expr, readonly token: Token) {
    super(NodeKind.IncDecStmt, pos, end);
  }
}

/** `tokenPos` is where the `=`, `:=` or `op=` stands. */
export class AssignStmt extends NodeBase {
  declare readonly kind: NodeKind.AssignStmt;
  constructor(pos: number, end: number, readonly lhs: readonly Expr[], readonly token: Token, readonly rhs: readonly Expr[], public tokenPos: number) {
    super(NodeKind.AssignStmt, pos, end);
  }
}

export class GoStmt extends NodeBase {
  declare readonly kind: NodeKind.GoStmt;
  constructor(pos: number, end: number, readonly call: Expr) {
    super(NodeKind.GoStmt, pos, end);
  }
}

export class DeferStmt extends NodeBase {
  declare readonly kind: NodeKind.DeferStmt;
  constructor(pos: number, end: number, readonly call: Expr) {
    super(NodeKind.DeferStmt, pos, end);
  }
}

export class ReturnStmt extends NodeBase {
  declare readonly kind: NodeKind.ReturnStmt;
  constructor(pos: number, end: number, readonly results: readonly Expr[]) {
    super(NodeKind.ReturnStmt, pos, end);
  }
}

/** break, continue, goto, fallthrough. */
export class BranchStmt extends NodeBase {
  declare readonly kind: NodeKind.BranchStmt;
  constructor(pos: number, end: number, readonly token: Token, readonly label: Ident | undefined) {
    super(NodeKind.BranchStmt, pos, end);
  }
}

export class BlockStmt extends NodeBase {
  declare readonly kind: NodeKind.BlockStmt;
  constructor(pos: number, end: number, readonly list: readonly Stmt[]) {
    super(NodeKind.BlockStmt, pos, end);
  }
}

export class IfStmt extends NodeBase {
  declare readonly kind: NodeKind.IfStmt;
  constructor(pos: number, end: number, readonly init: Stmt | undefined, readonly cond: Expr, readonly body: BlockStmt, readonly els: Stmt | undefined) {
    super(NodeKind.IfStmt, pos, end);
  }
}

/** `list` is undefined for `default:`; `colon` is where the `:` stands. */
export class CaseClause extends NodeBase {
  declare readonly kind: NodeKind.CaseClause;
  constructor(pos: number, end: number, readonly list: readonly Expr[] | undefined, readonly body: readonly Stmt[], public colon: number) {
    super(NodeKind.CaseClause, pos, end);
  }
}

export class SwitchStmt extends NodeBase {
  declare readonly kind: NodeKind.SwitchStmt;
  constructor(pos: number, end: number, readonly init: Stmt | undefined, readonly tag: Expr | undefined, readonly body: BlockStmt) {
    super(NodeKind.SwitchStmt, pos, end);
  }
}

/** `assign` is `x := y.(type)` or `y.(type)`. */
export class TypeSwitchStmt extends NodeBase {
  declare readonly kind: NodeKind.TypeSwitchStmt;
  constructor(pos: number, end: number, readonly init: Stmt | undefined, readonly assign: Stmt, readonly body: BlockStmt) {
    super(NodeKind.TypeSwitchStmt, pos, end);
  }
}

/** `comm` is undefined for `default:`; `colon` is where the `:` stands. */
export class CommClause extends NodeBase {
  declare readonly kind: NodeKind.CommClause;
  constructor(pos: number, end: number, readonly comm: Stmt | undefined, readonly body: readonly Stmt[], public colon: number) {
    super(NodeKind.CommClause, pos, end);
  }
}

export class SelectStmt extends NodeBase {
  declare readonly kind: NodeKind.SelectStmt;
  constructor(pos: number, end: number, readonly body: BlockStmt) {
    super(NodeKind.SelectStmt, pos, end);
  }
}

export class ForStmt extends NodeBase {
  declare readonly kind: NodeKind.ForStmt;
  constructor(pos: number, end: number, readonly init: Stmt | undefined, readonly cond: Expr | undefined, readonly post: Stmt | undefined, readonly body: BlockStmt) {
    super(NodeKind.ForStmt, pos, end);
  }
}

/** `token` is DEFINE, ASSIGN, or ILLEGAL where there is no key; `tokenPos` is where it stands, `range` where the word `range` does. */
export class RangeStmt extends NodeBase {
  declare readonly kind: NodeKind.RangeStmt;
  constructor(pos: number, end: number, readonly key: Expr | undefined, readonly value: Expr | undefined, readonly token: Token, readonly x: Expr, readonly body: BlockStmt, public tokenPos: number | undefined, public range: number) {
    super(NodeKind.RangeStmt, pos, end);
  }
}

/** import, const, type or var; `lparen` is where the `(` of a group stands, undefined without parentheses. */
export class GenDecl extends NodeBase {
  declare readonly kind: NodeKind.GenDecl;
  constructor(pos: number, end: number, readonly token: Token, readonly specs: readonly Spec[], public lparen: number | undefined) {
    super(NodeKind.GenDecl, pos, end);
  }
}

/** `name` is `.` for a dot import. */
export class ImportSpec extends NodeBase {
  declare readonly kind: NodeKind.ImportSpec;
  constructor(pos: number, end: number, readonly name: Ident | undefined, readonly path: BasicLit) {
    super(NodeKind.ImportSpec, pos, end);
  }
}

/** `iota` is the index of the spec in its declaration. */
export class ValueSpec extends NodeBase {
  declare readonly kind: NodeKind.ValueSpec;
  /** How many values there are, whether they have been read or not. */
  readonly valueCount: number;
  private given: readonly Expr[] | Unread<readonly Expr[]>;
  constructor(pos: number, end: number, readonly names: readonly Ident[], readonly type: Expr | undefined, values: readonly Expr[], readonly iota: number) {
    super(NodeKind.ValueSpec, pos, end);
    this.valueCount = values.length;
    this.given = values;
  }

  /** New nodes after `letValuesGo`, once. */
  get values(): readonly Expr[] {
    const { given } = this;
    return 'read' in given ? (this.given = given.read()) : given;
  }

  /** False after `letValuesGo`, until somebody asks for the values. */
  get holdsValues(): boolean {
    return this.valueCount > 0 && !('read' in this.given);
  }

  /** Drops the values. They are read again when somebody asks. */
  letValuesGo(unread: Unread<readonly Expr[]>): void {
    if (this.valueCount > 0) this.given = unread;
  }
}

export class TypeSpec extends NodeBase {
  declare readonly kind: NodeKind.TypeSpec;
  constructor(pos: number, end: number, readonly name: Ident, readonly typeParams: FieldList | undefined, readonly alias: boolean, private given: Expr | Unread<Expr>) {
    super(NodeKind.TypeSpec, pos, end);
  }

  get type(): Expr {
    const { given } = this;
    return 'read' in given ? (this.given = given.read()) : given;
  }
}

export class FuncDecl extends NodeBase {
  declare readonly kind: NodeKind.FuncDecl;
  constructor(pos: number, end: number, private head: FunctionHead | UnreadHead, readonly name: Ident, private code: BlockStmt | Unread<BlockStmt | undefined> | undefined) {
    super(NodeKind.FuncDecl, pos, end);
  }

  /** New nodes after `letBodyGo`, once. */
  get body(): BlockStmt | undefined {
    const { code } = this;
    return code && 'read' in code ? (this.code = code.read()) : code;
  }

  /** True if there is a body, whether it has been read or not. */
  get hasBody(): boolean {
    return this.code !== undefined;
  }

  /** Drops the body. It is read again when somebody asks. */
  letBodyGo(unread: Unread<BlockStmt | undefined>): void {
    if (this.code) this.code = unread;
  }

  get recv(): FieldList | undefined {
    return this.readHead.recv;
  }

  get type(): FuncType {
    return this.readHead.type;
  }

  /** Undefined once it has been read. */
  get unread(): UnreadHead | undefined {
    return 'read' in this.head ? this.head : undefined;
  }

  private get readHead(): FunctionHead {
    const { head } = this;
    return 'read' in head ? (this.head = head.read()) : head;
  }
}

/** What was passed over or let go, and is read when somebody asks. */
export interface Unread<Part> {
  read(): Part;
}

/** The receiver and the signature of a function declaration. */
export interface FunctionHead {
  readonly recv: FieldList | undefined;
  readonly type: FuncType;
}

export interface UnreadHead extends Unread<FunctionHead> {
  readonly receiver: Receiver | undefined;
}

/** A message about the text of a file, at a 0-based UTF-16 offset. */
export interface SyntaxError {
  readonly pos: number;
  readonly message: string;
}

/** A comment with its delimiters; its text is cut from the file when asked for (`commentText`). A line comment ends before the line break. */
export interface Comment {
  pos: number;
  end: number;
}

/**
 * What one declaration (or the package clause) was read from: its own errors, and `reach`, the end of the furthest token that was looked at to
 * read it. A change of text beyond `reach` cannot change how the declaration is read.
 */
export interface Reading {
  readonly errors: readonly SyntaxError[];
  readonly reach: number;
}

export class File extends NodeBase {
  declare readonly kind: NodeKind.File;
  constructor(
    end: number,
    readonly name: Ident,
    public decls: readonly Decl[],
    public comments: readonly Comment[],
    public errors: readonly SyntaxError[],
    /** True if the text is not valid Go: `errors` is not empty, and some declarations may have been read with recovery. */
    readonly recovered: boolean,
    /** How each of `decls` was read, in their order. For `reparse`. */
    readonly readings: readonly Reading[],
    /** How the package clause was read. For `reparse`. */
    readonly clause: Reading,
    /** Where the word `package` stands, or should. */
    readonly packagePos: number,
  ) {
    super(NodeKind.File, 0, end);
  }
}

export type Expr =
  | Ident
  | BadExpr
  | BasicLit
  | FuncLit
  | CompositeLit
  | ParenExpr
  | SelectorExpr
  | IndexExpr
  | SliceExpr
  | TypeAssertExpr
  | CallExpr
  | StarExpr
  | UnaryExpr
  | BinaryExpr
  | KeyValueExpr
  | Ellipsis
  | ArrayType
  | StructType
  | FuncType
  | InterfaceType
  | MapType
  | ChanType;

export type Stmt =
  | BadStmt
  | DeclStmt
  | EmptyStmt
  | LabeledStmt
  | ExprStmt
  | SendStmt
  | IncDecStmt
  | AssignStmt
  | GoStmt
  | DeferStmt
  | ReturnStmt
  | BranchStmt
  | BlockStmt
  | IfStmt
  | CaseClause
  | SwitchStmt
  | TypeSwitchStmt
  | CommClause
  | SelectStmt
  | ForStmt
  | RangeStmt;

export type Spec =
  | ImportSpec
  | ValueSpec
  | TypeSpec;

export type Decl =
  | BadStmt
  | GenDecl
  | FuncDecl;

export type Node = File | Expr | Stmt | Spec | Decl | Field | FieldList;
