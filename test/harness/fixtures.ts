// Fixtures of a rule: small real packages under `rules/<id>/testdata/<case>/` that state what is found and what is not.
//
//   deletes(m) // want `regexp of the English message` `another finding on this line`
//
// `// want+1` speaks of the next line, for lines that cannot hold a comment. A line without `want` must stay silent. `x.go.golden` is x.go after every safe fix, `x.go.unsafe.golden` after the first
// fix of every finding; a fixture whose findings have such fixes must have the file. UPDATE_GOLDEN=1 writes them.
// A case may bring its own go.mod; without one it is `go 1.26`. TypeScript is analysed twice: with its project, which is what
// the comments speak of, and file by file, which must find the same in files that import nothing from beside them.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Analyzer } from '../../server/src/analyzer.ts';
import type { FileAnalysis } from '../../server/src/analyzer.ts';
import type { Tier } from '../../server/src/rules/typescript-context.ts';
import { ruleById, rules } from '../../server/src/rules/registry.ts';
import { formatMessage } from '../../server/src/rules/messages.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { LineIndex } from '../../server/src/text/line-index.ts';
import { MemoryFileSystem } from '../../server/src/workspace/file-system.ts';
import { nodeTypes, reactTypes, typeScriptForTests } from './typescript.ts';

export const defaultGoMod = 'module example.com/fixture\n\ngo 1.26\n';
export const fixtureRoot = '/fixture';

export interface Fixture {
  readonly rule: string;
  readonly name: string;
  readonly folder: string;
  /** Text by path relative to the folder: sources and go.mod, without goldens. */
  readonly files: ReadonlyMap<string, string>;
}

