import * as vscode from 'vscode';
import type { TopicSummary } from '../../../server/src/lsp/protocol.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';
import type { Pages } from '../views/pages.ts';

/** Opens the page of a rule, a strategy, a section or the contents; asks which one when none is named. */
export async function explainRule(server: Server, pages: Pages, topic?: unknown): Promise<void> {
  const named = typeof topic === 'string' ? topic : await chooseTopic(server);
  if (named !== undefined) await pages.open(named);
}

async function chooseTopic(server: Server): Promise<string | undefined> {
  const topics = await server.request('mapwarden/topics', {});
  if (!topics) return undefined;
  const headings: Readonly<Record<TopicSummary['kind'], string>> = {
    contents: '',
    go: l10n.t('Strategies for Go'),
    typescript: l10n.t('Strategies for TypeScript'),
    page: l10n.t('More'),
    rule: l10n.t('Rules'),
    section: l10n.t('Sections of the document'),
  };
  const kinds: readonly TopicSummary['kind'][] = ['contents', 'rule', 'go', 'typescript', 'page', 'section'];
  const items = kinds.flatMap((kind) => {
    const ofKind = topics.filter((topic) => topic.kind === kind).map(({ topic, title }) => ({ label: title, description: topic }));
    const heading = { label: headings[kind], kind: vscode.QuickPickItemKind.Separator };
    return kind === 'contents' ? ofKind : [heading, ...ofKind];
  });
  const item = await vscode.window.showQuickPick<vscode.QuickPickItem>(items, { placeHolder: l10n.t('What to explain'), matchOnDescription: true });
  return item?.description;
}

/** Links such as `vscode://mapwarden.mapwarden/explain/delete-loop`. */
export function explainLinks(pages: Pages, started: Promise<void>): vscode.UriHandler {
  return {
    async handleUri(uri) {
      const [action, topic, ...rest] = uri.path.split('/').filter(Boolean);
      if (action !== 'explain' || topic === undefined || rest.length > 0) {
        void vscode.window.showErrorMessage(l10n.t('Mapwarden does not know this link: {link}', { link: uri.toString() }));
        return;
      }
      // The link itself may have started the extension.
      await started;
      await pages.open(topic);
    },
  };
}
