// Every fixture, every golden file and every example of the docs pages goes through the real compiler (`go vet`).
// Modules differ by their go line, so each version is a module; each case is a package of it, or a module if it has several.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { rules } from '../../server/src/rules/registry.ts';
import { exampleFiles, examplesOf } from '../harness/docs.ts';
import { defaultGoMod, readFixtures } from '../harness/fixtures.ts';
import { findGo } from '../harness/go.mjs';

const go = findGo();
const fixtures = readFixtures(join(process.cwd(), 'server/src/rules'));

/** Cases that do not compile by intention, because the rule is about code that does not: their goldens do. */
const rulesAboutBrokenCode = new Set(['clear-needs-newer-go', 'reflect-map-clear']);

interface Case {
  readonly name: string;
  readonly goMod: string;
  readonly files: ReadonlyMap<string, string>;
}

function casesOf(kind: 'fixtures' | 'goldens' | 'examples'): readonly Case[] {
  if (kind === 'examples') return exampleCases();
  return fixtures.flatMap((fixture) => {
    const goMod = fixture.files.get('go.mod') ?? defaultGoMod;
    const sources = new Map([...fixture.files].filter(([name]) => name !== 'go.mod'));
    const name = `${fixture.rule}/${fixture.name}`;
    if (kind === 'fixtures') return rulesAboutBrokenCode.has(fixture.rule) ? [] : [{ name, goMod, files: sources }];
    return (['golden', 'unsafe.golden'] as const).flatMap((suffix) => {
      const files = new Map([...sources].map(([file, text]) => [file, goldenOf(fixture.folder, file, suffix) ?? text]));
      const changed = [...sources.keys()].some((file) => existsSync(join(fixture.folder, `${file}.${suffix}`)));
      return changed ? [{ name: `${name}-${suffix}`, goMod, files }] : [];
    });
  });
}

function goldenOf(folder: string, file: string, suffix: string): string | undefined {
  const path = join(folder, `${file}.${suffix}`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function exampleCases(): readonly Case[] {
  return rules.flatMap((rule) =>
    examplesOf(rule.docs.en, 'en')
      .filter((example) => example.language === 'go' && !(rulesAboutBrokenCode.has(rule.id) && example.kind === 'invalid'))
      .map((example) => {
        const files = new Map(exampleFiles(example));
        const goMod = files.get('go.mod')!;
        files.delete('go.mod');
        return { name: `${rule.id}/line-${example.line}`, goMod, files };
      }),
  );
}

for (const kind of ['fixtures', 'goldens', 'examples'] as const) {
  test(`${kind}: compile`, { skip: go ? false : 'no Go installed' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'mapwarden-compile-'));
    try {
      const faults = writeModules(folder, casesOf(kind)).flatMap((module) => vet(module));
      assert.deepEqual(faults, []);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Writes each case as a package of the module with its go line; answers the modules' folders. */
function writeModules(folder: string, cases: readonly Case[]): readonly string[] {
  const modules = new Map<string, string>();
  for (const { name, goMod, files } of cases) {
    const version = /^go (\S+)/m.exec(goMod)?.[1] ?? 'none';
    // A case of several packages imports its own by its module's path.
    const isModule = [...files.keys()].some((file) => file.includes('/'));
    const place = name.replaceAll('.', '_');
    const module = isModule ? join(folder, 'modules', place) : join(folder, `go${version}`);
    if (!modules.has(module)) {
      modules.set(module, module);
      mkdirSync(module, { recursive: true });
      writeFileSync(join(module, 'go.mod'), goMod);
    }
    for (const [file, text] of files) {
      const path = isModule ? join(module, file) : join(module, place, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return [...modules.values()];
}

/** What the compiler says. Naming one of vet's analyzers leaves out all others, and this one looks at assembly only. */
function vet(module: string): readonly string[] {
  const run = spawnSync(go!, ['vet', '-framepointer', './...'], {
    cwd: module,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' },
  });
  if (run.status === 0) return [];
  return run.stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
