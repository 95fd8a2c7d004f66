// A second variable or field beside one: declared after it, and written where the first one is written.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { isPlace, plain } from './expressions.ts';
import { unusedName } from './statement-lists.ts';
import type { TypeQueries } from './types/queries.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';

export interface Companion {
  /** How the second one is written where the first one is: `this.entriesPending` for `this.entries`. */
  readonly text: string;
  /** What declares it; nothing where it is declared already. */
  readonly edits: readonly Edit[];
}

/** What comes before the name (of fields `const` is `readonly`), and what after it: `: number`, ` = 0`. */
export interface Declared {
  readonly keyword: 'const' | 'let';
  readonly rest: string;
}

/**
 * A companion of the variable or field that an expression names. Undefined if it is not declared in the file, by itself, in a
 * module or class.
 * @param suffix of its name: `Pending`
 * @param declared how it is declared, by the declaration of the first one
 */
export function companionOf(place: ts.Expression, suffix: string, declared: (declaration: ts.VariableDeclaration | ts.PropertyDeclaration) => Declared | undefined, file: ts.SourceFile, types: TypeQueries): Companion | undefined {
  const at = plain(place);
  if (!isPlace(at, types) || !(compiler.isIdentifier(at) || compiler.isPropertyAccessExpression(at))) return undefined;
  const name = compiler.isIdentifier(at) ? at : at.name;
  const declaration = types.symbolAt(at)?.valueDeclaration;
  const beside = declaration && siblingsOf(declaration, at, file);
  const how = beside && declared(beside.declaration);
  if (!beside || !how) return undefined;
  const base = `${name.text}${suffix}`;
  const textFor = (own: string): string => `${beside.prefix(how.keyword)}${own}${how.rest}`;
  const isThere = beside.siblings.some((each) => withoutSemicolon(each, file) === textFor(base));
  const own = isThere ? base : unusedName(base, file.text);
  const semicolon = file.text[beside.after.end - 1] === ';' ? ';' : '';
  const { end } = beside.after;
  return {
    text: `${file.text.slice(at.getStart(file), name.getStart(file))}${own}`,
    edits: isThere ? [] : [{ start: end, end, newText: `\n${indentAt(file.text, beside.after.getStart(file))}${textFor(own)}${semicolon}` }],
  };
}

interface Siblings {
  readonly declaration: ts.VariableDeclaration | ts.PropertyDeclaration;
  readonly after: ts.Node;
  readonly siblings: readonly ts.Node[];
  prefix(keyword: Declared['keyword']): string;
}

function siblingsOf(declaration: ts.Node, named: ts.Identifier | ts.PropertyAccessExpression, file: ts.SourceFile): Siblings | undefined {
  if (declaration.getSourceFile() !== file) return undefined;
  if (compiler.isVariableDeclaration(declaration)) {
    const statement = declaration.parent.parent;
    if (!compiler.isIdentifier(named) || !compiler.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return undefined;
    const { parent } = statement;
    return compiler.isSourceFile(parent) || compiler.isModuleBlock(parent) ? { declaration, after: statement, siblings: parent.statements, prefix: (keyword) => `${keyword} ` } : undefined;
  }
  if (!compiler.isPropertyDeclaration(declaration) || !compiler.isPropertyAccessExpression(named)) return undefined;
  const isStatic = compiler.getModifiers(declaration)?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false;
  const access = compiler.isPrivateIdentifier(declaration.name) ? '' : 'private ';
  const prefix = (keyword: Declared['keyword']): string => `${access}${isStatic ? 'static ' : ''}${keyword === 'const' ? 'readonly ' : ''}`;
  return { declaration, after: declaration, siblings: declaration.parent.members, prefix };
}

function withoutSemicolon(node: ts.Node, file: ts.SourceFile): string {
  const text = node.getText(file);
  return text.endsWith(';') ? text.slice(0, -1) : text;
}
