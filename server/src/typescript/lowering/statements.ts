// Statements: blocks and the edges between them, those of exceptions and of `finally` included.

import type ts from 'typescript';
import { End } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import { throwTarget } from './context.ts';
import type { JumpTarget, Lowering, TryFrame } from './context.ts';
import { condition, emit, expression, suspend, target, writeTo } from './expressions.ts';
import { classMembers, functionDeclaration } from './functions.ts';

export function statements(low: Lowering, list: readonly ts.Statement[]): void {
  for (const each of list) statement(low, each);
  const awaited = list.find((each): each is ts.VariableStatement => compiler.isVariableStatement(each) && (each.declarationList.flags & compiler.NodeFlags.AwaitUsing) === compiler.NodeFlags.AwaitUsing);
  if (awaited && low.builder.isOpen) emit(low, Op.Suspend, Shape.Unknown, awaited);
}

export function statement(low: Lowering, node: ts.Statement): void {
  const { builder } = low;
  switch (node.kind) {
    case SyntaxKind.Block:
      return statements(low, (node as ts.Block).statements);
    case SyntaxKind.VariableStatement:
      return declarations(low, (node as ts.VariableStatement).declarationList);
    case SyntaxKind.ExpressionStatement:
      expression(low, (node as ts.ExpressionStatement).expression);
      return;
    case SyntaxKind.FunctionDeclaration:
      return functionDeclaration(low, node as ts.FunctionDeclaration);
    case SyntaxKind.ClassDeclaration:
      return classMembers(low, node as ts.ClassDeclaration);
    case SyntaxKind.ModuleDeclaration: {
      const { body } = node as ts.ModuleDeclaration;
      if (body && compiler.isModuleBlock(body)) statements(low, body.statements);
      else if (body && compiler.isModuleDeclaration(body)) statement(low, body);
      return;
    }
    case SyntaxKind.IfStatement: {
      const { expression: test, thenStatement, elseStatement } = node as ts.IfStatement;
      const [yes, after] = [builder.newBlock(), builder.newBlock()];
      const no = elseStatement ? builder.newBlock() : after;
      condition(low, test, yes, no);
      builder.startBlock(yes);
      statement(low, thenStatement);
      if (elseStatement) {
        if (builder.isOpen) builder.jump(after);
        builder.startBlock(no);
        statement(low, elseStatement);
      }
      builder.startBlock(after);
      return;
    }
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.ForStatement:
      return whileLoop(low, node as ts.WhileStatement | ts.DoStatement | ts.ForStatement);
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      return iteration(low, node as ts.ForOfStatement | ts.ForInStatement);
    case SyntaxKind.SwitchStatement:
      return switchStatement(low, node as ts.SwitchStatement);
    case SyntaxKind.TryStatement:
      return tryStatement(low, node as ts.TryStatement);
    case SyntaxKind.ReturnStatement: {
      const { expression: returned } = node as ts.ReturnStatement;
      return returnValue(low, node, returned ? expression(low, returned) : NONE);
    }
    case SyntaxKind.ThrowStatement: {
      emit(low, Op.Panic, Shape.Unknown, node, expression(low, (node as ts.ThrowStatement).expression));
      return throwTarget(low) === NONE ? builder.end(End.Panic) : builder.jump(throwTarget(low));
    }
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      return jump(low, node as ts.BreakOrContinueStatement);
    case SyntaxKind.LabeledStatement: {
      const { label, statement: labelled } = node as ts.LabeledStatement;
      low.pendingLabel = label.text;
      const after = builder.newBlock();
      low.jumps.push({ label: label.text, breakTo: after, continueTo: NONE, frames: low.frames.length });
      statement(low, labelled);
      low.jumps.pop();
      builder.startBlock(after);
      return;
    }
    case SyntaxKind.ExportAssignment:
      expression(low, (node as ts.ExportAssignment as unknown as { readonly expression: ts.Expression }).expression);
      return;
    default:
  }
}

export function declarations(low: Lowering, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    if (!declaration.initializer) {
      if (compiler.isIdentifier(declaration.name)) low.file.variable(declaration);
      continue;
    }
    bind(low, declaration.name, expression(low, declaration.initializer), true, declaration);
  }
}

