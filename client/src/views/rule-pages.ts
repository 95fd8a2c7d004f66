// The page of a rule, as a read-only Markdown document that VS Code's own preview shows. The text comes from the server and
// is part of the extension: no network.

import * as vscode from 'vscode';
import type { Server } from '../server.ts';

const scheme = 'mapwarden';

/** Serves `mapwarden:/<rule>.md` for as long as the result lives. */
export function provideRulePages(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const page = await server.request('mapwarden/explain', { rule: ruleOfPage(uri) });
      return page?.markdown ?? '';
    },
  });
  const languageChange = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('mapwarden.language')) return;
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
  });
  return vscode.Disposable.from(changed, provider, languageChange);
}

/** Opens the page of a rule beside the code; false when there is no such rule. */
export async function openRulePage(server: Server, rule: string): Promise<boolean> {
  const page = await server.request('mapwarden/explain', { rule });
  if (page === undefined) return true;
  if (page === null) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Mapwarden has no rule named “{rule}”.', { rule }));
    return false;
  }
  const uri = vscode.Uri.from({ scheme, path: `/${rule}.md` });
  // Asked of the extension and not of the list of commands, which names it only once something has activated it.
  const hasPreview = vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined;
  if (hasPreview) await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  else await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { viewColumn: vscode.ViewColumn.Beside, preview: true });
  return true;
}

function ruleOfPage(uri: vscode.Uri): string {
  return uri.path.replace(/^\//, '').replace(/\.md$/, '');
}
