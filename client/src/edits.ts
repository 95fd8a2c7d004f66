import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient';
import type { PlaceReference } from '../../server/src/lsp/protocol.ts';
import { l10n } from './l10n.ts';
import type { Server } from './server.ts';

/** Applies edits of the server; tells the person when there are none (`missing`) or when VS Code refuses them. */
export async function applyEdits(server: Server, edits: WorkspaceEdit | null | undefined, missing: string): Promise<boolean> {
  if (edits === undefined) return false;
  if (edits === null) {
    void vscode.window.showInformationMessage(missing);
    return false;
  }
  const applied = await vscode.workspace.applyEdit(await server.client.protocol2CodeConverter.asWorkspaceEdit(edits));
  if (!applied) void vscode.window.showWarningMessage(l10n.t('The file has changed meanwhile. Try again.'));
  return applied;
}

export function placeOfCursor(): PlaceReference | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), position: { line: editor.selection.active.line, character: editor.selection.active.character } };
}
