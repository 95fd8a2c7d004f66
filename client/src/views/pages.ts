// Pages about rules, strategies and the document, in a panel beside the code. The text comes from the server and is part of the
// extension: no network, no scripts.

import * as vscode from 'vscode';
import type { ExplainedTopic } from '../../../server/src/lsp/protocol.ts';
import { l10n } from '../l10n.ts';
import type { Server } from '../server.ts';

/** One panel shows one page after another, with the way back. */
export class Pages implements vscode.Disposable {
  readonly #server: Server;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #back: string[] = [];
  #panel: vscode.WebviewPanel | undefined;
  #shown: string | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#disposables.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('mapwarden.language') && this.#panel && this.#shown !== undefined) void this.#show(this.#shown);
      }),
    );
  }

  /** The topic of the page that is open, if one is. */
  get shown(): string | undefined {
    return this.#panel && this.#shown;
  }

  /** Opens the page of a topic; false when there is no such topic. */
  async open(topic: string): Promise<boolean> {
    const before = this.shown;
    if (!(await this.#show(topic))) return false;
    if (before !== undefined && before !== topic) this.#back.push(before);
    return true;
  }

  /** Opens the page that was shown before. */
  async goBack(): Promise<void> {
    const topic = this.#back.pop();
    if (topic !== undefined) await this.#show(topic);
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #show(topic: string): Promise<boolean> {
    const page = await this.#server.request('mapwarden/explain', { topic });
    if (page === undefined) return true;
    if (page === null) {
      void vscode.window.showErrorMessage(l10n.t('Mapwarden has no page named “{topic}”.', { topic }));
      return false;
    }
    const panel = this.#openPanel();
    panel.title = page.title;
    panel.webview.html = documentOf(page);
    this.#shown = topic;
    panel.reveal(undefined, true);
    return true;
  }

  #openPanel(): vscode.WebviewPanel {
    if (this.#panel) return this.#panel;
    const options = { enableCommandUris: ['mapwarden.explainRule', 'mapwarden.backInPages'], enableFindWidget: true, localResourceRoots: [] };
    const panel = vscode.window.createWebviewPanel('mapwarden.page', 'Mapwarden', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, options);
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
      this.#back.length = 0;
    });
    this.#panel = panel;
    return panel;
  }
}

/**
 * No script can run in it, and nothing is fetched. An element of its own scrolls: VS Code brings a new page to where the one
 * before it was scrolled, as far as that is the window's doing.
 */
function documentOf({ title, html, language, back }: ExplainedTopic): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</title>
<style>
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
main { height: 100%; box-sizing: border-box; overflow-y: auto; padding: 0 1.5em 3em; line-height: 1.55; font-size: var(--vscode-font-size); } main > * { max-width: 60em; }
h1 { font-size: 1.7em; } h2 { font-size: 1.25em; margin-top: 1.8em; border-bottom: 1px solid var(--vscode-widget-border, transparent); padding-bottom: .2em; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; } a:hover { text-decoration: underline; }
code { font-family: var(--vscode-editor-font-family); background: var(--vscode-textCodeBlock-background); border-radius: 3px; padding: 0 .25em; color: inherit; }
pre { background: var(--vscode-textCodeBlock-background); padding: .8em 1em; overflow-x: auto; border-radius: 4px; } pre code { padding: 0; background: none; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--vscode-widget-border, gray); padding: .3em .7em; text-align: left; vertical-align: top; }
nav { border-left: 3px solid var(--vscode-textBlockQuote-border, gray); margin: 1.2em 0; } nav ul { list-style: none; padding-left: 1em; margin: 0; }
figure { margin: 1.5em 0; } li { margin: .25em 0; }
</style>
</head>
<body>
<main>
<p><a href="command:mapwarden.backInPages">← ${back}</a></p>
${html}
</main>
</body>
</html>`;
}
