// The extension in the extension host of Node: the server is a process of its own.

import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from '../extension.ts';
import type { Running } from '../extension.ts';

let running: Running | undefined;

export function activate(context: ExtensionContext): Running {
  const module = context.asAbsolutePath('dist/server.js');
  running = startExtension(context, (options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009', '--enable-source-maps'] } };
    return new LanguageClient('mapwarden', 'Mapwarden', { run, debug }, options);
  });
  return running;
}

export async function deactivate(): Promise<void> {
  await running?.server.dispose();
}
