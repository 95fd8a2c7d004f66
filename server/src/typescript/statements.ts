// Writing statements as their neighbours are written.

import type ts from 'typescript';
import { compiler } from './compiler.ts';

/**
 * An expression as a statement in place of another: with a semicolon if the statement in `like` has one, or if the next line
 * would be read as its continuation.
 */
export function statementText(expression: string, replaced: ts.Node, like: ts.Node, file: ts.SourceFile): string {
  return endsInSemicolon(like, file) || continuesBelow(replaced, file) ? `${expression};` : expression;
}

/** True if the statement around a node ends in a semicolon. */
export function endsInSemicolon(node: ts.Node, file: ts.SourceFile): boolean {
  let at = node;
  while (!compiler.isStatement(at) && at.parent) at = at.parent;
  return file.text[at.end - 1] === ';';
}

/** True if what follows a statement begins with a character that would join it to an expression before. */
function continuesBelow(node: ts.Node, file: ts.SourceFile): boolean {
  const scanner = compiler.createScanner(compiler.ScriptTarget.Latest, true, compiler.LanguageVariant.Standard, file.text, undefined, node.end);
  scanner.scan();
  return ['(', '[', '`', '+', '-', '/', '<'].includes(file.text[scanner.getTokenStart()] ?? '');
}