/** Every case of every rule under `rulesFolder` (the folder of `server/src/rules` on disk). */
export function readFixtures(rulesFolder: string): readonly Fixture[] {
  const fixtures: Fixture[] = [];
  for (const rule of readdirSync(rulesFolder, { withFileTypes: true })) {
    const testdata = join(rulesFolder, rule.name, 'testdata');
    if (!rule.isDirectory() || !existsSync(testdata)) continue;
    for (const entry of readdirSync(testdata, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const folder = join(testdata, entry.name);
      fixtures.push({ rule: rule.name, name: entry.name, folder, files: readSources(folder) });
    }
  }
  return fixtures;
}

function readSources(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.endsWith('.golden')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  return files;
}

const switchedOn = Object.fromEntries(rules.filter(({ severity }) => severity === 'off').map(({ id }) => [id, 'information' as const]));

/** An analyzer over the files of a fixture, which lie in `/fixture`. */
export function analyzerOver(files: ReadonlyMap<string, string>, tier: Tier = 'typed'): Analyzer {
  const table: Record<string, string> = { [`${fixtureRoot}/.git/HEAD`]: 'ref: refs/heads/main\n' };
  for (const [name, text] of files) table[`${fixtureRoot}/${name}`] = text;
  table[`${fixtureRoot}/go.mod`] ??= defaultGoMod;
  table['/node_modules/@types/node/index.d.ts'] = nodeTypes;
  table['/node_modules/@types/react/index.d.ts'] = reactTypes;
  return new Analyzer({
    fileSystem: new MemoryFileSystem(table),
    environment: { goos: 'linux', goarch: 'amd64' },
    typescript: typeScriptForTests,
    tier,
    // What is off by default is on where it is tested.
    settingsFor: () => ({ rules: switchedOn }),
    log: (event) => {
      if (event.kind === 'rule-failed') throw event.error;
    },
  });
}

/** Checks one case: every `want` is met, nothing else is found, the goldens are what the fixes make. */
export function checkFixture(fixture: Fixture): void {
  const analyzer = analyzerOver(fixture.files);
  for (const [name, text] of fixture.files) {
    if (!isSource(name)) continue;
    const analysis = analyzer.analyze(`${fixtureRoot}/${name}`);
    assert.equal(analysis.skipped, undefined, `${name} was skipped: ${analysis.skipped}`);
    checkWants(fixture.rule, name, text, analysis);
    if (!name.endsWith('.go')) checkSyntaxTier(fixture, name, text, analysis);
    checkGolden(fixture, name, 'safe');
    checkGolden(fixture, name, 'unsafe');
  }
}

/** What can be said at once is no other than what can be said with the whole project. */
function checkSyntaxTier(fixture: Fixture, name: string, text: string, typed: FileAnalysis): void {
  const alone = analyzerOver(fixture.files, 'syntax').analyze(`${fixtureRoot}/${name}`);
  const told = (analysis: FileAnalysis): readonly string[] => findingsOf(analysis, fixture.rule).map((finding) => `${finding.span.start} ${JSON.stringify(finding.message)}`);
  const inProject = new Set(told(typed));
  const early = told(alone);
  for (const finding of early) assert.ok(inProject.has(finding), `${name}: found in the file alone and not in its project: ${finding}`);
  const isLater = ruleById(fixture.rule)?.detectors.typescript?.settledFile !== undefined;
  if (!isLater && !/from '\.|needs the project/.test(text)) assert.deepEqual(early, [...inProject], `${name}: found with the project only`);
}

function isSource(name: string): boolean {
  return /\.(go|ts|tsx|js|jsx|mts|cts|mjs|cjs)$/.test(name);
}

function checkWants(rule: string, name: string, text: string, analysis: FileAnalysis): void {
  const lines = new LineIndex(text);
  const wants = wantsIn(text);
  for (const finding of findingsOf(analysis, rule)) {
    const line = lines.line(finding.span.start) + 1;
    const message = formatMessage(ruleById(rule)!, finding.message, 'en');
    const expected = wants.get(line) ?? [];
    const met = expected.findIndex((pattern) => pattern.test(message));
    assert.ok(met >= 0, `${name}:${line}: not wanted: ${message}`);
    expected.splice(met, 1);
  }
  for (const [line, patterns] of wants) {
    for (const pattern of patterns) assert.fail(`${name}:${line}: nothing found like ${pattern.source}`);
  }
}

const wantComment = /\/\/ want(\+\d+)? ((?:`[^`]*`\s*)+)/;

/** The text without its `want` comments, which would stand inside what a fix replaces. */
export function withoutWants(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const comment = wantComment.exec(line);
      if (!comment) return [line];
      const rest = line.slice(0, comment.index).trimEnd();
      return rest === '' ? [] : [rest];
    })
    .join('\n');
}

/** The patterns of `// want` comments by 1-based line. */
function wantsIn(text: string): Map<number, RegExp[]> {
  const wants = new Map<number, RegExp[]>();
  text.split('\n').forEach((line, index) => {
    const comment = wantComment.exec(line);
    if (!comment) return;
    const at = index + 1 + Number(comment[1] ?? 0);
    const patterns = [...comment[2]!.matchAll(/`([^`]*)`/g)];
    wants.set(at, patterns.map((match) => new RegExp(match[1]!)));
  });
  return wants;
}

export function findingsOf(analysis: FileAnalysis, rule: string): readonly Finding[] {
  return analysis.findings.filter((finding) => finding.rule === rule);
}

function checkGolden(fixture: Fixture, name: string, kind: 'safe' | 'unsafe'): void {
  const golden = join(fixture.folder, kind === 'safe' ? `${name}.golden` : `${name}.unsafe.golden`);
  const fixed = applyFixes(fixture, name, kind);
  if (fixed === undefined || (kind === 'unsafe' && fixed === applyFixes(fixture, name, 'safe'))) {
    assert.ok(!existsSync(golden), `${golden} exists, but no finding has such a fix`);
    return;
  }
  if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, fixed);
  assert.ok(existsSync(golden), `${golden} is missing (UPDATE_GOLDEN=1 writes it)`);
  assert.equal(fixed, readFileSync(golden, 'utf8'), `${name} after ${kind} fixes differs from its golden file`);
}

/** The text after fixes were applied until none is left, or undefined if there was none; fails when they never end. */
function applyFixes(fixture: Fixture, name: string, kind: 'safe' | 'unsafe'): string | undefined {
  const files = new Map([...fixture.files].map(([file, text]) => [file, withoutWants(text)]));
  for (let pass = 0; pass < 10; pass++) {
    const path = `${fixtureRoot}/${name}`;
    const analyzer = analyzerOver(files);
    const analysis = analyzer.analyze(path);
    const fixes = findingsOf(analysis, fixture.rule).flatMap((finding) => (kind === 'safe' ? finding.fixes.find((fix) => fix.safe) : finding.fixes[0]) ?? []);
    const chosen = analyzer.combinedEdits(path, fixes);
    if (chosen.length === 0) return pass === 0 ? undefined : files.get(name);
    const text = applyEdits(files.get(name)!, chosen);
    assert.notEqual(text, files.get(name), 'a fix that changes nothing');
    files.set(name, text);
  }
  return assert.fail(`${name}: fixes go on after ten passes`);
}
