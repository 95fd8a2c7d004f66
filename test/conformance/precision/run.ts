// `npm run precision -- <folder of snapshots> [--language go|typescript] [--keep folder] [--sample file] [--rules a,b] [--only part] [--without-go yes]`: what the rules find in
// repositories that they were not written against. The language is Go unless it is said.
//
// With `--keep` what was found is kept beside the trees, and `--reuse yes` takes it from there.
//
// Counts by rule and repository, draws for every rule a sample of thirty findings and writes it with excerpts to the file that
// `--sample` names, for reading. What was read is kept in verdicts.json and typescript-verdicts.json; from it follow the figures in ../precision.md and ../precision-typescript.md. A
// finding's place in the sample depends on itself alone, so that verdicts outlive a change of the engine.

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGo } from '../../harness/go.mjs';
import { Snapshot, check, typeScriptEndings } from '../snapshots.ts';
import type { CommandReport, ReportedFinding } from '../snapshots.ts';
import { wilsonLowerBound } from './wilson.ts';

interface Verdict {
  readonly repository: string;
  readonly commit: string;
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly true: boolean;
  readonly reason: string;
}

interface Measured {
  readonly repository: string;
  readonly commit: string;
  readonly tree: string;
  readonly lines: number;
  readonly findings: readonly ReportedFinding[];
  readonly skipped: number;
}

const sampleSize = 30;
const seed = 'mapwarden';
const excerptMargin = 6;

interface Language {
  readonly repositories: string;
  readonly verdicts: string;
  readonly page: string;
  readonly heading: string;
  readonly endings: readonly string[];
  extract(snapshot: Snapshot, commit: string, tree: string): void;
}

const languages: Readonly<Record<string, Language>> = {
  go: { repositories: 'repositories.json', verdicts: 'verdicts.json', page: 'precision.md', heading: 'Sharing and locks', endings: ['.go'], extract: (snapshot, commit, tree) => snapshot.extract(commit, tree) },
  typescript: {
    repositories: 'typescript-repositories.json',
    verdicts: 'typescript-verdicts.json',
    page: 'precision-typescript.md',
    heading: 'All rules, by samples',
    endings: typeScriptEndings,
    extract: (snapshot, commit, tree) => snapshot.extractTypeScript(commit, tree),
  },
};

const root = process.cwd();
const here = join(root, 'test', 'conformance', 'precision');
const { snapshots, named } = options(process.argv.slice(2));
const languageName = named.get('language') ?? 'go';
const language = languages[languageName]!;
const page = join(root, 'test', 'conformance', language.page);
const work = named.get('keep') ?? mkdtempSync(join(tmpdir(), 'mapwarden-precision-'));
const rules = named.get('rules')?.split(',');
const only = named.get('only');
mkdirSync(work, { recursive: true });

const repositories = (JSON.parse(readFileSync(join(here, language.repositories), 'utf8')) as readonly { readonly repository: string; readonly commit: string }[]).filter(({ repository }) => only === undefined || repository.includes(only));
const verdicts = JSON.parse(readFileSync(join(here, language.verdicts), 'utf8')) as readonly Verdict[];
const measured: Measured[] = [];
for (const { repository, commit } of repositories) {
  const snapshot = new Snapshot(snapshots, repository);
  if (!snapshot.exists) {
    console.log(`${repository}: no snapshot`);
    continue;
  }
  const tree = join(work, `${repository.replace('/', '+')}-${commit.slice(0, 12)}`);
  language.extract(snapshot, commit, tree);
  run(repository, commit, tree, '.');
}
const go = findGo();
if (go && languageName === 'go' && !named.has('without-go') && (only === undefined || only === 'go')) {
  const [goroot, version] = spawnSync(go, ['env', 'GOROOT', 'GOVERSION'], { encoding: 'utf8' }).stdout.split('\n');
  if (goroot && version) run('GOROOT/src', version, goroot, 'src');
}

const found = measured.flatMap((one) => one.findings.map((finding) => ({ ...one, finding }))).filter(({ finding }) => rules === undefined || rules.includes(finding.rule));
const ruleIds = [...new Set([...found.map(({ finding }) => finding.rule), ...(rules === undefined ? verdicts.map(({ rule }) => rule) : [])])].sort();
const samples = new Map(ruleIds.map((rule) => [rule, sampleOf(rule)]));
const sampleFile = named.get('sample');
if (sampleFile !== undefined) writeFileSync(sampleFile, [...samples].map(([rule, sample]) => `\n======== ${rule}\n${sample.map(excerpts).join('\n')}`).join('\n'));
for (const rule of ruleIds) console.log(score(rule).text);
if (rules === undefined && only === undefined) writePage();
if (!named.has('keep')) rmSync(work, { recursive: true, force: true });

