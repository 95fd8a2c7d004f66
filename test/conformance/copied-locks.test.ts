// What is left to gopls in an editor is what `go vet` shows, line by line: every fixture goes through its pass copylocks.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { LineIndex } from '../../server/src/text/line-index.ts';
import { analyzerOver, defaultGoMod, readFixtures } from '../harness/fixtures.ts';
import type { Fixture } from '../harness/fixtures.ts';
import { findGo } from '../harness/go.mjs';

const go = findGo();
/** Fixtures of these rules are read; the others hold no locks by value. */
const rulesWithLocks = new Set(['copied-lock', 'useless-lock', 'shared-lock-replaced', 'waitgroup-misuse', 'double-lock', 'missing-unlock']);
const fixtures = readFixtures(join(process.cwd(), 'server/src/rules')).filter(({ rule, files }) => rulesWithLocks.has(rule) && !files.has('go.mod'));

test('copied locks: what go vet shows, and nothing else, is left to it', { skip: go ? false : 'no Go installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-copylocks-'));
  try {
    writeFileSync(join(folder, 'go.mod'), defaultGoMod);
    for (const { rule, name, files } of fixtures) {
      for (const [file, text] of files) {
        const path = join(folder, `${rule}-${name}`, file);
        mkdirSync(dirname(path), { recursive: true });
        // Each is a folder of one module here: packages of its own are found below it.
        writeFileSync(path, text.replaceAll('"example.com/fixture/', `"example.com/fixture/${rule}-${name}/`));
      }
    }
    const run = spawnSync(go!, ['vet', '-copylocks', './...'], { cwd: folder, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' } });
    const shown = new Set([...run.stderr.matchAll(/^(?:vet: )?(?:\.\/)?(\S+\.go:\d+):\d+: .*lock/gm)].map((match) => match[1]!));
    const found = new Set(fixtures.flatMap((fixture) => leftToVet(fixture)));
    assert.ok(shown.size > 10, run.stderr);
    // What is assigned to the blank identifier is a copy for vet, and nobody can lock it.
    const thrown = [...shown].filter((line) => !found.has(line));
    assert.deepEqual(thrown.filter((line) => !isThrown(line)), []);
    assert.deepEqual([...found].filter((line) => !shown.has(line)), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function leftToVet({ rule, name, files }: Fixture): readonly string[] {
  const analyzer = analyzerOver(files);
  return [...files].filter(([file]) => file.endsWith('.go')).flatMap(([file, text]) => {
    const lines = new LineIndex(text);
    const { findings } = analyzer.analyze(`/fixture/${file}`);
    // A WaitGroup that is copied has a finding of its own there.
    return findings.filter((each) => each.shownByVet && (each.rule === 'copied-lock' || each.message.id === 'copied')).map(({ span }) => `${rule}-${name}/${file}:${lines.line(span.start) + 1}`);
  });
}

function isThrown(line: string): boolean {
  const [path = '', number = ''] = line.split(':');
  const fixture = fixtures.find(({ rule, name }) => path.startsWith(`${rule}-${name}/`));
  const text = fixture?.files.get(path.slice(path.indexOf('/') + 1)) ?? '';
  return text.split('\n')[Number(number) - 1]!.trimStart().startsWith('_ = ');
}
