// The extension in the web extension host: the server is a Worker.

import { Uri } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { startExtension } from '../extension.ts';
import type { Running } from '../extension.ts';

let running: Running | undefined;

export function activate(context: ExtensionContext): Running {
  const script = Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true);
  running = startExtension(
    context,
    // A new Worker for each start, so that a restart does not talk to the old one.
    (options) => new LanguageClient('mapwarden', 'Mapwarden', async () => new Worker(script), options),
  );
  return running;
}

export async function deactivate(): Promise<void> {
  await running?.server.dispose();
}
