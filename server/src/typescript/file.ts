import type ts from 'typescript';

/** One source file as a program has it. */
export interface TypeScriptFile {
  readonly path: string;
  readonly text: string;
  /** Parents are set and the file is bound. */
  readonly syntax: ts.SourceFile;
  /** True for generated files, which say so at their top. */
  readonly generated: boolean;
}
