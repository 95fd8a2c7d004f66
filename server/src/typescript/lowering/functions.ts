// Functions, methods, classes: each gets a body of its own in the file's unit.

import type ts from 'typescript';
import { BodyBuilder } from '../../model/builder.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, Op } from '../../model/operations.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import { hasModifier, isAmbient, isAsync } from './context.ts';
import type { LoweredClass, LoweredFunction, Lowering } from './context.ts';
import { plain } from '../expressions.ts';
import { emit, expression, writeTo } from './expressions.ts';
import { bind, returnValue, statements } from './statements.ts';

type FunctionNode = ts.FunctionLikeDeclaration | ts.ClassStaticBlockDeclaration;

/** A function written as a value. */
export function closure(low: Lowering, node: ts.FunctionLikeDeclaration): number {
  const index = functionBody(low, node, 'closure', isExportedValue(low, node));
  return emit(low, Op.Closure, Shape.Function, node, index);
}

/** `export const f = …`, `export default …`, `const f = …; export { f }`. */
function isExportedValue(low: Lowering, node: ts.Node): boolean {
  const { parent } = node;
  if (compiler.isExportAssignment(parent)) return true;
  if (!compiler.isVariableDeclaration(parent) || !compiler.isIdentifier(parent.name)) return false;
  const statement = parent.parent.parent;
  if (!compiler.isVariableStatement(statement) || !compiler.isSourceFile(statement.parent)) return false;
  return hasModifier(statement, SyntaxKind.ExportKeyword) || low.file.isExportedName(parent.name.text);
}

export function functionBody(low: Lowering, node: FunctionNode, kind: LoweredFunction['kind'], isExported: boolean, facts: Pick<LoweredFunction, 'isProtected' | 'class' | 'accessor' | 'setter'> = {}): number {
  const { file } = low;
  const builder = new BodyBuilder(file.unit, low.builder, { start: node.getStart(file.source.syntax), end: node.end }, nameOf(node));
  file.enter(node, builder.index);
  const isArrow = compiler.isArrowFunction(node);
  // Methods and initialisers of one class share its `this`: it stands for the same instance in all of them.
  const thisNode = isArrow ? low.thisNode : kind === 'method' || kind === 'constructor' ? node.parent : node;
  if (!isArrow) {
    const variable = file.receiver(thisNode ?? node, builder.index);
    builder.receiver = variable;
  }
  const inner: Lowering = { file, builder, thisNode, frames: [], jumps: [], pendingLabel: undefined };
  if (!compiler.isClassStaticBlockDeclaration(node)) {
    for (const parameter of node.parameters) {
      const variable = file.variable(parameter);
      builder.parameters.push(variable);
      const incoming = emit(inner, Op.Incoming, file.unit.variables[variable]!.shape, parameter, builder.parameters.length - 1);
      writeTo(inner, parameter, builder.variablePlace(variable), incoming, Flag.Define);
      if (parameter.initializer) defaultValue(inner, parameter, variable);
      if (!compiler.isIdentifier(parameter.name)) bind(inner, parameter.name, incoming, false);
    }
  }
  const { body } = node;
  if (body && compiler.isBlock(body)) statements(inner, body.statements);
  else if (body) returnValue(inner, body, expression(inner, body));
  const finished = builder.finish();
  const generator = 'asteriskToken' in node && node.asteriskToken !== undefined;
  file.leave({ body: finished, node, kind, isExported, isAsync: isAsync(node), isGenerator: generator, ...facts });
  return builder.index;
}

function defaultValue(low: Lowering, parameter: ts.ParameterDeclaration, variable: number): void {
  const { builder } = low;
  const [missing, after] = [builder.newBlock(), builder.newBlock()];
  const place = builder.variablePlace(variable);
  const given = builder.read(place, Shape.Unknown, parameter.pos, parameter.end);
  builder.branch(emit(low, Op.Compute, Shape.Boolean, parameter, given, emit(low, Op.Zero, Shape.Unknown, parameter), 0), missing, after);
  builder.startBlock(missing);
  writeTo(low, parameter, place, expression(low, parameter.initializer!));
  builder.startBlock(after);
}

function nameOf(node: FunctionNode): string {
  if (compiler.isClassStaticBlockDeclaration(node)) return '';
  if (compiler.isConstructorDeclaration(node)) return 'constructor';
  return node.name && (compiler.isIdentifier(node.name) || compiler.isPrivateIdentifier(node.name)) ? node.name.text : '';
}

