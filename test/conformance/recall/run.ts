// `npm run recall -- <folder of snapshots> [--language go|typescript] [--keep folder] [--only part] [--fast yes] [--state file [--report yes]]`:
// are faults that were found and fixed in the history of well-known repositories reported before the fix, and is the place
// silent after it? Without a language, both.
//
// go-fixes.json and typescript-fixes.json name the commits and, in a sentence of ours, the fault: the lines are those of the
// version before the fix. The result is written to recall.md and recall-typescript.md, unless `--only` leaves fixes out. `--keep` names a folder where the trees stay for the
// next run. With `--fast` the version after a fix is looked at only where the one before was reported.
// `--state` names a file that keeps outcomes, so that an interrupted run goes on where it stopped; `--report`
// writes the page from it and runs nothing. Small packages come first.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { Snapshot, check } from '../snapshots.ts';
import type { Place, ReportedFinding } from '../snapshots.ts';
import { LineMap } from './line-map.ts';

interface Fix {
  readonly repository: string;
  readonly commit: string;
  readonly file: string;
  /** Lines of `file` before the fix where a report is right, 1-based: both sides of a race, both ends of a held lock. */
  readonly lines: readonly number[];
  /** The same in other files of the package. */
  readonly also?: Readonly<Record<string, readonly number[]>>;
  readonly kind: string;
  readonly note: string;
  /** Another fault at the same place that the fix left, as it was read in the source: the rules that tell it, and what it is. */
  readonly remains?: { readonly rules: readonly string[]; readonly note: string };
  /** Go: the module's path where the commit is older than its go.mod. */
  readonly module?: string;
  /** TypeScript: the folders or files that are taken out of the snapshot; the rest of the repository is as unknown as its dependencies. */
  readonly project?: string | readonly string[];
}

interface Outcome {
  readonly fix: Fix;
  readonly foundBy: readonly string[];
  /** undefined where the version after was not looked at. */
  readonly leftAfter: readonly string[] | undefined;
  /**
   * The same without findings that are told in both versions in the same words, at a place of their own that is no line of the fault, and only
   * name such a line as their other side: what they tell is not what was fixed. undefined if there are none.
   */
  readonly ownPlaces?: { readonly foundBy: readonly string[]; readonly leftAfter: readonly string[] };
  readonly failure?: string;
}

/** Rules that say nothing about what is shared, locked or lost. */
const beside = new Set(['delete-loop', 'version-compare', 'clear-needs-newer-go', 'remade-without-size', 'suppression', 'clear-keeps-capacity', 'clear-keeps-length', 'fixed-keys-recreated', 'environment-wiped', 'mutated-while-iterated', 'nan-key-survives', 'sync-map-misfit']);

const goPage = `# Faults that were fixed, before and after the fix

Each row is a commit in the history of a public repository that fixed a race, a lock fault or a map fault that can be seen in one package. They were chosen by reading the commits whose messages speak of such a fault, not by what is found. \`go-fixes.json\` has the lines and, in our words, the fault. None of the code is here. Run again with

    npm run recall -- <folder with snapshots as git directories> --language go

Before: a finding with its own or a related place on a line of the fault, in the package at the parent commit. After: no finding at the lines that these become. Dependencies are not there, except vendored ones. A tree from before modules is read as a module of its path.

A finding elsewhere that only names a line of the fault as its other side, and that the fix left as it was, is about something else: for the second pair of numbers it counts neither as a report before nor as one after.

The engine was mended with the first 118 of these faults in view. Seventy-five more were written down afterwards, at most five of a repository, the newest first, and then run: 24 of the 73 that ran were reported, which says more about others than the share below. What was mended since had some of these in view as well.

Then forty-four more were written down, at most three of a repository, most of repositories that no fix was taken from before, and run before anything was mended: 12 of the 44 were reported, and 22 with what was mended in view of them. Of the older ones only 29 that had been silent were run again with that: they stayed silent.`;

