import { build, type BuildOptions } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project: tests are run from there, bundled to other folders. */
const root = process.cwd();

const servers = {
  node: { entry: 'server/src/node/main.ts', built: 'dist/server.js', options: { platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] } },
  browser: {
    entry: 'server/src/browser/server.ts',
    built: 'dist/browser/server.js',
    options: { platform: 'browser', target: 'es2022', format: 'iife', mainFields: ['browser', 'module', 'main'] },
  },
} as const satisfies Record<string, { entry: string; built: string; options: BuildOptions }>;

/**
 * The script of a server: what `npm test` has just built, or for a single test file a bundle of the sources as they are.
 */
export async function serverScript(kind: keyof typeof servers): Promise<string> {
  const { entry, built, options } = servers[kind];
  const script = join(root, built);
  if (process.env['MAPWARDEN_CAPABILITIES'] !== undefined && existsSync(script)) return script;
  const outfile = join(root, 'dist', 'test-lsp', String(process.pid), kind, 'server.js');
  await build({ entryPoints: [entry], outfile, absWorkingDir: root, bundle: true, sourcemap: 'linked', loader: { '.md': 'text', '.txt': 'text' }, logLevel: 'warning', ...options });
  layTypeScriptBeside(outfile);
  return outfile;
}

/** The packed compiler, which the server looks for in its own folder. */
function layTypeScriptBeside(script: string): void {
  const packed = ['typescript.js', 'typescript-library.json.gz'];
  if (packed.some((name) => !existsSync(join(root, 'dist', name)))) {
    spawnSync(process.execPath, ['--input-type=module', '-e', "import { packTypeScript } from './server/tools/typescript-package.mjs'; await packTypeScript();"], { cwd: root });
  }
  mkdirSync(dirname(script), { recursive: true });
  for (const name of packed) copyFileSync(join(root, 'dist', name), join(dirname(script), name));
}
