// The extension in the web extension host: the server is a Worker.

import { Uri } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../../../server/src/lsp/protocol.ts';
import { startExtension } from '../extension.ts';
import type { Running } from '../extension.ts';
import { typeScriptText } from './typescript-text.ts';

let running: Running | undefined;

export function activate(context: ExtensionContext): Running {
  const script = Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true);
  running = startExtension(
    context,
    // A new Worker for each start, so that a restart does not talk to the old one.
    (options) => {
      const client = new LanguageClient('mapwarden', 'Mapwarden', async () => new Worker(script), { ...options, initializationOptions: { ...(options.initializationOptions as InitializationOptions), sendsTypeScript: true } });
      client.onRequest('mapwarden/typescript', () => typeScriptText(context.extensionUri));
      return client;
    },
  );
  return running;
}

export async function deactivate(): Promise<void> {
  await running?.server.dispose();
}
