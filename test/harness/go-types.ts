// Type checking small Go sources in unit tests.

import assert from 'node:assert/strict';
import { NodeKind } from '../../server/src/go/syntax/ast.ts';
import type * as ast from '../../server/src/go/syntax/ast.ts';
import { parseFile } from '../../server/src/go/syntax/parser.ts';
import { forEachChild } from '../../server/src/go/syntax/walk.ts';
import type { TypeInfo } from '../../server/src/go/types/info.ts';
import type { SourcePackage } from '../../server/src/go/types/source.ts';
import { TypeStore } from '../../server/src/go/types/store.ts';
import { typeString } from '../../server/src/go/types/type-string.ts';

/** A package in memory. Other packages are given by import path. */
export interface PackageText {
  readonly path?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, SourcePackage>>;
  readonly version?: number;
}

export interface MemoryFile {
  readonly path: string;
  readonly text: string;
  readonly syntax: ast.File;
  readonly languageVersion: { readonly version: number } | undefined;
}

export interface MemoryPackage extends SourcePackage {
  readonly files: readonly MemoryFile[];
}

export function memoryFile(path: string, text: string, version?: number): MemoryFile {
  return { path, text, syntax: parseFile(text), languageVersion: version === undefined ? undefined : { version } };
}

export function memoryPackage({ path = 'p', files, imports = {}, version }: PackageText): MemoryPackage {
  const list = Object.entries(files).map(([name, text]) => memoryFile(name, text, version));
  return { id: path, path, name: list[0]?.syntax.name.name ?? 'p', directory: `/${path}`, files: list, resolveImport: (each) => imports[each] };
}

export interface Checked {
  readonly info: TypeInfo;
  readonly store: TypeStore;
  readonly source: MemoryPackage;
  readonly file: MemoryFile;
  /** The type of the first expression that is written so (outermost if several begin there), with package names left out. */
  typeOf(expression: string): string;
  /** The first expression that is written so. */
  find(expression: string, nth?: number): ast.Expr;
  findIdent(name: string, nth?: number): ast.Ident;
}

/** Checks one file; the package clause may be left out. */
export function checkSource(text: string, options: Omit<PackageText, 'files'> = {}): Checked {
  const whole = text.trimStart().startsWith('package ') ? text : `package p\n\n${text}`;
  return checkPackage(memoryPackage({ ...options, files: { 'p.go': whole } }));
}

export function checkPackage(source: MemoryPackage, store = new TypeStore()): Checked {
  const info = store.infoFor(source);
  const file = source.files[0];
  assert.ok(file);
  const find = (expression: string, nth = 0): ast.Expr => {
    const found: ast.Expr[] = [];
    for (const each of source.files) collect(each, each.syntax, expression, found);
    const node = found[nth];
    assert.ok(node, `no expression ${expression}`);
    return node;
  };
  return {
    info,
    store,
    source,
    file,
    find,
    findIdent: (name, nth = 0) => {
      const found: ast.Expr[] = [];
      for (const each of source.files) collect(each, each.syntax, name, found);
      const idents = found.filter((each) => each.kind === NodeKind.Ident);
      const ident = idents[nth];
      assert.ok(ident, `no name ${name}`);
      return ident;
    },
    typeOf: (expression) => typeString(info.typeOf(find(expression)), (pkg) => (pkg.path === source.path ? '' : pkg.name)),
  };
}

function collect(file: MemoryFile, node: ast.Node, expression: string, found: ast.Expr[]): void {
  if (isExpression(node) && file.text.slice(node.pos, node.end) === expression) found.push(node);
  forEachChild(node, (child) => collect(file, child, expression, found));
}

function isExpression(node: ast.Node): node is ast.Expr {
  return node.kind >= NodeKind.Ident && node.kind <= NodeKind.ChanType;
}
