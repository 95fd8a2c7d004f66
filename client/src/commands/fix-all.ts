import * as vscode from 'vscode';
import { CodeActionRequest, CodeActionResolveRequest } from 'vscode-languageclient';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageclient';
import { applyEdits } from '../edits.ts';
import { l10n } from '../l10n.ts';
import { isAnalysed } from '../languages.ts';
import type { Server } from '../server.ts';

/** Applies every safe fix in the active file: what `source.fixAll.mapwarden` does on save. */
export async function fixAllInFile(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isAnalysed(document)) return;
  if (!server.client.isRunning()) {
    await server.offerRestart(l10n.t('The Mapwarden server is not running.'));
    return;
  }
  await applyEdits(server, await safeFixes(server, document), l10n.t('There is nothing in this file that can be fixed safely.'));
}

/**
 * The edits of all safe fixes, or null when there are none. Asks the server itself: VS Code drops code actions that are
 * asked for while some other extension registers its own.
 */
async function safeFixes(server: Server, document: vscode.TextDocument): Promise<WorkspaceEdit | null> {
  const { client } = server;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const answer = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(whole),
    context: { diagnostics: [], only: ['source.fixAll.mapwarden'] },
  });
  const action = (answer ?? []).find((candidate): candidate is CodeAction => 'kind' in candidate && candidate.kind === 'source.fixAll.mapwarden');
  if (!action) return null;
  const resolved = action.edit ? action : await client.sendRequest(CodeActionResolveRequest.type, action);
  return resolved.edit ?? null;
}
