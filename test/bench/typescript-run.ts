// The TypeScript half of the analysis in this process: what a keystroke costs in each tier, in milliseconds of CPU
// time (the collector's threads included), and how long it takes. Prints JSON.
// Arguments: the file that is edited, in its project; how many edits; `syntax` or `typed` for one tier alone; what is edited:
// `letters` of a name in a function (where nothing is said), `functions` for three functions at once, `signature` for the
// parameters of a function or method.

import { readFileSync } from 'node:fs';
import type ts from 'typescript';
import { Analyzer } from '../../server/src/analyzer.ts';
import type { Tier } from '../../server/src/rules/typescript-context.ts';
import { DiskFileSystem } from '../../server/src/node/disk-file-system.ts';
import { OverlayFileSystem } from '../../server/src/workspace/overlay.ts';
import { typeScriptForTests } from '../harness/typescript.ts';

/** The text after an edit; each goes on from the original. */
type Editor = (original: string) => (index: number) => string;

const editors: Readonly<Record<string, Editor>> = {
  // A name is typed in the middle of the file, one letter after another, in a function that is already there.
  letters: (original) => {
    const at = original.indexOf('{\n', Math.floor(original.length / 2)) + 2;
    return (i) => `${original.slice(0, at)}    const ${nameOf(i)} = ${i};\n${original.slice(at)}`;
  },
  functions: (original) => {
    const bodies = functionsIn(original).flatMap(({ body }) => (body ? [body.getStart() + 1] : []));
    const places = [1, 2, 3].map((quarter) => bodies[Math.floor((bodies.length * quarter) / 4)]!);
    return (i) => places.reduceRight((text, at) => `${text.slice(0, at)} const ${nameOf(i)} = ${i};${text.slice(at)}`, original);
  },
  signature: (original) => {
    const functions = functionsIn(original);
    const { parameters } = functions[Math.floor(functions.length / 2)]!;
    return (i) => `${original.slice(0, parameters.end)}${parameters.length > 0 && !parameters.hasTrailingComma ? ', ' : ''}${nameOf(i)}?: string${original.slice(parameters.end)}`;
  },
};

function nameOf(index: number): string {
  return `${'typed'.slice(0, 1 + (index % 5))}${index}`;
}

/** The functions and methods that have a name, and no overloads, in their order. */
function functionsIn(text: string): readonly (ts.FunctionDeclaration | ts.MethodDeclaration)[] {
  const { compiler } = typeScriptForTests();
  const found: (ts.FunctionDeclaration | ts.MethodDeclaration)[] = [];
  const visit = (node: ts.Node): void => {
    if ((compiler.isFunctionDeclaration(node) || compiler.isMethodDeclaration(node)) && node.body) found.push(node);
    else compiler.forEachChild(node, visit);
  };
  visit(compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true));
  return found;
}

const [path = '', count = '100', ...more] = process.argv.slice(2);
const tiers = more.filter((word) => word === 'syntax' || word === 'typed');
const edited = more.find((word) => word in editors) ?? 'letters';

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 10) / 10;
}

function measure(tier: Tier): { readonly load: number; readonly first: number; readonly p50: number; readonly p95: number; readonly wait: { readonly p50: number; readonly p95: number }; readonly findings: number } {
  const loading = process.cpuUsage();
  typeScriptForTests();
  const load = milliseconds(process.cpuUsage(loading));
  const files = new OverlayFileSystem(new DiskFileSystem());
  const analyzer = new Analyzer({ fileSystem: files, environment: { goos: 'linux', goarch: 'amd64' }, typescript: typeScriptForTests, tier });
  const begun = process.cpuUsage();
  const original = readFileSync(path, 'utf8');
  const edit = editors[edited]!(original);
  let { findings } = analyzer.analyze(path);
  const first = milliseconds(process.cpuUsage(begun));
  const times: number[] = [];
  const waits: number[] = [];
  for (let i = 0; i < Number(count); i++) {
    const text = edit(i);
    const begunEdit = process.cpuUsage();
    const start = performance.now();
    files.set(path, text);
    analyzer.changed(path);
    ({ findings } = analyzer.analyze(path));
    times.push(milliseconds(process.cpuUsage(begunEdit)));
    waits.push(performance.now() - start);
  }
  return { load: Math.round(load), first: Math.round(first), p50: quantile(times, 0.5), p95: quantile(times, 0.95), wait: { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95) }, findings: findings.length };
}

const asked = (['syntax', 'typed'] as const).filter((tier) => tiers.length === 0 || tiers.includes(tier));
console.log(JSON.stringify({ ...Object.fromEntries(asked.map((tier) => [tier, measure(tier)])), megabytes: Math.round(process.memoryUsage.rss() / 1e6) }));
