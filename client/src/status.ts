// The one status item: what the server is doing, and which Go version holds for the file in front.

import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import type { CustomNotifications, GoVersion, ServerStatus } from '../../server/src/lsp/protocol.ts';
import { l10n } from './l10n.ts';
import { documentSelector, isAnalysed } from './languages.ts';
import type { Server } from './server.ts';

type Shown = ServerStatus | { readonly state: 'starting' } | { readonly state: 'stopped'; readonly reason: string };

/** Text, detail, severity and activity of the status item for a state. */
export function describeStatus(status: Shown, goVersion: GoVersion | undefined) {
  const go = goVersion && l10n.t('Go {version} ({reason})', { version: goVersion.version, reason: goVersion.reason });
  const normal = vscode.LanguageStatusSeverity.Information;
  switch (status.state) {
    case 'starting':
      return { text: l10n.t('Mapwarden: starting'), detail: go, severity: normal, busy: true };
    case 'ready':
      return { text: l10n.t('Mapwarden: ready'), detail: go, severity: normal, busy: false };
    case 'indexing': {
      const { done, total } = status;
      const text = total > 0 ? l10n.t('Mapwarden: indexing {done}/{total}', { done, total }) : l10n.t('Mapwarden: indexing');
      return { text, detail: go, severity: normal, busy: true };
    }
    case 'degraded':
      return { text: l10n.t('Mapwarden: limited'), detail: status.reason, severity: vscode.LanguageStatusSeverity.Warning, busy: false };
    case 'stopped':
      return { text: l10n.t('Mapwarden: stopped'), detail: status.reason, severity: vscode.LanguageStatusSeverity.Error, busy: false };
  }
}

/** Creates the item and keeps it up to date for as long as the result lives. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('mapwarden.status', documentSelector);
  item.name = 'Mapwarden';
  let status: Shown = { state: 'starting' };
  let goVersion: GoVersion | undefined;

  const update = () => {
    const { text, detail, severity, busy } = describeStatus(status, goVersion);
    Object.assign(item, { text, detail: detail ?? '', severity, busy });
    item.command =
      status.state === 'stopped'
        ? { title: l10n.t('Restart Server'), command: 'mapwarden.restart' }
        : { title: l10n.t('Show Output'), command: 'mapwarden.showOutput' };
  };

  const askGoVersion = async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || document.languageId !== 'go' || !isAnalysed(document) || !server.client.isRunning()) return;
    const uri = server.client.code2ProtocolConverter.asUri(document.uri);
    const answer = await server.request('mapwarden/goVersion', { uri }).catch(() => undefined);
    if (document !== vscode.window.activeTextEditor?.document) return;
    goVersion = answer ?? undefined;
    update();
  };

  const set = (next: Shown) => {
    status = next;
    update();
    if (next.state === 'ready') void askGoVersion();
  };

  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(() => {
      goVersion = undefined;
      update();
      void askGoVersion();
    }),
    server.onStopped((reason) => set({ state: 'stopped', reason })),
    server.client.onNotification('mapwarden/statusChanged' satisfies keyof CustomNotifications, (next: ServerStatus) => set(next)),
    server.client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) set({ state: 'starting' });
      if (newState === State.Running) set({ state: 'ready' });
      const down = newState === State.Stopped || newState === State.StartFailed;
      if (down && status.state !== 'stopped') set({ state: 'stopped', reason: l10n.t('The Mapwarden server is not running.') });
    }),
  );
}
