import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

interface Fix {
  readonly repository: string;
  readonly commit: string;
  readonly lines: readonly number[];
  readonly kind: string;
  readonly note: string;
}

const fixes = JSON.parse(readFileSync('test/conformance/recall/go-fixes.json', 'utf8')) as readonly Fix[];

test('recall: a fix is named once, by a whole commit, with lines in order and one sentence', () => {
  const keys = fixes.map(({ repository, commit }) => `${repository} ${commit}`);
  assert.equal(new Set(keys).size, keys.length);
  const faults = fixes.filter(({ commit, lines, note }) => !/^[0-9a-f]{40}$/.test(commit) || lines.length === 0 || lines.some((line, i) => line <= (lines[i - 1] ?? 0)) || !/^[A-Z].*\.$/.test(note));
  assert.deepEqual(faults, []);
});
