// What the extension is in every environment: a server, a status item, the commands, the links.

import * as vscode from 'vscode';
import type { ClientCommands } from '../../server/src/lsp/protocol.ts';
import { chooseStrategy } from './commands/choose-strategy.ts';
import { createFallbackFiles } from './commands/create-fallback-files.ts';
import { explainLinks, explainRule } from './commands/explain-rule.ts';
import { fixAllInFile } from './commands/fix-all.ts';
import { ignoreWithReason } from './commands/ignore-with-reason.ts';
import { openSample } from './commands/open-sample.ts';
import { reportFalsePositive } from './commands/report-false-positive.ts';
import { setRuleSeverity } from './commands/set-rule-severity.ts';
import { Server } from './server.ts';
import type { ClientFactory } from './server.ts';
import { showStatus } from './status.ts';
import { Pages } from './views/pages.ts';

/** What tests see of the running extension. */
export interface Running {
  readonly server: Server;
  /** Settles when the server has answered or could not be started; never rejects. */
  readonly started: Promise<void>;
  readonly pages: Pages;
}

/** Returns before the server is up: activation must not hold up the extension host. */
export function startExtension(context: vscode.ExtensionContext, createClient: ClientFactory): Running {
  const begun = performance.now();
  const channel = vscode.window.createOutputChannel('Mapwarden', { log: true });
  const server = new Server(createClient, context.extension.id, channel);
  const pages = new Pages(server);
  context.subscriptions.push(channel, showStatus(server), pages);
  const started = server.start();
  context.subscriptions.push(
    vscode.window.registerUriHandler(explainLinks(pages, started)),
    command('mapwarden.restart', () => server.restart()),
    command('mapwarden.showOutput', () => channel.show()),
    command('mapwarden.explainRule', (...[topic]: Partial<ClientCommands['mapwarden.explainRule']>) => explainRule(server, pages, topic)),
    command('mapwarden.backInPages', () => pages.goBack()),
    command('mapwarden.contents', () => pages.open('contents')),
    command('mapwarden.chooseStrategy', (...[place]: Partial<ClientCommands['mapwarden.chooseStrategy']>) => chooseStrategy(server, pages, place)),
    command('mapwarden.openSample', async (...[step]: readonly unknown[]) => {
      // The walkthrough itself may have started the extension.
      await started;
      await openSample(context, server, pages, step);
    }),
    command('mapwarden.createFallbackFiles', (...[place]: Partial<ClientCommands['mapwarden.createFallbackFiles']>) => createFallbackFiles(server, place)),
    command('mapwarden.fixAllInFile', () => fixAllInFile(server)),
    command('mapwarden.ignoreWithReason', (...[target]: Partial<ClientCommands['mapwarden.ignoreWithReason']>) => ignoreWithReason(server, target)),
    command('mapwarden.setRuleSeverity', (...[target]: Partial<ClientCommands['mapwarden.setRuleSeverity']>) => setRuleSeverity(server, target)),
    command('mapwarden.reportFalsePositive', (...[target]: Partial<ClientCommands['mapwarden.reportFalsePositive']>) => reportFalsePositive(server, target)),
  );
  channel.debug(`activated in ${(performance.now() - begun).toFixed(1)} ms`);
  return { server, started, pages };
}

function command<A extends unknown[]>(name: string, run: (...parameters: A) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(name, run);
}
