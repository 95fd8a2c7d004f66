import type { ReportData } from '../../../server/src/lsp/protocol.ts';

/** The report in English, because its readers are the maintainers. */
export function reportText(report: ReportData, editorVersion: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(report.declaration, '`') + 1));
  const versions = [`Mapwarden ${report.mapwardenVersion}`, `VS Code ${editorVersion}`, ...(report.goVersion === null ? [] : [`Go ${report.goVersion}`])];
  return `# False positive: ${report.rule}

<!-- Nothing has been sent. Read what is below, take out what must stay private, and send it if you like. -->

- Versions: ${versions.join(', ')}
- Rule: \`${report.rule}\`
- Message: ${report.message}

## The code

${fence}${report.languageId}
${report.declaration.replace(/\n+$/, '')}
${fence}

## Why the finding is wrong


`;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let current = 0;
  for (const other of text) {
    current = other === character ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