export function functionDeclaration(low: Lowering, node: ts.FunctionDeclaration): void {
  if (!node.body) return;
  const isExported = (compiler.isSourceFile(node.parent) || compiler.isModuleBlock(node.parent)) && (hasModifier(node, SyntaxKind.ExportKeyword) || (node.name !== undefined && low.file.isExportedName(node.name.text)));
  functionBody(low, node, 'function', isExported);
}

/** A class: its methods, and one body for the initial values of its fields. */
export function classMembers(low: Lowering, node: ts.ClassLikeDeclaration): void {
  const { file } = low;
  const builder = new BodyBuilder(file.unit, low.builder, { start: node.getStart(file.source.syntax), end: node.end }, node.name?.text ?? '');
  file.enter(node, builder.index);
  builder.receiver = file.receiver(node, builder.index);
  const inner: Lowering = { file, builder, thisNode: node, frames: [], jumps: [], pendingLabel: undefined };
  const ofClass = { class: classFacts(low, node) };
  for (const member of node.members) {
    if (compiler.isPropertyDeclaration(member) && member.initializer) {
      const value = expression(inner, member.initializer);
      const field = file.field(file.types.declarationAt(member.name), memberName(member.name), file.shapeAt(member.name));
      const object = builder.read(builder.variablePlace(builder.receiver), Shape.Object, member.getStart(file.source.syntax), member.end);
      writeTo(inner, member, builder.fieldPlace(builder.target(object), field), value, Flag.Define);
    } else if (compiler.isClassStaticBlockDeclaration(member)) functionBody(inner, member, 'closure', false);
  }
  for (const member of node.members) {
    if (compiler.isConstructorDeclaration(member) && member.body) functionBody(inner, member, 'constructor', false);
    else if ((compiler.isMethodDeclaration(member) || compiler.isAccessor(member)) && member.body) functionBody(inner, member, 'method', isReachable(member), { ...accessorFacts(member), ...(hasModifier(member, SyntaxKind.StaticKeyword) ? {} : { ...ofClass, isProtected: hasModifier(member, SyntaxKind.ProtectedKeyword) }) });
  }
  file.leave({ body: builder.finish(), node, kind: 'initializers', isExported: false, isAsync: false, isGenerator: false, ...ofClass });
}

function accessorFacts(member: ts.MethodDeclaration | ts.AccessorDeclaration): Pick<LoweredFunction, 'accessor' | 'setter'> {
  if (compiler.isSetAccessorDeclaration(member)) return { accessor: 'set' };
  if (!compiler.isGetAccessorDeclaration(member)) return {};
  const [name, isStatic] = [memberName(member.name), hasModifier(member, SyntaxKind.StaticKeyword)];
  const setter = compiler.isClassLike(member.parent) && name !== '' ? member.parent.members.find((each) => compiler.isSetAccessorDeclaration(each) && memberName(each.name) === name && hasModifier(each, SyntaxKind.StaticKeyword) === isStatic) : undefined;
  return { accessor: 'get', ...(setter && { setter }) };
}

function classFacts({ file }: Lowering, node: ts.ClassLikeDeclaration): LoweredClass {
  const [extended] = node.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types ?? [];
  const named = extended && file.types.nameAt(plain(extended.expression));
  const base = named?.declaration;
  const isHere = base !== undefined && compiler.isClassLike(base) && !isAmbient(base);
  return {
    node,
    isExported: !compiler.isClassDeclaration(node) || hasModifier(node, SyntaxKind.ExportKeyword) || (node.name !== undefined && file.isExportedName(node.name.text)),
    isExtending: node.heritageClauses !== undefined,
    base: isHere ? base : undefined,
    isOfOthers: extended !== undefined && !isHere && named?.isLibrary !== true,
  };
}

/** False for members that only their class can call. */
function isReachable(member: ts.MethodDeclaration | ts.AccessorDeclaration): boolean {
  return !compiler.isPrivateIdentifier(member.name) && !hasModifier(member, SyntaxKind.PrivateKeyword);
}

function memberName(name: ts.PropertyName): string {
  return compiler.isIdentifier(name) || compiler.isPrivateIdentifier(name) || compiler.isStringLiteralLike(name) ? name.text : '';
}

