// Fixes of clears that others overlap: a batch is taken before it is sent, a clear waits for what comes in its place, a write
// that is late is dropped.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { awaitFirstEdits } from './async-fixes.ts';
import { companionOf } from './companions.ts';
import { isSamePlace, methodCall, plain } from './expressions.ts';
import { walkAll } from './operations.ts';
import { hasComments, isStraight, localName, statementAround, statementOf } from './statement-lists.ts';
import { endsInSemicolon } from './statements.ts';
import type { TypeQueries } from './types/queries.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';

/** How a statement empties a container: what is emptied, and whether another one takes its place. */
interface Emptying {
  readonly container: ts.Expression;
  readonly isReplaced: boolean;
}

function emptyingOf(node: ts.Node): Emptying | undefined {
  const call = methodCall(node);
  if (call) return call.name === 'clear' ? { container: call.receiver, isReplaced: false } : undefined;
  if (!compiler.isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const left = plain(node.left);
  if (compiler.isPropertyAccessExpression(left) && left.name.text === 'length') return { container: left.expression, isReplaced: false };
  return { container: left, isReplaced: true };
}

/** `const batch = buffer; buffer = []; await send(batch);` for `await send(buffer); buffer = [];`. */
export function swapFirstEdits(clear: ts.Node, suspension: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(clear);
  const emptied = of && emptyingOf(clear);
  const sending = of && statementAround(suspension, of.list);
  if (!of || !emptied || !sending || hasComments(of.statement, file)) return undefined;
  const [from, to] = [of.list.indexOf(sending), of.list.indexOf(of.statement)];
  const sent = namesOf(emptied.container, of.list.slice(from, to), types);
  const [only, ...others] = sent;
  if (from >= to || !only || others.length > 0 || statementAround(only, [sending]) === undefined) return undefined;
  const copy = emptied.isReplaced ? only.getText(file) : copyText(only, file, types);
  if (copy === undefined) return undefined;
  const name = localName('batch', clear, file);
  const start = sending.getStart(file);
  const indent = indentAt(file.text, start);
  const semicolon = endsInSemicolon(of.statement, file) ? ';' : '';
  return [
    { start, end: start, newText: `const ${name} = ${copy}${semicolon}\n${indent}${of.statement.getText(file)}\n${indent}` },
    { start: only.getStart(file), end: only.end, newText: name },
    { start: of.list[to - 1]!.end, end: of.statement.end, newText: '' },
  ];
}

function copyText(container: ts.Expression, file: ts.SourceFile, types: TypeQueries): string | undefined {
  switch (types.typeAt(container).container) {
    case 'array':
      return `[...${container.getText(file)}]`;
    case 'map':
      return `new Map(${container.getText(file)})`;
    case 'set':
      return `new Set(${container.getText(file)})`;
    default:
      return undefined;
  }
}

/** The places in some statements that name a container. */
function namesOf(container: ts.Expression, statements: readonly ts.Statement[], types: TypeQueries): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  for (const statement of statements) {
    walkAll(statement, (node) => {
      if ((compiler.isIdentifier(node) || compiler.isPropertyAccessExpression(node)) && isSamePlace(node, container, types)) found.push(node);
    });
  }
  return found;
}

/** `const loaded = await load(); items.clear(); for (const each of loaded) …` for `items.clear(); for (const each of await load()) …`. */
export function clearLaterEdits(clear: ts.Node, suspension: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(clear);
  const waiting = of && statementAround(suspension, of.list);
  if (!of || !waiting || hasComments(of.statement, file)) return undefined;
  const [from, to] = [of.list.indexOf(of.statement), of.list.indexOf(waiting)];
  if (from >= to || !of.list.slice(from + 1, to).every(isStraight)) return undefined;
  const semicolon = endsInSemicolon(of.statement, file) ? ';' : '';
  if (compiler.isForOfStatement(waiting)) {
    const awaited = plain(waiting.expression);
    if (!compiler.isAwaitExpression(awaited) || waiting.awaitModifier || to !== from + 1) return undefined;
    const name = localName('loaded', clear, file);
    const start = of.statement.getStart(file);
    return [
      { start, end: start, newText: `const ${name} = ${awaited.getText(file)}${semicolon}\n${indentAt(file.text, start)}` },
      { start: waiting.expression.getStart(file), end: waiting.expression.end, newText: name },
    ];
  }
  const emptied = emptyingOf(clear);
  if (!compiler.isVariableStatement(waiting) || !emptied || namesOf(emptied.container, of.list.slice(from + 1, to + 1), types).length > 0) return undefined;
  const next = of.list[from + 1]!;
  return [
    { start: of.statement.getStart(file), end: next.getStart(file), newText: '' },
    { start: waiting.end, end: waiting.end, newText: `\n${indentAt(file.text, waiting.getStart(file))}${of.statement.getText(file)}` },
  ];
}

/**
 * The write is dropped if the container was emptied since: it is another one by then, or an epoch that each emptying counts on
 * is another.
 * @param removals all places that empty the container or remove from it, in the same file
 */
export function dropLateEdits(write: ts.Node, suspension: ts.Node, removals: readonly ts.Node[], file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(write);
  const set = methodCall(write);
  const waiting = of && statementAround(suspension, of.list);
  if (!of || !set || !waiting || of.list.indexOf(waiting) > of.list.indexOf(of.statement)) return undefined;
  const isReplaced = removals.every((each) => emptyingOf(each)?.isReplaced === true);
  const statements = removals.map(statementOf);
  const semicolon = endsInSemicolon(of.statement, file) ? ';' : '';
  const epoch = isReplaced ? undefined : companionOf(set.receiver, 'Epoch', () => ({ keyword: 'let', rest: ' = 0' }), file, types);
  if (!isReplaced && (!epoch || statements.some((each) => each === undefined))) return undefined;
  const place = epoch?.text ?? set.receiver.getText(file);
  const token = localName(epoch ? 'epoch' : `${lastName(set.receiver)}Before`, write, file);
  const kept = `const ${token} = ${place}${semicolon}\n`;
  const guard = `if (${token} === ${place}) `;
  const counted = epoch ? [...epoch.edits, ...statements.flatMap((each) => countedAt(each!, epoch.text, file))] : [];
  const start = waiting.getStart(file);
  const indent = indentAt(file.text, start);
  if (waiting !== of.statement) {
    const at = of.statement.getStart(file);
    return [...counted, { start, end: start, newText: `${kept}${indent}` }, { start: at, end: at, newText: guard }];
  }
  const [before, ...rest] = awaitFirstEdits(write, file) ?? [];
  return before && [...counted, { ...before, newText: `${kept}${indent}${before.newText}${guard}` }, ...rest];
}

/** Counts an emptying, unless that is done already. */
function countedAt({ statement, list }: { readonly statement: ts.Statement; readonly list: readonly ts.Statement[] }, epoch: string, file: ts.SourceFile): readonly Edit[] {
  const next = list[list.indexOf(statement) + 1];
  if (next && next.getText(file).startsWith(`${epoch}++`)) return [];
  const semicolon = endsInSemicolon(statement, file) ? ';' : '';
  return [{ start: statement.end, end: statement.end, newText: `\n${indentAt(file.text, statement.getStart(file))}${epoch}++${semicolon}` }];
}

function lastName(place: ts.Expression): string {
  const at = plain(place);
  if (compiler.isPropertyAccessExpression(at)) return at.name.text.startsWith('#') ? at.name.text.slice(1) : at.name.text;
  return compiler.isIdentifier(at) ? at.text : 'held';
}
