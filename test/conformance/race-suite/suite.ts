// The test suite of Go's race detector, read from an installed Go: test functions whose names begin with TestRace have a
// race, those that begin with TestNoRace have none. What rules about races find in them is counted by function.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodeKind } from '../../../server/src/go/syntax/ast.ts';
import type * as ast from '../../../server/src/go/syntax/ast.ts';
import { parseFile } from '../../../server/src/go/syntax/parser.ts';
import { forEachChild } from '../../../server/src/go/syntax/walk.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import { LineIndex } from '../../../server/src/text/line-index.ts';
import { analyzerOver } from '../../harness/fixtures.ts';

/** The rules whose findings say that two accesses are not ordered. */
const rulesAboutRaces = new Set([
  'unsynchronized-access',
  'inconsistent-guard',
  'write-under-read-lock',
  'guarded-map-escapes',
  'mutated-after-unlock',
  'useless-lock',
  'shared-lock-replaced',
  'waitgroup-misuse',
  'once-never-rearms',
  'atomic-value-misuse',
  'mixed-atomic-access',
]);

export interface SuiteTest {
  readonly name: string;
  /** What the file is about: `map` for map_test.go. */
  readonly category: string;
  readonly racy: boolean;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The rules with a finding in the function, with the line. */
  readonly findings: readonly string[];
}

interface Declared {
  readonly name: string;
  readonly file: string;
  readonly node: ast.FuncDecl;
}

/** Where a Go release keeps the suite, or undefined. */
export function suiteFolder(goroot: string): string | undefined {
  const folder = join(goroot, 'src', 'runtime', 'race', 'testdata');
  return existsSync(folder) ? folder : undefined;
}

/** Runs the analyzer over the suite. `version` is the go line the files are read with: `1.26`. */
export function runSuite(folder: string, version: string): readonly SuiteTest[] {
  const files = new Map([['go.mod', `module example.com/race\n\ngo ${version}\n`]]);
  for (const name of readdirSync(folder)) if (name.endsWith('_test.go')) files.set(name, readFileSync(join(folder, name), 'utf8'));
  const sources = [...files].filter(([name]) => name.endsWith('.go'));
  const declared = sources.flatMap(([file, text]) => functionsOf(file, text));
  const lines = new Map(sources.map(([file, text]) => [file, new LineIndex(text)]));
  const users = usersOf(declared);
  const found = new Map<string, string[]>();
  const analyzer = analyzerOver(files);
  for (const [file] of sources) {
    for (const finding of analyzer.analyze(`/fixture/${file}`).findings) {
      if (!rulesAboutRaces.has(finding.rule)) continue;
      const place = `${finding.rule} ${file}:${lines.get(file)!.line(finding.span.start) + 1}`;
      for (const name of testsOf(finding, declared, users)) found.set(name, [...(found.get(name) ?? []), place]);
    }
  }
  return declared.filter(({ name }) => isTest(name)).map(({ name, file, node }) => ({
    name,
    category: file.replace(/_test\.go$/, ''),
    racy: name.startsWith('TestRace'),
    file,
    line: lines.get(file)!.line(node.pos) + 1,
    findings: found.get(name) ?? [],
  }));
}

function isTest(name: string): boolean {
  return name.startsWith('TestRace') || name.startsWith('TestNoRace');
}

function functionsOf(file: string, text: string): readonly Declared[] {
  return parseFile(text).decls.flatMap((node) => (node.kind === NodeKind.FuncDecl ? [{ name: node.name.name, file, node }] : []));
}

/** By the name of a function that is no test: the tests that come to it, directly or through others. */
function usersOf(declared: readonly Declared[]): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map(declared.map(({ name, node }) => [name, namesIn(node)]));
  const users = new Map<string, Set<string>>();
  for (const { name } of declared) {
    if (!isTest(name)) continue;
    const reached = new Set<string>();
    const pending = [name];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      pending.push(...[...(named.get(at) ?? [])].filter((each) => named.has(each) && !isTest(each)));
    }
    for (const each of reached) users.set(each, (users.get(each) ?? new Set()).add(name));
  }
  return users;
}

function namesIn(node: ast.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (each: ast.Node): void => {
    if (each.kind === NodeKind.Ident) names.add(each.name);
    forEachChild(each, visit);
  };
  visit(node);
  return names;
}

/**
 * The tests a finding is about: those that hold one of its places. If all its places are in functions that tests share,
 * it is about every test that comes to one: a shared function is as racy as its users.
 */
function testsOf(finding: Finding, declared: readonly Declared[], users: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const places = [{ path: finding.path, span: finding.span }, ...finding.related];
  const functions = places.flatMap(({ path, span }) => declared.filter(({ file, node }) => path === `/fixture/${file}` && node.pos <= span.start && span.end <= node.end));
  const tests = functions.filter(({ name }) => isTest(name));
  if (tests.length > 0) return new Set(tests.map(({ name }) => name));
  return new Set(functions.flatMap(({ name }) => [...(users.get(name) ?? [])]));
}

export interface Level {
  /** How many racy functions there are, and in how many something is found. */
  readonly racy: number;
  readonly found: number;
  /** How many functions without a race there are, and in how many something is found. */
  readonly raceFree: number;
  readonly false: number;
}

export function levelOf(tests: readonly SuiteTest[]): Level {
  const racy = tests.filter((test) => test.racy);
  const raceFree = tests.filter((test) => !test.racy);
  const count = (list: readonly SuiteTest[]): number => list.filter(({ findings }) => findings.length > 0).length;
  return { racy: racy.length, found: count(racy), raceFree: raceFree.length, false: count(raceFree) };
}

/** What is missed by category, and what is wrongly found, as lines of text. */
export function tableOf(tests: readonly SuiteTest[]): readonly string[] {
  const categories = [...new Set(tests.map(({ category }) => category))].sort();
  const lines: string[] = [];
  for (const category of categories) {
    const racy = tests.filter((test) => test.category === category && test.racy);
    const missed = racy.filter(({ findings }) => findings.length === 0);
    if (racy.length === 0) continue;
    lines.push(`${category}: ${racy.length - missed.length} of ${racy.length}${missed.length > 0 ? ', missed:' : ''}`);
    for (const { name, file, line } of missed) lines.push(`    ${name} ${file}:${line}`);
  }
  const wrong = tests.filter(({ racy, findings }) => !racy && findings.length > 0);
  if (wrong.length > 0) lines.push('wrongly found:');
  for (const { name, findings } of wrong) lines.push(`    ${name} ${findings.join(', ')}`);
  return lines;
}
