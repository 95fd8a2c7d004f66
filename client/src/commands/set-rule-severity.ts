import * as vscode from 'vscode';
import type { RuleInFile, SeverityParams } from '../../../server/src/lsp/protocol.ts';
import { applyEdits } from '../edits.ts';
import { findingAtCursor } from '../findings.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';

type Severity = SeverityParams['severity'];

/** Changes the severity of a rule in the settings of VS Code or in `.mapwarden.json`, as the person chooses. */
export async function setRuleSeverity(server: Server, target?: RuleInFile): Promise<void> {
  const { uri, rule } = target ?? (await findingAtCursor(server.client)) ?? {};
  if (uri === undefined || rule === undefined) return;
  const severity = await chooseSeverity(rule);
  if (severity === undefined) return;
  const place = await choosePlace(vscode.Uri.parse(uri));
  if (place === undefined) return;
  if (place === 'settings') await updateSettings(vscode.Uri.parse(uri), rule, severity);
  else {
    const edits = await server.request('mapwarden/severityEdits', { uri, rule, severity });
    const applied = await applyEdits(server, edits, l10n.t('The .mapwarden.json that holds here has a fault; correct it first.'));
    if (applied) await saveConfigurationFiles();
  }
}

async function chooseSeverity(rule: string): Promise<Severity | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly severity: Severity })[] = [
    { severity: 'off', label: 'off', description: l10n.t('do not run the rule') },
    { severity: 'hint', label: 'hint', description: l10n.t('dots under the code') },
    { severity: 'information', label: 'information', description: l10n.t('blue underline') },
    { severity: 'warning', label: 'warning', description: l10n.t('yellow underline') },
    { severity: 'error', label: 'error', description: l10n.t('red underline') },
  ];
  const item = await vscode.window.showQuickPick(items, { placeHolder: l10n.t('Severity of {rule}', { rule }) });
  return item?.severity;
}

/** Without a folder there is only the person's own settings. */
async function choosePlace(uri: vscode.Uri): Promise<'settings' | 'file' | undefined> {
  if (!vscode.workspace.getWorkspaceFolder(uri)) return 'settings';
  const items = [
    { place: 'settings' as const, label: l10n.t('Workspace settings'), description: l10n.t('for VS Code') },
    { place: 'file' as const, label: '.mapwarden.json', description: l10n.t('for VS Code, the command line and CI') },
  ];
  const item = await vscode.window.showQuickPick(items, { placeHolder: l10n.t('Where to keep it') });
  return item?.place;
}

async function updateSettings(uri: vscode.Uri, rule: string, severity: Severity): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const settings = vscode.workspace.getConfiguration('mapwarden', uri);
  const present = settings.inspect<Record<string, Severity>>('rules');
  const own = folder ? present?.workspaceValue : present?.globalValue;
  const target = folder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await settings.update('rules', { ...own, [rule]: severity }, target);
}

/** The server reads the file from disk; the editor's change counts once it is saved. */
async function saveConfigurationFiles(): Promise<void> {
  const changed = vscode.workspace.textDocuments.filter((document) => document.isDirty && document.uri.path.endsWith('/.mapwarden.json'));
  await Promise.all(changed.map((document) => document.save()));
}
