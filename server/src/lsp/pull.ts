import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { isAnalysed } from './analysed-files.ts';
import { throwIfCancelled, turn } from './answering.ts';
import { diagnosticsOf, resultIdOf } from './diagnostics.ts';
import type { Session } from './session.ts';

/**
 * Answers for the text as it is when the answer is made. If it changed while the request waited, the client has asked or
 * will ask again: it is told so, and never that the document has no findings.
 */
export async function documentDiagnostics(session: Session, params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
  const { uri } = params.textDocument;
  const path = session.pathOf(uri);
  if (!isAnalysed(path)) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

  const before = session.documents.byUri(uri);
  await turn();
  throwIfCancelled(token);
  const document = session.documents.byUri(uri);
  if (before && document && before.version !== document.version) {
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
