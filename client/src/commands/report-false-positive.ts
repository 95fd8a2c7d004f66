import * as vscode from 'vscode';
import type { FindingReference } from '../../../server/src/lsp/protocol.ts';
import { findingAtCursor } from '../findings.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';
import { reportText } from './report-text.ts';

/** Opens a report about a finding as an untitled document. Nothing is sent: the person reads it and decides. */
export async function reportFalsePositive(server: Server, target?: FindingReference): Promise<void> {
  const finding = target ?? (await findingAtCursor(server.client));
  if (!finding) return;
  const report = await server.request('mapwarden/reportData', finding);
  if (report === undefined) return;
  if (report === null) {
    void vscode.window.showInformationMessage(l10n.t('The finding is no longer there.'));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: reportText(report, vscode.version) });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}
