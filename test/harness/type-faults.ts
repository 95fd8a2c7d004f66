// Type-checks texts with the installed compiler.

import ts from 'typescript';

/** What the compiler says of files that are not on the disk, by absolute path: `/a.ts: message`, one for each fault. */
export function typeFaults(files: ReadonlyMap<string, string>, more: ts.CompilerOptions = {}): readonly string[] {
  const options: ts.CompilerOptions = { strict: true, noUncheckedIndexedAccess: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, noEmit: true, types: [], ...more };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => (files.has(name) ? ts.createSourceFile(name, files.get(name)!, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest));
  const faults = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
  return faults.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