function run(repository: string, commit: string, tree: string, path: string): void {
  let report: CommandReport;
  try {
    const kept = `${tree}.json`;
    report = named.has('reuse') && existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as CommandReport) : check(root, tree, [path]);
    if (named.has('keep')) writeFileSync(kept, JSON.stringify(report));
  } catch (error) {
    console.log(`${repository}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const lines = linesUnder(join(tree, path));
  measured.push({ repository, commit, tree, lines, findings: report.findings, skipped: report.stats?.skipped.length ?? 0 });
  console.log(`${repository} ${commit.slice(0, 12)}: ${report.findings.length} findings, ${lines} lines, ${report.stats?.milliseconds ?? 0} ms`);
}

function identity(repository: string, commit: string, rule: string, file: string, line: number): string {
  return [repository, commit, rule, file, line].join('\0');
}

/** At most thirty findings of a rule, in an order that each finding's own place decides. */
function sampleOf(rule: string): typeof found {
  const order = (one: (typeof found)[number]): string => createHash('sha256').update(`${seed}\0${identity(one.repository, one.commit, rule, one.finding.location.file, one.finding.location.startLine)}`).digest('hex');
  return found
    .filter(({ finding }) => finding.rule === rule)
    .map((one) => ({ one, key: order(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, sampleSize)
    .map(({ one }) => one);
}

function verdictOf(one: (typeof found)[number]): Verdict | undefined {
  const { rule, location } = one.finding;
  return verdicts.find((verdict) => verdict.rule === rule && verdict.repository === one.repository && verdict.commit === one.commit && verdict.file === location.file && verdict.line === location.startLine);
}

/** Over the verdicts of a rule: those of trees run now count if the finding is still there, those of other trees as they are. */
function score(rule: string): { readonly text: string; readonly row: string } {
  const total = found.filter(({ finding }) => finding.rule === rule).length;
  const now = new Set(measured.map(({ repository, commit }) => `${repository} ${commit}`));
  const stillFound = new Set(found.map((one) => verdictOf(one)));
  const own = verdicts.filter((verdict) => verdict.rule === rule);
  const read = own.filter((verdict) => !now.has(`${verdict.repository} ${verdict.commit}`) || stillFound.has(verdict));
  const right = read.filter((verdict) => verdict.true).length;
  const mended = own.filter((verdict) => !verdict.true && !read.includes(verdict)).length;
  const bound = read.length === 0 ? '' : wilsonLowerBound(right, read.length).toFixed(2);
  return {
    text: `${rule}: ${total} found, ${right} of ${read.length} read are true, lower bound ${bound || '-'}, ${mended} false ones no longer found`,
    row: `| \`${rule}\` | ${total} | ${read.length} | ${right} | ${bound} | ${mended || ''} |`,
  };
}

/** What a rule is worth at each severity, over the findings of the trees run now that were read. */
function bySeverity(): string {
  const rows = ruleIds.flatMap((rule) => {
    const own = found.filter(({ finding }) => finding.rule === rule);
    return [...new Set(own.map(({ finding }) => finding.severity))].sort().map((severity) => {
      const said = own.filter(({ finding }) => finding.severity === severity);
      const read = said.flatMap((one) => verdictOf(one) ?? []);
      const right = read.filter((verdict) => verdict.true).length;
      return `| \`${rule}\` | ${severity} | ${said.length} | ${read.length} | ${right} | ${read.length === 0 ? '' : wilsonLowerBound(right, read.length).toFixed(2)} |`;
    });
  });
  return `| rule | severity | found | read | true | lower bound |\n|---|---|---|---|---|---|\n${rows.join('\n')}`;
}