/** Gives the names of a pattern their values. */
export function bind(low: Lowering, name: ts.BindingName, value: number, _isDeclaration: boolean, declaration?: ts.VariableDeclaration | ts.BindingElement): void {
  const { builder, file } = low;
  if (compiler.isIdentifier(name)) {
    const variable = file.variable(declaration ?? (name.parent as ts.VariableDeclaration));
    writeTo(low, name, builder.variablePlace(variable), value, Flag.Define);
    return;
  }
  name.elements.forEach((element, position) => {
    if (compiler.isOmittedExpression(element)) return;
    const place = compiler.isArrayBindingPattern(name)
      ? builder.element(value, emit(low, Op.Constant, Shape.Number, element, file.unit.constant(position)))
      : propertyPlace(low, element, value);
    let part = element.dotDotDotToken ? emit(low, Op.Convert, Shape.Unknown, element, value) : builder.read(place, file.shapeAt(element.name), element.getStart(file.source.syntax), element.end);
    if (element.initializer) part = emit(low, Op.Compute, Shape.Unknown, element, part, expression(low, element.initializer), Operator.Other);
    bind(low, element.name, part, true, element);
  });
}

function propertyPlace(low: Lowering, element: ts.BindingElement, value: number): number {
  const name = element.propertyName ?? element.name;
  const text = compiler.isIdentifier(name) || compiler.isStringLiteralLike(name) ? name.text : '';
  return low.builder.fieldPlace(low.builder.target(value), low.file.field(low.file.types.propertyOf(element, text), text, Shape.Unknown));
}

function loopJumps(low: Lowering, breakTo: number, continueTo: number): JumpTarget {
  const label = low.pendingLabel;
  low.pendingLabel = undefined;
  return { label, breakTo, continueTo, frames: low.frames.length };
}

function whileLoop(low: Lowering, node: ts.WhileStatement | ts.DoStatement | ts.ForStatement): void {
  const { builder } = low;
  const isFor = compiler.isForStatement(node);
  const label = low.pendingLabel;
  low.pendingLabel = undefined;
  if (isFor && node.initializer) {
    if (compiler.isVariableDeclarationList(node.initializer)) declarations(low, node.initializer);
    else expression(low, node.initializer);
  }
  low.pendingLabel = label;
  const [exit, head] = [builder.newBlock(), builder.newBlock()];
  const again = compiler.isWhileStatement(node) ? head : builder.newBlock();
  builder.openLoop('while', { start: node.getStart(low.file.source.syntax), end: node.end }, head, exit, again);
  const body = compiler.isDoStatement(node) ? head : builder.newBlock();
  const test = isFor ? node.condition : node.expression;
  if (compiler.isDoStatement(node)) builder.startBlock(head);
  else {
    builder.startBlock(head);
    if (test && test.kind !== SyntaxKind.TrueKeyword) condition(low, test, body, exit);
    builder.startBlock(body);
  }
  low.jumps.push(loopJumps(low, exit, again));
  statement(low, node.statement);
  low.jumps.pop();
  if (again !== head) builder.startBlock(again);
  if (isFor && node.incrementor) expression(low, node.incrementor);
  if (compiler.isDoStatement(node)) condition(low, node.expression, head, exit);
  else if (builder.isOpen) builder.jump(head);
  builder.closeLoop();
  builder.startBlock(exit);
}

function iteration(low: Lowering, node: ts.ForOfStatement | ts.ForInStatement): void {
  const { builder, file } = low;
  const iterated = expression(low, node.expression);
  const iterate = emit(low, Op.Iterate, builder.shapeOf(iterated), node.expression, iterated);
  const [exit, head] = [builder.newBlock(), builder.newBlock()];
  const loop = builder.openLoop('iterate', { start: node.getStart(file.source.syntax), end: node.end }, head, exit);
  const body = builder.newBlock();
  builder.startBlock(head);
  const isAwaited = compiler.isForOfStatement(node) && node.awaitModifier !== undefined;
  const next = emit(low, Op.Next, Shape.Boolean, node.expression, iterate);
  builder.setIteration(loop, iterate, next);
  if (isAwaited) suspend(low, node.expression, next);
  builder.branch(next, body, exit);
  builder.startBlock(body);
  const element = emit(low, compiler.isForInStatement(node) ? Op.IterationKey : Op.IterationValue, Shape.Unknown, node.initializer, next);
  if (compiler.isVariableDeclarationList(node.initializer)) {
    const [declaration] = node.initializer.declarations;
    if (declaration) bind(low, declaration.name, element, true, declaration);
  } else {
    const place = target(low, node.initializer);
    if (place !== NONE) writeTo(low, node.initializer, place, element);
  }
  low.jumps.push(loopJumps(low, exit, head));
  statement(low, node.statement);
  low.jumps.pop();
  if (builder.isOpen) builder.jump(head);
  builder.closeLoop();
  builder.startBlock(exit);
}

