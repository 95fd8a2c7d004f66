import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionParams,
} from 'vscode-languageserver';
import { lineEndOf } from '../text/lines.ts';
import type { ClearKind } from '../go/completion.ts';
import type { Session } from './session.ts';
import { snippetCompletions } from './snippets.ts';
import type { Strings } from './strings.ts';

/** Behind everything that gopls offers, whose sort texts are numbers. */
const sortText = '~mapwarden';

const details = {
  clear: 'clearDetail',
  'delete-loop': 'deleteLoopDetail',
  'sync-map-clear': 'syncMapClearDetail',
  'sync-map-range': 'syncMapRangeDetail',
} as const satisfies Record<ClearKind, keyof Strings>;

/** `m.clear` becomes what empties the map in the Go version of the file; where a statement or declaration may begin, the snippets that fit it. */
export function completion(session: Session, params: CompletionParams): CompletionItem[] {
  const path = session.analysedPath(params.textDocument.uri);
  if (path === undefined) return [];
  const settings = session.analyzer.settingsOf(path);
  if (!settings.enable || settings.excluded) return [];
  const places = session.places.of(path);
  const offset = places.offset(params.position);
  if (!session.configuration.settingsFor(path).completion) return [];
  const found = session.analyzer.clearCompletionAt(path, offset);
  if (!found) return [...snippetCompletions(session, path, offset)];

  const newText = found.text.replaceAll('\n', `${lineEndOf(places.text)}${places.indentation(found.operand.start)}`);
  return [
    {
      label: 'clear',
      labelDetails: { description: 'Mapwarden' },
      kind: CompletionItemKind.Snippet,
      detail: session.strings[details[found.kind]],
      documentation: { kind: 'markdown', value: `\`\`\`go\n${found.text}\n\`\`\`` },
      filterText: 'clear',
      sortText,
      insertTextFormat: InsertTextFormat.PlainText,
      ...(session.client.adjustsIndentation ? { insertTextMode: InsertTextMode.asIs } : {}),
      textEdit: { range: places.range(found.word), newText },
      additionalTextEdits: [{ range: places.range(found.operand), newText: '' }],
    },
  ];
}
