import { parseFile } from '../go/syntax/parser.ts';
import { contains, type Span } from '../text/span.ts';

/** The source of the top-level declaration around a span; the text of the span itself where there is none. */
export function declarationAround(path: string, text: string, span: Span): string {
  if (!path.endsWith('.go')) return unindentedAround(text, span);
  const declaration = parseFile(text).decls.find((decl) => contains({ start: decl.pos, end: decl.end }, span));
  return declaration ? text.slice(declaration.pos, declaration.end) : text.slice(span.start, span.end);
}

/** From the last line above that is not indented to the one that closes it: what a reader takes for a declaration. */
function unindentedAround(text: string, { start, end }: Span): string {
  const lines = text.split('\n');
  const rowOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const closes = (line: string): boolean => /^[})\]]/.test(line);
  const begins = (line: string): boolean => /^\S/.test(line) && !closes(line);
  let first = rowOf(start);
  while (first > 0 && !begins(lines[first]!)) first--;
  let last = rowOf(end);
  while (last + 1 < lines.length && !closes(lines[last]!) && !begins(lines[last + 1]!)) last++;
  return lines.slice(first, last + 1).join('\n').trimEnd();
}
