import * as vscode from 'vscode';
import type { PlaceReference, StrategyChoice } from '../../../server/src/lsp/protocol.ts';
import { applyEdits, placeOfCursor } from '../edits.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';
import type { Pages } from '../views/pages.ts';

/** Asks how to empty the container at a place, or at the cursor, and writes it there; what does not fit leads to its page. */
export async function chooseStrategy(server: Server, pages: Pages, place: PlaceReference | undefined = placeOfCursor()): Promise<void> {
  if (!place) return;
  const choices = await server.request('mapwarden/strategies', place);
  if (!choices) return;
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('Nothing at the cursor empties a container. Put it on a clear, a delete loop or a new map.'));
    return;
  }
  const itemFor = ({ title, known, consequence, edit, topic }: StrategyChoice): Item => ({ label: title, description: known, detail: consequence, edit, topic });
  const fitting = choices.filter(({ edit }) => edit !== null).map(itemFor);
  const others = choices.filter(({ edit }) => edit === null).map((choice) => ({ ...itemFor(choice), iconPath: new vscode.ThemeIcon('book') }));
  const items = others.length === 0 ? fitting : [...fitting, { label: l10n.t('Not here; choose one to read about it'), kind: vscode.QuickPickItemKind.Separator }, ...others];
  const item = await vscode.window.showQuickPick<Item>(items, { placeHolder: l10n.t('How to empty it') });
  if (item?.edit) await applyEdits(server, item.edit, '');
  else if (item?.topic !== undefined) await pages.open(item.topic);
}

interface Item extends vscode.QuickPickItem {
  /** Null where the strategy does not fit; its page is opened then. */
  readonly edit?: StrategyChoice['edit'];
  readonly topic?: string;
}
