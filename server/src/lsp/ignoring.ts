import type { WorkspaceEdit } from 'vscode-languageserver';
import { ignoreEdits, reasonWords } from '../analyzer/ignore-edits.ts';
import { typeScriptIgnoreEdits } from '../analyzer/typescript-ignore-edits.ts';
import type { Finding } from '../rules/rule.ts';
import type { Edit } from '../text/span.ts';
import { findingAt } from './finding-at.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { IgnoreParams } from './protocol.ts';
import type { Session } from './session.ts';

/** The edit that puts a suppression with a reason; undefined when the finding is gone or no comment can stand there. */
export function ignoreEdit(session: Session, params: IgnoreParams): WorkspaceEdit | undefined {
  const path = session.analysedPath(params.uri);
  const finding = path === undefined ? undefined : findingAt(session, path, params);
  if (path === undefined || !finding) return undefined;
  const edits = editsFor(path, session.places.of(path).text, finding, params);
  return edits && workspaceEdit(session, { documents: [documentEdits(session, path, edits)], creates: [] });
}

function editsFor(path: string, text: string, finding: Finding, { scope, reason }: IgnoreParams): readonly Edit[] | undefined {
  if (path.endsWith('.go')) return ignoreEdits(text, finding, scope, reason);
  const words = reasonWords(reason);
  return words === undefined ? undefined : typeScriptIgnoreEdits(path, text, finding, scope, words);
}
