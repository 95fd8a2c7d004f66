// The connection to the language server: its options, its requests, its restarts. The same in Node and in the browser.

import * as vscode from 'vscode';
import { CloseAction, ErrorAction, RevealOutputChannelOn } from 'vscode-languageclient';
import type { BaseLanguageClient, CloseHandlerResult, ErrorHandler, ErrorHandlerResult, LanguageClientOptions } from 'vscode-languageclient';
import type { ClientCommands, CustomRequests, InitializationOptions } from '../../server/src/lsp/protocol.ts';
import { l10n } from './l10n.ts';
import { documentSelector, projectFiles } from './languages.ts';
import { RestartLimit } from './restarts.ts';

/** Creates the client of one environment: a process in Node, a Worker in the browser. */
export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

const clientCommands: readonly (keyof ClientCommands)[] = [
  'mapwarden.explainRule',
  'mapwarden.ignoreWithReason',
  'mapwarden.setRuleSeverity',
  'mapwarden.reportFalsePositive',
  'mapwarden.chooseStrategy',
  'mapwarden.createFallbackFiles',
];

const restartDelayMilliseconds = 200;

export class Server implements vscode.Disposable {
  readonly client: BaseLanguageClient;
  private readonly restartLimit = new RestartLimit();
  private nextStart: ReturnType<typeof setTimeout> | undefined;
  private gaveUp = false;
  private readonly stopped = new vscode.EventEmitter<string>();

  /** Told when the server is down and stays down, with the reason. */
  readonly onStopped = this.stopped.event;

  constructor(
    createClient: ClientFactory,
    extensionId: string,
    private readonly channel: vscode.LogOutputChannel,
  ) {
    const initializationOptions: InitializationOptions = {
      commands: clientCommands,
      contributesSnippets: true,
      explainUri: `${vscode.env.uriScheme}://${extensionId}/explain/`,
    };
    this.client = createClient({
      documentSelector: [...documentSelector, ...projectFiles],
      outputChannel: channel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(),
      markdown: { isTrusted: { enabledCommands: ['mapwarden.explainRule'] }, supportHtml: false },
      diagnosticCollectionName: 'mapwarden',
      diagnosticPullOptions: { onChange: true },
    });
  }

  /** Never rejects: a server that cannot be started is reported through `onStopped`. */
  async start(): Promise<void> {
    const begun = Date.now();
    try {
      await this.client.start();
      this.channel.info(`server started in ${Date.now() - begun} ms`);
    } catch (error) {
      this.channel.error(error instanceof Error ? error : String(error));
      // A server that went down while it started is already on its way up again, or has been reported.
      if (this.nextStart === undefined && !this.gaveUp) this.report(l10n.t('The Mapwarden server could not be started.'));
    }
  }

  async restart(): Promise<void> {
    this.restartLimit.reset();
    this.gaveUp = false;
    this.channel.info('restarting the server');
    try {
      if (this.client.needsStop()) await this.client.stop();
    } catch (error) {
      this.channel.warn(`the server did not stop in order: ${String(error)}`);
    }
    await this.start();
  }

  /** One request, or undefined with a message to the person when there is no server to ask. */
  async request<M extends keyof CustomRequests>(method: M, parameters: CustomRequests[M]['params']): Promise<CustomRequests[M]['result'] | undefined> {
    if (!this.client.isRunning()) {
      void this.offerRestart(l10n.t('The Mapwarden server is not running.'));
      return undefined;
    }
    return this.client.sendRequest<CustomRequests[M]['result']>(method, parameters);
  }

  async offerRestart(message: string): Promise<void> {
    const restart = l10n.t('Restart Server');
    const output = l10n.t('Show Output');
    const choice = await vscode.window.showErrorMessage(message, restart, output);
    if (choice === restart) await this.restart();
    if (choice === output) this.channel.show();
  }

  async dispose(): Promise<void> {
    clearTimeout(this.nextStart);
    this.stopped.dispose();
    await this.client.dispose();
  }

  private errorHandler(): ErrorHandler {
    return {
      // Messages to a server that has just died fail before its end is known. Shutting the client down for them would keep
      // `closed` from being called, and the server from being started again.
      error: (): ErrorHandlerResult => ({ action: ErrorAction.Continue, handled: true }),
      // The client's own restart says what fails in English only, so it is done here.
      closed: (): CloseHandlerResult => {
        this.afterCrash();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private afterCrash(): void {
    if (this.restartLimit.allows(Date.now())) {
      this.nextStart = setTimeout(() => {
        this.nextStart = undefined;
        // Not `needsStart`: that is false after a start that failed.
        if (!this.client.needsStop()) void this.start();
      }, restartDelayMilliseconds);
      return;
    }
    this.gaveUp = true;
    this.report(l10n.t('The Mapwarden server stopped several times and will not be started again.'));
  }

  private report(message: string): void {
    this.stopped.fire(message);
    void this.offerRestart(message);
  }
}
