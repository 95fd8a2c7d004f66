import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { diagnosticsOf, resultIdOf } from './diagnostics.ts';
import type { Session } from './session.ts';

/**
 * Answers for the text as it is when the answer is made. If it changed since the request came (`version` is the one of
 * then), the client has asked or will ask again: it is told so, and never that the document has no findings.
 */
export function documentDiagnostics(session: Session, params: DocumentDiagnosticParams, version: number | undefined): DocumentDiagnosticReport {
  const { uri } = params.textDocument;
  const path = session.analysedPath(uri);
  if (path === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

  const document = session.documents.byUri(uri);
  if (document && version !== undefined && document.version !== version) {
    throw new ResponseError(LSPErrorCodes.ServerCancelled, 'the document has changed', { retriggerRequest: true });
  }

  const { previousResultId } = params;
  const waitsForSave = document?.changedSinceSave && session.configuration.settingsFor(path).run === 'onSave';
  if (waitsForSave && previousResultId !== undefined) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };

  const items = diagnosticsOf(session, session.analyze(path));
  const resultId = resultIdOf(items);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}
