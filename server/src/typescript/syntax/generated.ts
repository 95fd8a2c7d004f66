// Code that a tool wrote: nobody mends it.

const headLength = 2000;
/** Lines that no person writes: what a bundler or minifier left. */
const longestAverageLine = 400;

/** True if the head of the file says so, or if it is minified. */
export function isGeneratedText(text: string): boolean {
  const head = text.slice(0, headLength);
  for (const line of head.split('\n')) {
    const content = line.trim();
    const isComment = content.startsWith('//') || content.startsWith('/*') || content.startsWith('*');
    if (!isComment) continue;
    if (content.includes('@generated') || content.includes('DO NOT EDIT') || content.includes('Do not edit') || content.toLowerCase().includes('code generated')) return true;
  }
  return text.length > 5000 && text.length > longestAverageLine * lineCount(text);
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
