// How test files are bundled: as the product is, with what Node loads by itself left outside.

import { build } from 'esbuild';
import { root } from '../../server/tools/setup.mjs';

/** Bundles test files into a folder, each to the path it has in the project with `.js` in place of `.ts`. */
export async function bundleTests(files, outdir) {
  await build({
    entryPoints: files,
    outdir,
    outbase: root,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    loader: { '.md': 'text', '.txt': 'text' },
    external: ['esbuild', 'vscode', 'typescript'],
    logLevel: 'error',
  });
}
