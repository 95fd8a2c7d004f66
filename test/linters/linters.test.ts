// What a fix has mended must not come back when somebody's other linters run with their own fixes on. Each golden file of the
// TypeScript fixtures goes through one linter after another; what it says afterwards is looked at again.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { analyzerOver, findingsOf, readFixtures, withoutWants } from '../harness/fixtures.ts';

const root = process.cwd();
const full = process.env['MAPWARDEN_FULL'] === '1';

interface Golden {
  readonly rule: string;
  /** The path in the folder of the run, with the rule and the kind of fix in it. */
  readonly path: string;
  readonly text: string;
  /** The fixture it was made from, without the comments that say what is wanted. */
  readonly source: string;
}

const goldens: readonly Golden[] = readFixtures(join(root, 'server/src/rules')).flatMap(({ rule, name, folder, files }) =>
  [...files.keys()].flatMap((file) =>
    ['golden', 'unsafe.golden'].flatMap((suffix) => {
      const golden = join(folder, `${file}.${suffix}`);
      if (!/\.[mc]?[jt]sx?$/.test(file) || !existsSync(golden)) return [];
      return [{ rule, path: `${rule}/${name}/${suffix.replace('.', '-')}/${file}`, text: readFileSync(golden, 'utf8'), source: withoutWants(files.get(file)!) }];
    }),
  ),
);

interface Linter {
  readonly name: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly command: (bin: string) => readonly string[];
}

const eslintConfiguration = `
import js from '@eslint/js';
import unicorn from 'eslint-plugin-unicorn';
import tseslint from 'typescript-eslint';

export default tseslint.config(js.configs.recommended, ...tseslint.configs.strict, ...tseslint.configs.stylistic, unicorn.configs.all);
`;

const linters: readonly Linter[] = [
  { name: 'ESLint with typescript-eslint and unicorn', configuration: { 'eslint.config.mjs': eslintConfiguration }, command: (bin) => [process.execPath, join(bin, '..', 'eslint', 'bin', 'eslint.js'), '--fix', '.'] },
  { name: 'oxlint', configuration: {}, command: (bin) => [join(bin, 'oxlint'), '--fix', '--fix-suggestions', '-A', 'all', '-D', 'correctness', '-D', 'suspicious', '-D', 'perf', '-D', 'style', '-D', 'pedantic', '.'] },
  {
    name: 'Biome',
    configuration: { 'biome.json': JSON.stringify({ root: true, files: { includes: ['**'] }, formatter: { enabled: false }, assist: { enabled: false }, linter: { enabled: true, rules: { recommended: true, complexity: 'on', performance: 'on', style: 'on', suspicious: 'on' } } }) },
    command: (bin) => [join(bin, 'biome'), 'lint', '--write', '--unsafe', '--max-diagnostics=1', '.'],
  },
];

/** What the fixture's rule finds in a text, as messages: places move when a linter rewrites. */
function found(rule: string, path: string, text: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return findingsOf(analyzerOver(new Map([[name, text]])).analyze(`/fixture/${name}`), rule).map(({ message }) => message.id);
}

test('linters: none brings back what a fix has mended', { skip: full ? false : 'npm run test:full' }, async (context) => {
  const installed = JSON.parse(spawnSync(process.execPath, [join(root, 'test/linters/install.mjs')], { encoding: 'utf8' }).stdout) as { readonly folder: string; readonly skipped?: string };
  if (installed.skipped !== undefined) return context.skip(`the linters cannot be installed: ${installed.skipped}`);
  for (const linter of linters) {
    await context.test(linter.name, () => {
      // Beside the linters, so that the configuration finds them.
      const folder = join(installed.folder, `run-${process.pid}`);
      try {
        for (const { path, text, source } of goldens) {
          for (const [kind, content] of [['fixed', text], ['source', source]] as const) {
            mkdirSync(join(folder, kind, path, '..'), { recursive: true });
            writeFileSync(join(folder, kind, path), content);
          }
        }
        for (const [name, text] of Object.entries(linter.configuration)) writeFileSync(join(folder, name), text);
        const [program = '', ...given] = linter.command(join(installed.folder, 'node_modules', '.bin'));
        const run = spawnSync(program, given, { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000 });
        assert.equal(run.error, undefined);
        const after = goldens.map(({ path }) => readFileSync(join(folder, 'fixed', path), 'utf8'));
        const rewritten = goldens.filter(({ text }, i) => after[i] !== text).length;
        // A linter that touched nothing was not set up rightly.
        assert.ok(rewritten > 0, `${linter.name} changed no file:\n${run.stdout.slice(0, 2000)}${run.stderr.slice(0, 2000)}`);
        // Linters rewrite the rest of a fixture as well, and may make a defect of what was none. What a fix mended is what the
        // fixture has more of than the golden file; that difference must stay.
        const restored = goldens.flatMap(({ rule, path, text, source }, i) => {
          const mended = found(rule, path, source).length - found(rule, path, text).length;
          const now = found(rule, path, after[i]!);
          const without = found(rule, path, readFileSync(join(folder, 'source', path), 'utf8'));
          const most = Math.max(found(rule, path, text).length, without.length - mended);
          return now.length > most ? [`${path}: ${now.length} findings, expected at most ${most}\n${after[i]}`] : [];
        });
        assert.deepEqual(restored, []);
        context.diagnostic(`${linter.name} rewrote ${rewritten} of ${goldens.length} golden files`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
