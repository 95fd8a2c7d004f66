// Functions and function literals to bodies.

import { BodyBuilder } from '../../model/builder.ts';
import type { UnitBuilder } from '../../model/builder.ts';
import { Shape, Variable, VariableKind } from '../../model/objects.ts';
import { Flag, Op } from '../../model/operations.ts';
import type * as ast from '../syntax/ast.ts';
import { NodeKind } from '../syntax/ast.ts';
import type { TypeInfo } from '../types/info.ts';
import type { Variable as GoVariable } from '../types/objects.ts';
import { Lowering } from './context.ts';
import { shapeOf } from './shapes.ts';
import { blockStatements, endFunction } from './statements.ts';

/** What lowering is told about the file a function stands in. */
export interface FileFacts {
  readonly path: string;
  readonly freshLoopVariables: boolean | undefined;
}

/** Builds the body of a function (and of the literals in it) into the unit. */
export function buildBody(unit: UnitBuilder, parent: BodyBuilder | undefined, node: ast.FuncDecl | ast.FuncLit, info: TypeInfo, file: FileFacts): BodyBuilder {
  const name = node.kind === NodeKind.FuncDecl ? node.name.name : '';
  const builder = new BodyBuilder(unit, parent, { start: node.pos, end: node.end }, name);
  const low = new Lowering(builder, info, file.path, file.freshLoopVariables);
  declareParameters(low, node);
  if (node.body) blockStatements(low, node.body.list);
  if (node.body) endFunction(low, node.body);
  return builder;
}

/** The value of a function literal. */
export function closure(low: Lowering, literal: ast.FuncLit): number {
  const builder = buildBody(low.builder.unit, low.builder, literal, low.info, low);
  low.builder.unit.nodes.set(literal, builder.index);
  builder.finish();
  return low.builder.emit(Op.Closure, Shape.Function, literal.pos, literal.end, builder.index);
}

function declareParameters(low: Lowering, node: ast.FuncDecl | ast.FuncLit): void {
  const signature = low.info.signatureOf(node);
  if (!signature) return;
  const { builder } = low;
  const receiver = signature.recv;
  if (receiver && node.kind === NodeKind.FuncDecl) {
    builder.receiver = parameter(low, receiver, VariableKind.Receiver, node);
    incoming(low, builder.receiver);
  }
  for (const each of signature.params.vars) incoming(low, parameter(low, each, VariableKind.Parameter, node));
  for (const each of signature.results.vars) {
    const variable = parameter(low, each, VariableKind.Result, node);
    builder.results.push(variable);
    if (!each.name) continue;
    const { start, shape } = builder.unit.variables[variable]!;
    const zero = builder.emit(Op.Zero, shape, start, start + each.name.length);
    builder.write(builder.variablePlace(variable), zero, shape, start, start + each.name.length, Flag.Define | Flag.Implicit);
  }
}

function parameter(low: Lowering, object: GoVariable, kind: VariableKind, node: ast.Node): number {
  const start = object.pos < 0 ? node.pos : object.pos;
  return low.builder.unit.addVariable(new Variable(object.name, kind, shapeOf(object.type), low.builder.index, start, object.origin));
}

/** Gives a parameter the value that the caller passes. */
function incoming(low: Lowering, variable: number): void {
  const { builder } = low;
  const { shape, start, name } = builder.unit.variables[variable]!;
  const ordinal = builder.parameters.push(variable) - 1;
  const given = builder.emit(Op.Incoming, shape, start, start + name.length, ordinal);
  builder.write(builder.variablePlace(variable), given, shape, start, start + name.length, Flag.Define);
}

