import * as vscode from 'vscode';
import type { PlaceReference } from '../../../server/src/lsp/protocol.ts';
import { applyEdits, placeOfCursor } from '../edits.ts';
import type { Server } from '../server.ts';

/** Asks how to empty the container at a place, or at the cursor, and writes it there. */
export async function chooseStrategy(server: Server, place: PlaceReference | undefined = placeOfCursor()): Promise<void> {
  if (!place) return;
  const choices = await server.request('mapwarden/strategies', place);
  if (!choices) return;
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing at the cursor empties a container. Put it on a clear, a delete loop or a new map.'));
    return;
  }
  const items = choices.map(({ title, consequence, edit }) => ({ label: title, detail: consequence, edit }));
  const item = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('How to empty it') });
  if (item) await applyEdits(server, item.edit, '');
}
