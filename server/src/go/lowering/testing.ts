// Lowering of small sources in tests.

import { parseFile } from '../syntax/parser.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { TypeStore } from '../types/store.ts';
import type { TypeInfo } from '../types/info.ts';
import type { SourcePackage } from '../types/source.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { lowerFunction } from './lower.ts';
import type { LoweredFile } from './lower.ts';

export interface LoweredSource {
  readonly text: string;
  readonly syntax: ast.File;
  readonly info: TypeInfo;
  readonly file: LoweredFile;
  /** The body of a function or method by its name. */
  body(name: string): FunctionBody;
  /** The text of an operation. */
  textOf(body: FunctionBody, operation: number): string;
}

/** Stand-ins for packages of the standard library: declarations are enough. */
const standard: Readonly<Record<string, string>> = {
  sync: 'package sync\ntype Mutex struct{ state int32 }\nfunc (m *Mutex) Lock() {}\nfunc (m *Mutex) Unlock() {}\nfunc (m *Mutex) TryLock() bool { return true }\ntype RWMutex struct{ w Mutex }\nfunc (m *RWMutex) Lock() {}\nfunc (m *RWMutex) Unlock() {}\nfunc (m *RWMutex) RLock() {}\nfunc (m *RWMutex) RUnlock() {}\ntype WaitGroup struct{ n int32 }\nfunc (g *WaitGroup) Add(n int) {}\nfunc (g *WaitGroup) Done() {}\nfunc (g *WaitGroup) Wait() {}\n',
  os: 'package os\nfunc Exit(code int) {}\n',
  log: 'package log\nfunc Fatal(v ...any) {}\nfunc Println(v ...any) {}\n',
};

/** @param text a file; `package p` is put before it if it has no package clause */
export function lowerSource(text: string, version = 22): LoweredSource {
  const source = text.startsWith('package') ? text : `package p\n${text}`;
  const syntax = parseFile(source);
  const languageVersion = { version, reason: 'test' };
  const file: LoweredFile = { path: '/p/p.go', syntax, languageVersion, languageCeiling: languageVersion };
  const store = new TypeStore({ standardPackage });
  const package_: SourcePackage = { id: 'p', path: 'p', name: 'p', files: [file], resolveImport: () => undefined };
  const info = store.infoFor(package_);
  return {
    text: source,
    syntax,
    info,
    file,
    body: (name) => lowerFunction(functionNamed(syntax, name), info, file),
    textOf: (body, operation) => source.slice(body.start(operation), body.end(operation)),
  };
}

function functionNamed(file: ast.File, name: string): ast.FuncDecl {
  for (const each of file.decls) if (each.kind === NodeKind.FuncDecl && each.name.name === name) return each;
  throw new Error(`no function ${name}`);
}

function standardPackage(path: string): SourcePackage | undefined {
  const text = standard[path];
  if (text === undefined) return undefined;
  const syntax = parseFile(text);
  return { id: path, path, name: path, files: [{ path: `/std/${path}.go`, syntax, languageVersion: undefined }], resolveImport: () => undefined };
}
