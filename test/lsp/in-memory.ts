// The server with the real analyzer in this process, on files in memory.

import type { CodeAction, Diagnostic, Hover, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Analyzer } from '../../server/src/analyzer.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { MemoryFileSystem } from '../../server/src/workspace/file-system.ts';
import { typeScriptForTests } from '../harness/typescript.ts';
import { startInProcess, vscodeOptions, type ClientOptions, type TestClient } from './client.ts';

export const uri = 'file:///w/a.go';
export const goMod = (version: string): Readonly<Record<string, string>> => ({ '/w/go.mod': `module example.com/w\n\ngo ${version}\n` });

export async function session(body: (client: TestClient, disk: MemoryFileSystem) => Promise<void>, files: Readonly<Record<string, string>> = goMod('1.23'), options: ClientOptions = {}): Promise<void> {
  const disk = new MemoryFileSystem(files);
  const client = await startInProcess(
    {
      createFileSystem: () => disk,
      environment: { goos: 'linux', goarch: 'amd64' },
      rules,
      version: '0.0.0',
      createAnalyzer: (analyzerOptions) => new Analyzer({ ...analyzerOptions, typescript: typeScriptForTests }),
    },
    { folders: ['file:///w'], initializationOptions: vscodeOptions, ...options },
  );
  try {
    await body(client, disk);
  } finally {
    await client.stop();
  }
}

/** The text after a WorkspaceEdit, for one document. */
export function applied(text: string, edit: WorkspaceEdit | undefined, target = uri): string {
  const document = TextDocument.create(target, 'go', 1, text);
  const inChanges = edit?.changes?.[target] ?? [];
  const inDocuments = (edit?.documentChanges ?? []).flatMap((change) => ('textDocument' in change && change.textDocument.uri === target ? (change.edits as TextEdit[]) : []));
  return TextDocument.applyEdits(document, [...inChanges, ...inDocuments]);
}

export function actions(client: TestClient, range: Range, diagnostics: readonly Diagnostic[], only?: string[], of = uri): Promise<CodeAction[]> {
  return client.request('textDocument/codeAction', { textDocument: { uri: of }, range, context: { diagnostics, ...(only ? { only } : {}) } });
}

/** The place of a word in the first line that holds a text: `s.entries` in `clear(s.entries)`. */
export function placeOf(text: string, line: string, word = line): { readonly line: number; readonly character: number } {
  const lines = text.split('\n');
  const row = lines.findIndex((each) => each.includes(line));
  return { line: row, character: lines[row]!.indexOf(word) + 1 };
}

/** What the hover at a place says; undefined if it says nothing. */
export async function hoverAt(client: TestClient, of: string, position: { readonly line: number; readonly character: number }): Promise<string | undefined> {
  const hover = await client.request<Hover | null>('textDocument/hover', { textDocument: { uri: of }, position });
  return hover ? (hover.contents as { value: string }).value : undefined;
}
