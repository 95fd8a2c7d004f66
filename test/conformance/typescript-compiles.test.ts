// Every TypeScript fixture, golden file and example of the docs pages is type-checked by the real compiler, with Node's types.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { rules } from '../../server/src/rules/registry.ts';
import { exampleFiles, examplesOf } from '../harness/docs.ts';
import { readFixtures } from '../harness/fixtures.ts';
import { reactTypes } from '../harness/typescript.ts';

const root = process.cwd();
const fixtures = readFixtures(join(root, 'server/src/rules'));

interface Case {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

function isTypeScript(name: string): boolean {
  return /\.[mc]?[jt]sx?$/.test(name);
}

function fixtureCases(): readonly Case[] {
  return fixtures.flatMap(({ rule, name, files }) => {
    const own = new Map([...files].filter(([file]) => isTypeScript(file)));
    return own.size === 0 ? [] : [{ name: `${rule}/${name}`, files: own }];
  });
}

function goldenCases(suffix: 'golden' | 'unsafe.golden'): readonly Case[] {
  return fixtures.flatMap(({ rule, name, folder, files }) => {
    const own = [...files].filter(([file]) => isTypeScript(file));
    const changed = own.some(([file]) => existsSync(join(folder, `${file}.${suffix}`)));
    const text = (file: string, before: string): string => (existsSync(join(folder, `${file}.${suffix}`)) ? readFileSync(join(folder, `${file}.${suffix}`), 'utf8') : before);
    return changed ? [{ name: `${rule}/${name}`, files: new Map(own.map(([file, before]) => [file, text(file, before)])) }] : [];
  });
}

function exampleCases(): readonly Case[] {
  return rules.flatMap((rule) =>
    examplesOf(rule.docs.en, 'en')
      .filter(({ language }) => language !== 'go' && isTypeScript(`x.${language}`))
      .map((example) => ({ name: `${rule.id}/line-${example.line}`, files: exampleFiles(example) })),
  );
}

const cases = { fixtures: fixtureCases(), goldens: goldenCases('golden'), 'unsafe goldens': goldenCases('unsafe.golden'), examples: exampleCases() };

for (const [kind, list] of Object.entries(cases)) {
  test(`TypeScript ${kind}: type-check`, { skip: list.length === 0 ? 'there are none' : false }, () => {
    // Inside the project, so that imports of packages are found.
    mkdirSync(join(root, 'dist'), { recursive: true });
    const folder = mkdtempSync(join(root, 'dist', 'type-check-'));
    try {
      for (const { name, files } of list) {
        for (const [file, text] of files) {
          const path = join(folder, name, file);
          mkdirSync(join(path, '..'), { recursive: true });
          writeFileSync(path, text);
        }
      }
      writeFileSync(join(folder, 'react.d.ts'), reactTypes);
      const options = { strict: true, noEmit: true, target: 'esnext', module: 'preserve', moduleDetection: 'force', allowJs: true, checkJs: false, jsx: 'preserve', types: ['node'], skipLibCheck: true, lib: ['esnext', 'dom', 'dom.iterable'] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['**/*'] }));
      const run = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder, encoding: 'utf8' });
      assert.equal(run.stdout, '');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
