import type { WorkspaceEdit } from 'vscode-languageserver';
import { ignoreEdits } from '../analyzer/ignore-edits.ts';
import { findingAt } from './finding-at.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { IgnoreParams } from './protocol.ts';
import type { Session } from './session.ts';

/** The edit that puts a suppression with a reason; undefined when the finding is gone or no comment can stand there. */
export function ignoreEdit(session: Session, params: IgnoreParams): WorkspaceEdit | undefined {
  const path = session.analysedPath(params.uri);
  const finding = path === undefined ? undefined : findingAt(session, path, params);
  if (path === undefined || !finding) return undefined;
  const edits = ignoreEdits(session.places.of(path).text, finding, params.scope, params.reason);
  return edits && workspaceEdit(session, { documents: [documentEdits(session, path, edits)], creates: [] });
}
