// What lowering carries along: the body being built, the types, the variables and the jump targets around.

import { Role, Shape, Variable, VariableKind } from '../../model/objects.ts';
import type { Callee, Constant } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { BodyBuilder } from '../../model/builder.ts';
import { receiverTypeName } from '../expressions.ts';
import { lockWrapperRole } from '../lock-wrappers.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { Constant as GoConstant } from '../types/constants/constant.ts';
import type { Selection, TypeInfo } from '../types/info.ts';
import { ObjectKind, isExported, VariableKind as GoVariableKind } from '../types/objects.ts';
import type { Func, Variable as GoVariable } from '../types/objects.ts';
import { isInterface } from '../types/predicates.ts';
import { roleOf, runsOf } from './roles.ts';
import { shapeOf } from './shapes.ts';

/** How deep expressions and statements may be nested; what is deeper is opaque. */
const depthLimit = 800;

/** Where break, continue and goto with a label go. */
export interface LabelTargets {
  readonly start: number;
  breakTo: number;
  continueTo: number;
}

export class Lowering {
  /** Where break and continue without a label go; NONE outside loops and switches. */
  breakTo = NONE;
  continueTo = NONE;
  /** The block of the next case, for fallthrough; NONE outside. */
  fallthroughTo = NONE;
  /** The label of the statement that is about to be lowered. */
  pendingLabel: LabelTargets | undefined = undefined;
  labels: Map<string, LabelTargets> | undefined = undefined;
  private depth = 0;

  constructor(
    readonly builder: BodyBuilder,
    readonly info: TypeInfo,
    /** The path of the file. */
    readonly path: string,
    /** True if loop variables of 3-clause loops are made anew in each iteration (Go 1.22); undefined if the version is not known. */
    readonly freshLoopVariables: boolean | undefined,
  ) {}

  /** Goes one level deeper; false if that is too deep. What entered must `leave`. */
  enter(): boolean {
    if (this.depth >= depthLimit) return false;
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  shape(expression: ast.Expr): Shape {
    return shapeOf(this.info.typeOf(expression));
  }

  /** The index of a variable in the unit, adding it if it is met for the first time. */
  variable(object: GoVariable): number {
    const origin = object.origin;
    const unit = this.builder.unit;
    const known = unit.variable(origin);
    if (known !== undefined) return known;
    // Met before its declaration: not declared in this unit.
    const kind = object.isPackageLevel ? VariableKind.Global : VariableKind.Outer;
    const variable = new Variable(object.name, kind, shapeOf(object.type), -1, object.pos, origin);
    if (kind === VariableKind.Global && object.packagePath !== undefined) variable.key = `${object.packagePath}.${object.name}`;
    return unit.addVariable(variable);
  }

  /** Adds a variable that is declared in this body. */
  declare(object: GoVariable): number {
    const known = this.builder.unit.variable(object.origin);
    if (known !== undefined) return known;
    return this.builder.unit.addVariable(new Variable(object.name, kindOf(object), shapeOf(object.type), this.builder.index, object.pos, object.origin));
  }

  /** Adds a variable that a loop declares. */
  declareLoopVariable(object: GoVariable): number {
    const index = this.declare(object);
    const variable = this.builder.unit.variables[index]!;
    variable.loopVariable = true;
    variable.perIteration = this.freshLoopVariables;
    return index;
  }

  /** What a selector selects; undefined for a name of a package and where it is not known. */
  selection(selector: ast.SelectorExpr): Selection | undefined {
    const { x } = selector;
    if (x.kind === NodeKind.Ident && this.info.useOf(x)?.kind === ObjectKind.PackageName) return undefined;
    return this.info.selectionOf(selector);
  }

  field(object: GoVariable): number {
    return this.builder.unit.field(object.origin, object.name, shapeOf(object.type), isExported(object.name));
  }

  callee(func: Func): number {
    const origin = func.origin;
    return this.builder.unit.callee(origin, () => {
      const callee = calleeFor(origin);
      // In its own package a lock of that kind is what its methods do.
      const role = callee.role === Role.None && origin.packagePath !== this.info.package.path ? lockWrapperRole(origin) : Role.None;
      return role === Role.None ? callee : { ...callee, role };
    });
  }

  builtinCallee(name: string, role: Callee['role']): number {
    return this.builder.unit.callee(builtinOrigin(name), () => ({ name, key: undefined, kind: 'builtin', role, runs: noRuns, origin: undefined }));
  }

  constant(value: Constant, shape: Shape, node: ast.Node): number {
    return this.builder.emit(Op.Constant, shape, node.pos, node.end, this.builder.unit.constant(value));
  }

  /** Something that is not understood happens to the values. */
  opaque(values: readonly number[], shape: Shape, node: ast.Node): number {
    return this.builder.emit(Op.Opaque, shape, node.pos, node.end, NONE, NONE, this.builder.list(values.filter((value) => value >= 0)), Flag.None);
  }
}

const builtinOrigins = new Map<string, object>();

function builtinOrigin(name: string): object {
  let origin = builtinOrigins.get(name);
  if (!origin) builtinOrigins.set(name, (origin = { name }));
  return origin;
}

function kindOf(object: GoVariable): VariableKind {
  switch (object.variableKind) {
    case GoVariableKind.Receiver:
      return VariableKind.Receiver;
    case GoVariableKind.Parameter:
      return VariableKind.Parameter;
    case GoVariableKind.Result:
      return VariableKind.Result;
    default:
      return VariableKind.Local;
  }
}

/** `Function` or `Type.Method`. */
export function nameOf(func: Func): string {
  const receiver = receiverTypeName(func);
  return receiver === undefined ? func.name : `${receiver}.${func.name}`;
}

/** The key of a function in summaries: `path.Function` or `path.Type.Method`; undefined for predeclared methods. */
export function keyOf(func: Func): string | undefined {
  return func.packagePath === undefined ? undefined : `${func.packagePath}.${nameOf(func)}`;
}

// What is said of a function depends on its declaration's head, and that does not change while the object lives.
const callees = new WeakMap<Func, Callee>();

/** How the model names a function or method. */
export function calleeFor(func: Func): Callee {
  let callee = callees.get(func);
  if (!callee) callees.set(func, (callee = describe(func)));
  return callee;
}

function describe(func: Func): Callee {
  const name = nameOf(func);
  const path = func.packagePath;
  const receiverType = func.signature?.recv?.type;
  return {
    name,
    key: keyOf(func),
    kind: receiverType && isInterface(receiverType) ? 'interface' : 'function',
    role: path === undefined ? Role.None : roleOf(path, name),
    runs: path === undefined ? noRuns : runsOf(path, name, receiverType !== undefined),
    origin: func,
  };
}

const noRuns: Callee['runs'] = [];

/** A constant in the model's form. */
export function modelConstant(value: GoConstant): Constant {
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'string':
      return value.bytes;
    case 'int':
      return value.value >= Number.MIN_SAFE_INTEGER && value.value <= Number.MAX_SAFE_INTEGER ? Number(value.value) : value.value;
    default:
      return undefined;
  }
}
