// The language server in a process of its own: `--stdio`, `--node-ipc`, `--socket=<port>` or `--pipe=<name>`.

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Analyzer } from '../analyzer.ts';
import { serve } from '../lsp/server.ts';
import { rules } from '../rules/registry.ts';
import { DiskFileSystem } from './disk-file-system.ts';
import { goEnvironment } from './go-environment.ts';
import { openTypedChannel } from './typed-channel.ts';
import { loadTypeScript } from './typescript-package.ts';
import { version } from '../../../package.json';

export function serveClient(): void {
  const connection = createConnection(ProposedFeatures.all);

  // A promise that nobody waits for must not end the server; what it was is in the log.
  process.on('unhandledRejection', (reason) => connection.console.error(`unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));

  serve(connection, {
    createFileSystem: (limitFor) => new DiskFileSystem({ limitFor }),
    environment: goEnvironment(),
    rules,
    version,
    createAnalyzer: (options) => new Analyzer({ ...options, typescript: loadTypeScript, tier: 'syntax' }),
    openTypedChannel: () => openTypedChannel(__filename),
  });
  connection.listen();
}
