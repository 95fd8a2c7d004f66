import type ts from 'typescript';
import type { FunctionBody } from '../../model/function-body.ts';
import type { TypeQueries } from '../types/queries.ts';
import type { TypeScriptFile } from '../file.ts';

/** The body of a function, or of a file's top level, in the model's words; undefined where it cannot be lowered. */
export function lowerFunction(_around: ts.FunctionLikeDeclaration | ts.SourceFile, _types: TypeQueries, _file: TypeScriptFile): FunctionBody | undefined {
  return undefined;
}
