import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { openRulePage } from '../views/rule-pages.ts';

/** Opens the page of a rule; asks which one when none is named. */
export async function explainRule(server: Server, rule?: unknown): Promise<void> {
  const named = typeof rule === 'string' ? rule : await chooseRule(server);
  if (named !== undefined) await openRulePage(server, named);
}

async function chooseRule(server: Server): Promise<string | undefined> {
  const rules = await server.request('mapwarden/rules', {});
  if (!rules) return undefined;
  const items = rules.map(({ id, title, severity }) => ({ label: id, description: severity, detail: title }));
  const item = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Rule to explain'),
    matchOnDetail: true,
  });
  return item?.label;
}

/** Links such as `vscode://mapwarden.mapwarden/explain/delete-loop`. */
export function explainLinks(server: Server, started: Promise<void>): vscode.UriHandler {
  return {
    async handleUri(uri) {
      const [action, rule, ...rest] = uri.path.split('/').filter(Boolean);
      if (action !== 'explain' || rule === undefined || rest.length > 0) {
        void vscode.window.showErrorMessage(vscode.l10n.t('Mapwarden does not know this link: {link}', { link: uri.toString() }));
        return;
      }
      // The link itself may have started the extension.
      await started;
      await openRulePage(server, rule);
    },
  };
}