/** Rules that say several things are worth what each of them is: over the findings that were read. */
function byMessage(): string {
  const rows = ruleIds.flatMap((rule) => {
    const own = found.filter(({ finding }) => finding.rule === rule);
    const ids = [...new Set(own.map(({ finding }) => finding.messageId))].sort();
    if (ids.length < 2) return [];
    return ids.map((id) => {
      const said = own.filter(({ finding }) => finding.messageId === id);
      const read = said.flatMap((one) => verdictOf(one) ?? []);
      const right = read.filter((verdict) => verdict.true).length;
      return `| \`${rule}\` | ${id} | ${[...new Set(said.map(({ finding }) => finding.severity))].join(', ')} | ${said.length} | ${read.length} | ${right} | ${read.length === 0 ? '' : wilsonLowerBound(right, read.length).toFixed(2)} |`;
    });
  });
  if (rows.length === 0) return '';
  return `| rule | message | severity | found | read | true | lower bound |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}`;
}

function excerpts({ repository, tree, finding }: (typeof found)[number], index: number): string {
  const places = [{ file: finding.location.file, line: finding.location.startLine, message: finding.message }, ...finding.related];
  const texts = places.map(({ file, line, message }) => {
    const source = readFileSync(join(tree, file), 'utf8').split('\n');
    const from = Math.max(0, line - 1 - excerptMargin);
    const shown = source.slice(from, line + excerptMargin).map((text, i) => `${from + i + 1 === line ? '>' : ' '}${from + i + 1}\t${text}`);
    return `  -- ${file}:${line} ${message}\n${shown.join('\n')}`;
  });
  return `\n#${index + 1} ${repository} ${finding.severity} ${finding.rule}/${finding.messageId}\n${texts.join('\n')}`;
}

/** Rewrites the measured part of the page; what stands outside of its marks is prose. */
function writePage(): void {
  const [start, end] = [`<!-- measured: npm run precision${languageName === 'go' ? '' : ` -- --language ${languageName}`} -->`, '<!-- end of measured -->'];
  const names = ruleIds.map((rule) => `\`${rule}\``);
  const counts = measured.map(({ repository, commit, lines, findings }) => `| ${repository} | ${commit.slice(0, 12)} | ${lines} | ${ruleIds.map((rule) => findings.filter((finding) => finding.rule === rule).length || '').join(' | ')} |`);
  const wrong = verdicts.filter((verdict) => !verdict.true).map(({ repository, commit, file, line, rule, reason }) => `- \`${rule}\`, ${repository} ${commit.slice(0, 12)} ${file}:${line}: ${reason}`);
  const text = `${start}

| repository | commit | lines | ${names.join(' | ')} |
|---|---|---|${ruleIds.map(() => '---|').join('')}
${counts.join('\n')}

${measured.reduce((sum, { lines }) => sum + lines, 0)} lines, ${measured.reduce((sum, { skipped }) => sum + skipped, 0)} files skipped.

| rule | found | read | true | lower bound | false ones no longer found |
|---|---|---|---|---|---|
${ruleIds.map((rule) => score(rule).row).join('\n')}

${bySeverity()}

${byMessage()}

Read means that the source around every place was opened: of a sample of ${sampleSize} in the repositories above, or of what is found in the packages of the recall corpus, before and after the fixes. The latter were chosen for having a fault, so they flatter the share; the reasons of the false ones count more. True means that what the finding says can happen. Lower bound: Wilson, 95 %.

False ones, mended or not:

${wrong.join('\n')}

${end}`;
  const old = readFileSync(page, 'utf8');
  const [from, to] = [old.indexOf(start), old.indexOf(end)];
  writeFileSync(page, from < 0 || to < 0 ? `${old.trimEnd()}\n\n## ${language.heading}\n\n${text}\n` : `${old.slice(0, from)}${text}${old.slice(to + end.length)}`);
}

/** The lines of the language's files under a folder, without vendored ones. */
function linesUnder(folder: string): number {
  let lines = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) lines += entry.name === 'vendor' || entry.name === 'node_modules' ? 0 : linesUnder(path);
    else if (entry.isFile() && language.endings.some((ending) => entry.name.endsWith(ending))) lines += readFileSync(path, 'latin1').split('\n').length;
  }
  return lines;
}

function options(given: readonly string[]): { readonly snapshots: string; readonly named: ReadonlyMap<string, string> } {
  let snapshots: string | undefined;
  const named = new Map<string, string>();
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? '';
    if (argument.startsWith('--')) named.set(argument.slice(2), given[++i] ?? '');
    else snapshots = argument;
  }
  if (snapshots === undefined) {
    console.error('usage: npm run precision -- <folder of snapshots> [--language go|typescript] [--keep folder] [--sample file] [--rules a,b] [--only part]');
    process.exit(2);
  }
  return { snapshots, named };
}
