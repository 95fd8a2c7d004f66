import type { WorkspaceEdit } from 'vscode-languageserver';
import { isAnalysed } from './analysed-files.ts';
import { findingAt } from './finding-at.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { IgnoreParams } from './protocol.ts';
import type { Session } from './session.ts';

/** The edit that puts a suppression with a reason; undefined when there is no such finding any more. */
export function ignoreEdit(session: Session, params: IgnoreParams): WorkspaceEdit | undefined {
  const path = session.pathOf(params.uri);
  const reason = params.reason.replace(/\s+/g, ' ').trim();
  if (!isAnalysed(path) || reason === '') return undefined;
  const finding = findingAt(session, path, params);
  if (!finding) return undefined;
  const { text } = session.places.of(path);
  const start = params.scope === 'file' ? 0 : text.lastIndexOf('\n', finding.span.start - 1) + 1;
  const newText = params.scope === 'file' ? `//mapwarden:ignore-file ${params.rule} ${reason}\n` : `${session.places.of(path).indentation(finding.span.start)}//mapwarden:ignore ${params.rule} ${reason}\n`;
  return workspaceEdit(session, { documents: [documentEdits(session, path, [{ start, end: start, newText }])], creates: [] });
}
