// The language server in a Web Worker. There is no disk: the client hands over the files of the workspace, at the start and
// when they change; open documents come as everywhere.

import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { Analyzer } from '../analyzer.ts';
import { HandedOverFiles } from '../lsp/handed-over-files.ts';
import { serve } from '../lsp/server.ts';
import { rules } from '../rules/registry.ts';
import { SentTypeScript } from './typescript-package.ts';
import { version } from '../../../package.json';

declare const self: DedicatedWorkerGlobalScope;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
const handedOver = new HandedOverFiles();
const typescript = new SentTypeScript();

serve(connection, {
  createFileSystem: () => handedOver.fileSystem,
  handedOver,
  // There is no machine to ask; code is analysed as for the commonest one.
  environment: { goos: 'linux', goarch: 'amd64' },
  rules,
  version,
  createAnalyzer: (options) => new Analyzer({ ...options, typescript: () => typescript.package }),
  receiveTypeScript: (sent) => typescript.receive(sent),
});
connection.listen();