function switchStatement(low: Lowering, node: ts.SwitchStatement): void {
  const { builder } = low;
  const value = expression(low, node.expression);
  const after = builder.newBlock();
  const { clauses } = node.caseBlock;
  const bodies = clauses.map(() => builder.newBlock());
  let otherwise = after;
  clauses.forEach((clause, i) => {
    if (compiler.isDefaultClause(clause)) {
      otherwise = bodies[i]!;
      return;
    }
    const next = builder.newBlock();
    builder.branch(emit(low, Op.Compute, Shape.Boolean, clause.expression, value, expression(low, clause.expression), Operator.Equal), bodies[i]!, next);
    builder.startBlock(next);
  });
  builder.jump(otherwise);
  low.jumps.push({ label: undefined, breakTo: after, continueTo: NONE, frames: low.frames.length });
  clauses.forEach((clause, i) => {
    builder.startBlock(bodies[i]!);
    statements(low, clause.statements);
  });
  low.jumps.pop();
  builder.startBlock(after);
}

function jump(low: Lowering, node: ts.BreakOrContinueStatement): void {
  const isBreak = compiler.isBreakStatement(node);
  const found = low.jumps.findLast((each) => (node.label ? each.label === node.label.text && (isBreak || each.continueTo !== NONE) : isBreak ? each.breakTo !== NONE && !isLabelOnly(each) : each.continueTo !== NONE));
  if (!found) return low.builder.end(End.Stuck);
  low.builder.jump(through(low.frames, found.frames, isBreak ? found.breakTo : found.continueTo));
}

/** A labelled block is left by its label only. */
function isLabelOnly(each: JumpTarget): boolean {
  return each.label !== undefined && each.continueTo === NONE;
}

export function returnValue(low: Lowering, node: ts.Node, value: number): void {
  emit(low, Op.Return, Shape.Unknown, node, NONE, NONE, low.builder.list(value === NONE ? [] : [value]));
  const last = through(low.frames, 0, 'return');
  if (last === 'return') low.builder.end(End.Return);
  else low.builder.jump(last as number);
}

/** Where control goes first on its way to a block outside `depth` open try statements: to the nearest `finally`, if there is one. */
function through<T extends number | 'return' | 'throw'>(frames: readonly TryFrame[], depth: number, to: T): T | number {
  for (let i = frames.length - 1; i >= depth; i--) {
    const frame = frames[i]!;
    if (frame.last === NONE) continue;
    frame.pending.add(to);
    return frame.last;
  }
  return to;
}

function tryStatement(low: Lowering, node: ts.TryStatement): void {
  const { builder } = low;
  const after = builder.newBlock();
  const caught = node.catchClause ? builder.newBlock() : NONE;
  const last = node.finallyBlock ? builder.newBlock() : NONE;
  const pending: TryFrame['pending'] = new Set();
  const loopDepth = low.jumps.length;
  low.frames.push({ onThrow: caught === NONE ? last : caught, last, loopDepth, pending });
  if (caught === NONE) pending.add('throw');
  statements(low, node.tryBlock.statements);
  low.frames.pop();
  let completes = builder.isOpen;
  if (builder.isOpen) builder.jump(last === NONE ? after : last);
  if (node.catchClause) {
    builder.startBlock(caught);
    if (last !== NONE) {
      low.frames.push({ onThrow: last, last, loopDepth, pending });
      pending.add('throw');
    }
    const { variableDeclaration, block } = node.catchClause;
    if (variableDeclaration) bind(low, variableDeclaration.name, emit(low, Op.Opaque, Shape.Unknown, variableDeclaration), true, variableDeclaration);
    statements(low, block.statements);
    if (last !== NONE) low.frames.pop();
    completes ||= builder.isOpen;
    if (builder.isOpen) builder.jump(last === NONE ? after : last);
  }
  if (node.finallyBlock) {
    builder.startBlock(last);
    statements(low, node.finallyBlock.statements);
    if (builder.isOpen) leaveFinally(low, pending, completes, after);
  }
  builder.startBlock(after);
}

/** After `finally`, control goes to whichever place it was on its way to. */
function leaveFinally(low: Lowering, pending: TryFrame['pending'], completes: boolean, after: number): void {
  const { builder } = low;
  const successors: number[] = completes ? [after] : [];
  const ends: (readonly [number, End])[] = [];
  for (const to of pending) {
    if (to === 'throw') {
      const handler = throwTarget(low);
      if (handler !== NONE) successors.push(handler);
      else {
        const block = builder.newBlock();
        successors.push(block);
        ends.push([block, End.Panic]);
      }
      continue;
    }
    const block = through(low.frames, 0, to);
    if (block === 'return') {
      const returning = builder.newBlock();
      successors.push(returning);
      ends.push([returning, End.Return]);
    } else successors.push(block as number);
  }
  if (successors.length === 1) builder.jump(successors[0]!);
  else builder.end(End.Choose, 0, successors);
  for (const [block, how] of ends) {
    builder.startBlock(block);
    builder.end(how);
  }
}