const typeScriptPage = `# Faults of asynchronous TypeScript and JavaScript that were fixed, before and after the fix

Each row is a commit in the history of a public repository that fixed a race across a suspension, or a clearing, that can be seen in one folder. They were chosen by reading the commits whose messages speak of such a fault, before the rules were run over them. \`typescript-fixes.json\` has the lines and, in our words, the fault. None of the code is here. Run again with

    npm run recall -- <folder with snapshots as git directories> --language typescript

Before: a finding with its own or a related place on a line of the fault, in the file at the parent commit. After: no finding at the lines that these become. Only the folder named in \`project\` is there: what it imports from elsewhere, dependencies among it, is unknown. The engine was mended with the first 27 of these faults in view (it reported 3 of them when they were chosen). Eighteen more, the last eighteen rows, were written down afterwards, at most four of a repository, and then run: 3 of the 18 were reported, none at its place after the fix, which says more about others than the share below. What was mended since had these eighteen in view as well.

What the engine lacks for those of the eighteen that it does not report:

- a store that is known by an interface of its own, or by a type that is not there: a session in a storage, a version in the state of an editor (2)
- what is written after a suspension of a function that is called, into state that a callback is given to change (1)
- a flag that is taken back and set again during one await, so that a look at it tells nothing (1)
- a promise of readiness that belongs to an object: who keeps the object keeps the failure (1)
- what another function goes through and ends, without emptying it: who is added later is not ended (1)
- one field that another function takes back while it is awaited; only containers are followed so, because fields are taken back by whoever ends an object (1)
- entries that are used after an await though they were taken out meanwhile, where they were held, or where a failure is swallowed on purpose (2)
- a claim that is given up before the awaited work is done (1)
- what is set whatever was looked up before, because the old one is only ended if there is one (1), and what is stored over others without any look (1)
- a package that lies in a folder called node_modules, which is not looked into; elsewhere the fault is reported (1)`;

const root = process.cwd();
const here = join(root, 'test', 'conformance', 'recall');
const { snapshots, kept, only, fast, state, reportOnly, language } = options(process.argv.slice(2));
const work = kept ?? mkdtempSync(join(tmpdir(), 'mapwarden-recall-'));
mkdirSync(work, { recursive: true });

const known = new Map<string, Outcome>(state !== undefined && existsSync(state) ? (JSON.parse(readFileSync(state, 'utf8')) as readonly Outcome[]).map((outcome) => [outcome.fix.commit, outcome]) : []);
if (language !== 'typescript') run('go-fixes.json', 'recall.md', goPage);
if (language !== 'go') run('typescript-fixes.json', 'recall-typescript.md', typeScriptPage);
if (kept === undefined) rmSync(work, { recursive: true, force: true });

function run(data: string, page: string, introduction: string): void {
  const fixes = (JSON.parse(readFileSync(join(here, data), 'utf8')) as readonly Fix[]).filter((fix) => only === undefined || `${fix.repository} ${fix.commit} ${fix.file} ${fix.kind}`.includes(only));
  for (const { fix } of fixes.map((fix) => ({ fix, size: packageSize(fix) })).sort((a, b) => a.size - b.size)) {
    const outcome = known.get(fix.commit) ?? (reportOnly ? { fix, foundBy: [], leftAfter: undefined, failure: 'not run' } : tryFix(fix));
    known.set(fix.commit, outcome);
    console.log(line(outcome));
    if (state !== undefined && !reportOnly) writeFileSync(state, JSON.stringify([...known.values()]));
  }
  const outcomes = fixes.flatMap(({ commit }) => known.get(commit) ?? []);
  console.log(`\n${summary(outcomes)}`);
  if (only === undefined) writeFileSync(join(here, page), report(outcomes, introduction));
}

/** The bytes of the files of a fix's package, as far as the snapshot tells. */
function packageSize(fix: Fix): number {
  const snapshot = new Snapshot(snapshots, fix.repository);
  if (!snapshot.exists || fix.project !== undefined) return 0;
  const folder = posix.dirname(fix.file);
  const listed = snapshot.git('ls-tree', '-l', `${fix.commit}^`, folder === '.' ? './' : `${folder}/`);
  return listed.split('\n').reduce((sum, entry) => sum + (entry.endsWith('.go') ? Number(/^\S+ blob \S+ +(\d+)/.exec(entry)?.[1] ?? 0) : 0), 0);
}

