/** Code on one line, and not more of it than so many UTF-16 units, which name the thing. */
export function oneLine(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
