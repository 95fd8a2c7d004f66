// The compiler's text for a server in a Worker, which asks for it when the first TypeScript file is opened.

import { Uri, workspace } from 'vscode';
import type { ServerRequests } from '../../../server/src/lsp/protocol.ts';

export async function typeScriptText(extension: Uri): Promise<ServerRequests['mapwarden/typescript']['result']> {
  const [compiler, packed] = await Promise.all(['dist/typescript.js', 'dist/typescript-library.json.gz'].map((path) => workspace.fs.readFile(Uri.joinPath(extension, path))));
  const libraries = new Response(new Blob([packed!.slice()]).stream().pipeThrough(new DecompressionStream('gzip')));
  return { compiler: new TextDecoder().decode(compiler), libraries: (await libraries.json()) as ServerRequests['mapwarden/typescript']['result']['libraries'] };
}
