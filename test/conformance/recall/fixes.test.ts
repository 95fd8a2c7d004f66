import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

interface Fix {
  readonly repository: string;
  readonly commit: string;
  readonly lines: readonly number[];
  readonly kind: string;
  readonly note: string;
  readonly remains?: { readonly rules: readonly string[]; readonly note: string };
}

function isSentence(text: string): boolean {
  return /^[A-Z].*\.$/.test(text);
}

for (const data of ['go-fixes.json', 'typescript-fixes.json']) test(`recall: a fix in ${data} is named once, by a whole commit, with lines in order and one sentence`, () => {
  const fixes = JSON.parse(readFileSync(`test/conformance/recall/${data}`, 'utf8')) as readonly Fix[];
  const keys = fixes.map(({ repository, commit }) => `${repository} ${commit}`);
  assert.equal(new Set(keys).size, keys.length);
  const faults = fixes.filter(({ commit, lines, note, remains }) => !/^[0-9a-f]{40}$/.test(commit) || lines.length === 0 || lines.some((line, i) => line <= (lines[i - 1] ?? 0)) || !isSentence(note) || (remains !== undefined && (remains.rules.length === 0 || !isSentence(remains.note))));
  assert.deepEqual(faults, []);
});