function tryFix(fix: Fix): Outcome {
  const snapshot = new Snapshot(snapshots, fix.repository);
  if (!snapshot.exists) return { fix, foundBy: [], leftAfter: undefined, failure: 'no snapshot' };
  try {
    const parent = snapshot.git('rev-parse', `${fix.commit}^`).trim();
    const before = new Map(Object.entries({ [fix.file]: fix.lines, ...fix.also }));
    const after = new Map([...before].map(([file, lines]) => [file, new LineMap(snapshot.git('diff', '-U0', '--no-renames', parent, fix.commit, '--', file)).mapAll(lines)]));
    const foundBefore = findings(snapshot, parent, fix);
    const foundBy = rulesAt(foundBefore, before);
    if (fast && foundBy.length === 0) return { fix, foundBy, leftAfter: undefined };
    const foundAfter = findings(snapshot, fix.commit, fix);
    const leftAfter = rulesAt(foundAfter, after);
    // A finding of the version before, and the same one of the version after.
    const pairs = foundBefore.filter((each) => !isAt(ownPlace(each), before)).flatMap((each) => {
      const { file, line } = ownPlace(each);
      const moved = new LineMap(snapshot.git('diff', '-U0', '--no-renames', parent, fix.commit, '--', file)).map(line);
      const same = foundAfter.find((other) => other.rule === each.rule && wordsOf(other) === wordsOf(each) && ownPlace(other).file === file && moved.includes(ownPlace(other).line) && !isAt(ownPlace(other), after));
      return same ? [[each, same] as const] : [];
    });
    const unmoved = new Set(pairs.flat());
    const own = { foundBy: rulesAt(foundBefore.filter((each) => !unmoved.has(each)), before), leftAfter: rulesAt(foundAfter.filter((each) => !unmoved.has(each)), after) };
    return { fix, foundBy, leftAfter, ...((own.foundBy.length !== foundBy.length || own.leftAfter.length !== leftAfter.length) && { ownPlaces: own }) };
  } catch (error) {
    return { fix, foundBy: [], leftAfter: undefined, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** What the command line finds in the fix's package or file at a commit. */
function findings(snapshot: Snapshot, commit: string, fix: Fix): readonly ReportedFinding[] {
  const project = typeof fix.project === 'string' ? [fix.project] : fix.project;
  const tree = join(work, `${fix.repository.replace('/', '+')}-${commit.slice(0, 12)}${project === undefined ? '' : `-${project[0]!.replaceAll('/', '+')}`}`);
  if (project === undefined) snapshot.extract(commit, tree, fix.module);
  else snapshot.extractTypeScript(commit, tree, project);
  const folder = posix.dirname(fix.file);
  const files = project !== undefined ? [fix.file] : readdirSync(join(tree, folder)).filter((name) => name.endsWith('.go')).map((name) => posix.join(folder, name));
  const found = check(root, tree, files).findings.filter(({ rule }) => !beside.has(rule));
  writeFileSync(`${tree}-${folder.replaceAll('/', '+')}.json`, JSON.stringify(found, undefined, 1));
  return found;
}

/** The rules with a primary or related place on one of the lines. */
function rulesAt(found: readonly ReportedFinding[], lines: ReadonlyMap<string, readonly number[]>): readonly string[] {
  const rules = found.filter((each) => isAt(ownPlace(each), lines) || each.related.some((place) => isAt(place, lines))).map(({ rule }) => rule);
  return [...new Set(rules)].sort();
}

function isAt({ file, line }: Place, lines: ReadonlyMap<string, readonly number[]>): boolean {
  return lines.get(file)?.includes(line) === true;
}

function ownPlace({ location: { file, startLine } }: ReportedFinding): Place {
  return { file, line: startLine };
}

/** What a finding says, without the numbers of lines in it. */
function wordsOf({ message }: ReportedFinding): string {
  return message.replaceAll(/\d+/g, '');
}

function line({ fix, foundBy, leftAfter, failure }: Outcome): string {
  const outcome = failure ?? `${foundBy.join(' ') || '-'} | after: ${leftAfter === undefined ? 'not looked at' : leftAfter.join(' ') || 'silent'}`;
  return `${fix.repository} ${fix.commit.slice(0, 12)} ${fix.file}:${fix.lines[0]} ${fix.kind} | ${outcome}`;
}

function summary(all: readonly Outcome[]): string {
  const ran = all.filter(({ failure }) => failure === undefined);
  const found = ran.filter(({ foundBy }) => foundBy.length > 0).length;
  const looked = ran.flatMap(({ leftAfter }) => leftAfter === undefined ? [] : [leftAfter]);
  const silent = looked.filter((left) => left.length === 0).length;
  const others = ran.filter(isOtherFault).length;
  const ownFound = ran.filter(({ foundBy, ownPlaces }) => (ownPlaces?.foundBy ?? foundBy).length > 0).length;
  const ownSilent = ran.filter(({ leftAfter, ownPlaces }) => (ownPlaces?.leftAfter ?? leftAfter)?.length === 0).length;
  const own = ran.some(({ ownPlaces }) => ownPlaces) ? ` Without findings that stand elsewhere in both versions, word for word, and only name a line of the fault as their other side: before ${share(ownFound, ran.length)}, after ${share(ownSilent, looked.length)}.` : '';
  return `Before: reported at the fault in ${share(found, ran.length)}. After: silent at that place in ${share(silent, looked.length)}.${others === 0 ? '' : ` ${others === looked.length - silent ? `The ${others}` : `${others} of the`} others tell another fault that the fix left, below: not told again are ${share(silent + others, looked.length)}.`}${ran.length < all.length ? ` ${all.length - ran.length} did not run.` : ''}${own}`;
}

/** True if what is reported after the fix is another fault, which somebody read. */
function isOtherFault({ fix: { remains }, leftAfter }: Outcome): boolean {
  return remains !== undefined && leftAfter !== undefined && leftAfter.length > 0 && leftAfter.every((rule) => remains.rules.includes(rule));
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? 0 : Math.round((part * 1000) / whole) / 10} %)`;
}

function report(all: readonly Outcome[], introduction: string): string {
  const kinds = [...new Set(all.map(({ fix }) => fix.kind))].sort();
  const perKind = kinds.map((kind) => {
    const own = all.filter(({ fix }) => fix.kind === kind);
    return `| ${kind} | ${own.length} | ${own.filter(({ foundBy }) => foundBy.length > 0).length} | ${own.filter(({ leftAfter }) => leftAfter?.length === 0).length} |`;
  });
  const rows = all.map(({ fix, foundBy, leftAfter, failure }) => {
    const outcome = failure !== undefined ? '– | –' : `${foundBy.length > 0 ? 'reported' : 'silent'} | ${leftAfter === undefined ? 'not looked at' : leftAfter.length > 0 ? `reported (${leftAfter.join(', ')})` : 'silent'}`;
    return `| ${fix.repository} | ${fix.commit.slice(0, 12)} | ${fix.file} | ${fix.lines[0]} | ${fix.kind} | ${outcome} | ${foundBy.map((rule) => `\`${rule}\``).join(' ')} |`;
  });
  return `${introduction}

${summary(all)}

| kind | fixes | reported before | silent after |
|---|---|---|---|
${perKind.join('\n')}

| repository | commit | file | line | kind | before | after | found by |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
${leftOver(all)}`;
}

/** What is reported after a fix and was read. */
function leftOver(all: readonly Outcome[]): string {
  const rows = all.filter(isOtherFault).map(({ fix }) => `- ${fix.repository} ${fix.commit.slice(0, 12)}, \`${fix.remains!.rules.join('`, `')}\`: ${fix.remains!.note}`);
  return rows.length === 0 ? '' : `\nReported after the fix, and another fault that it left:\n\n${rows.join('\n')}\n`;
}

function options(given: readonly string[]): { readonly snapshots: string; readonly kept?: string; readonly only?: string; readonly fast: boolean; readonly reportOnly: boolean; readonly state?: string; readonly language: string | undefined } {
  let snapshots: string | undefined;
  const named = new Map<string, string>();
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? '';
    if (argument.startsWith('--')) named.set(argument.slice(2), given[++i] ?? '');
    else snapshots = argument;
  }
  if (snapshots === undefined) {
    console.error(`usage: npm run recall -- <folder of snapshots> [--language go|typescript] [--keep folder] [--only part] [--fast yes] [--state file]   (${dirname(here)})`);
    process.exit(2);
  }
  const kept = named.get('keep');
  const only = named.get('only');
  const state = named.get('state');
  return { snapshots, language: named.get('language'), fast: named.has('fast'), reportOnly: named.has('report'), ...(state === undefined ? {} : { state }), ...(kept === undefined ? {} : { kept }), ...(only === undefined ? {} : { only }) };
}
