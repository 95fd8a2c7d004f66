import { parseFile } from '../go/syntax/parser.ts';
import { contains, type Span } from '../text/span.ts';

/** The source of the top-level Go declaration around a span; the text of the span itself where there is none. */
export function declarationAround(text: string, span: Span): string {
  const declaration = parseFile(text).decls.find((decl) => contains({ start: decl.pos, end: decl.end }, span));
  return declaration ? text.slice(declaration.pos, declaration.end) : text.slice(span.start, span.end);
}
