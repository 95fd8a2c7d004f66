import * as vscode from 'vscode';
import type { PlaceReference } from '../../../server/src/lsp/protocol.ts';
import { applyEdits, placeOfCursor } from '../edits.ts';
import type { Server } from '../server.ts';

/** Writes the two files for older and newer Go that the place, or the cursor, needs. */
export async function createFallbackFiles(server: Server, place: PlaceReference | undefined = placeOfCursor()): Promise<void> {
  if (!place) return;
  const answer = await server.request('mapwarden/fallbackFiles', place);
  if (!answer) return;
  if (!(await applyEdits(server, answer.edit, answer.reason))) return;
  // A created file is there, but what is in it is not yet on the disk.
  for (const uri of answer.created) await (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).save();
}
