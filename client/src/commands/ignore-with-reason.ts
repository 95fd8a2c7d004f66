import * as vscode from 'vscode';
import type { IgnoreTarget } from '../../../server/src/lsp/protocol.ts';
import { applyEdits } from '../edits.ts';
import { findingAtCursor } from '../findings.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';

/** Suppresses a finding; a suppression without a reason is no suppression, so the reason is asked for. */
export async function ignoreWithReason(server: Server, target?: IgnoreTarget): Promise<void> {
  const finding = target ?? (await findingAtCursor(server.client));
  if (!finding) return;
  const reason = await vscode.window.showInputBox({
    title: l10n.t('Ignore {rule}', { rule: finding.rule }),
    prompt: l10n.t('Why is this right? The reason stands in the comment.'),
    validateInput: (text) => (text.trim() === '' ? l10n.t('A reason is required.') : undefined),
  });
  if (reason === undefined || reason.trim() === '') return;
  const edits = await server.request('mapwarden/ignoreEdits', { scope: 'line', ...finding, reason: reason.trim() });
  await applyEdits(server, edits, l10n.t('The finding is no longer there.'));
}
