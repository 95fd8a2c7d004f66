// Bundles everything into dist/. `node esbuild.mjs [--production] [--watch] [--metafile]`
//
//   dist/extension.js            client in the extension host of Node       dist/browser/extension.js   the same in a Web Worker
//   dist/server.js               language server in a process of its own    dist/browser/server.js      the same in a Web Worker
//   dist/cli.js                  the command `mapwarden`: loads dist/server.js, which has the command line in it
//   dist/mapwarden.schema.json   the schema of .mapwarden.json
//   dist/sample/                 the sample workspace that the walkthrough opens
//   dist/typescript.js           the TypeScript compiler, loaded by the server and the command when a file needs it
//   dist/typescript-library.json.gz the declarations of JavaScript's library, by file name
//
// `--production` minifies and leaves source maps out; otherwise they lie beside the bundles and are never packed.

import { build, context } from 'esbuild';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packTypeScript } from './server/tools/typescript-package.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const metafile = process.argv.includes('--metafile');

const node = { platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };
const worker = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

const bundles = [
  { entry: 'client/src/node/main.ts', outfile: 'dist/extension.js', options: { ...node, external: ['vscode'] } },
  { entry: 'server/src/node/main.ts', outfile: 'dist/server.js', options: node },
  { entry: 'client/src/browser/main.ts', outfile: 'dist/browser/extension.js', options: { ...worker, format: 'cjs', external: ['vscode'] } },
  { entry: 'server/src/browser/server.ts', outfile: 'dist/browser/server.js', options: { ...worker, format: 'iife' } },
];

const copies = [['server/src/config/schema.json', 'dist/mapwarden.schema.json']];

const present = bundles.filter(({ entry }) => existsSync(join(root, entry)));
for (const [from, to] of copies) {
  if (!existsSync(join(root, from))) continue;
  mkdirSync(join(root, dirname(to)), { recursive: true });
  copyFileSync(join(root, from), join(root, to));
}

rmSync(join(root, 'dist', 'sample'), { recursive: true, force: true });
cpSync(join(root, 'test', 'samples'), join(root, 'dist', 'sample'), { recursive: true });

await packTypeScript();

if (watch) {
  for (const bundle of present) await (await context(optionsOf(bundle))).watch();
  console.error(`watching ${present.map(({ entry }) => entry).join(', ')}`);
} else {
  // A bundle that fails (esbuild has said why) does not keep the others from being built.
  const results = await Promise.all(present.map((bundle) => build(optionsOf(bundle)).catch(() => undefined)));
  const commandLine = join(root, 'dist', 'cli.js');
  writeFileSync(commandLine, "#!/usr/bin/env node\nrequire('./server.js');\n");
  chmodSync(commandLine, 0o755);
  if (metafile) {
    results.forEach((result, i) => result && writeFileSync(join(root, `${present[i].outfile}.meta.json`), JSON.stringify(result.metafile)));
  }
  if (results.includes(undefined)) process.exitCode = 1;
}

function optionsOf({ entry, outfile, options }) {
  // A source map of an earlier build would be packed with a bundle that it does not describe.
  if (production) rmSync(join(root, `${outfile}.map`), { force: true });
  return {
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    legalComments: 'none',
    // Pages are in Chinese, too: escaped, each character would take six bytes.
    charset: 'utf8',
    loader: { '.md': 'text', '.txt': 'text' },
    metafile,
    logLevel: 'warning',
    ...options,
  };
}
