import assert from 'node:assert/strict';
import test from 'node:test';
import { Analyzer } from '../analyzer.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { fixedText, fixUntilStable, mostPasses } from './apply-fixes.ts';

function analyzerOver(text: string): Analyzer {
  const files = { '/m/.git/HEAD': '', '/m/go.mod': 'module m\n\ngo 1.26\n', '/m/a.go': text };
  return new Analyzer({ fileSystem: new MemoryFileSystem(files), environment: { goos: 'linux', goarch: 'amd64' } });
}

function fixed(text: string): string | undefined {
  const analyzer = analyzerOver(text);
  return fixedText(analyzer.analyze('/m/a.go'), analyzer);
}

const loop = (map: string): string => `\tfor k := range ${map} {\n\t\tdelete(${map}, k)\n\t}\n`;

test('apply fixes: every safe fix of a file in one go', () => {
  assert.equal(fixed(`package p\n\nfunc f(a, b map[string]int) {\n${loop('a')}${loop('b')}}\n`), 'package p\n\nfunc f(a, b map[string]int) {\n\tclear(a)\n\tclear(b)\n}\n');
});

test('apply fixes: unsafe ones and files without any are left alone', () => {
  assert.equal(fixed(`package p\n\nfunc f(a map[float64]int) {\n${loop('a')}}\n`), undefined);
  assert.equal(fixed('package p\n'), undefined);
});

test('apply fixes: where fixes do not go together the first that goes alone is taken', () => {
  const analyzer = analyzerOver(`package p\n\nfunc f(a, b map[string]int) {\n${loop('a')}${loop('b')}}\n`);
  const alone = { safeEdits: (path: string, findings: Parameters<Analyzer['safeEdits']>[1]) => (findings.length > 1 ? [] : analyzer.safeEdits(path, findings)) };
  assert.equal(fixedText(analyzer.analyze('/m/a.go'), alone), `package p\n\nfunc f(a, b map[string]int) {\n\tclear(a)\n${loop('b')}}\n`);
});

test('apply fixes: passes go on until one changes nothing', async () => {
  const left = [3, 1, 0];
  const seen: boolean[] = [];
  await fixUntilStable(async (apply) => {
    seen.push(apply);
    return left.shift() ?? 0;
  });
  assert.deepEqual(seen, [true, true, true]);
});

test('apply fixes: fixes that call for each other forever end, and a look at what remains closes', async () => {
  const seen: boolean[] = [];
  await fixUntilStable(async (apply) => {
    seen.push(apply);
    return 1;
  });
  assert.equal(seen.filter(Boolean).length, mostPasses);
  assert.deepEqual(seen.slice(-1), [false]);
});
