// The TypeScript half of the analysis in this process: what a keystroke costs in each tier, in milliseconds of CPU
// time (the collector's threads included), and how long it takes. Prints JSON.
// Arguments: the file that is edited, in its project; how many edits; `syntax` or `typed` for one tier alone.

import { readFileSync } from 'node:fs';
import { Analyzer } from '../../server/src/analyzer.ts';
import type { Tier } from '../../server/src/rules/typescript-context.ts';
import { DiskFileSystem } from '../../server/src/node/disk-file-system.ts';
import { OverlayFileSystem } from '../../server/src/workspace/overlay.ts';
import { typeScriptForTests } from '../harness/typescript.ts';

const [path = '', count = '100', ...tiers] = process.argv.slice(2);

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
  let { findings } = analyzer.analyze(path);
  const first = milliseconds(process.cpuUsage(begun));
  const times: number[] = [];
  const waits: number[] = [];
  for (let i = 0; i < Number(count); i++) {
    // A name is typed in the middle of the file, one letter after another, in a function that is already there.
    const at = original.indexOf('{\n', Math.floor(original.length / 2)) + 2;
    const text = `${original.slice(0, at)}    const ${'typed'.slice(0, 1 + (i % 5))}${i} = ${i};\n${original.slice(at)}`;
    const edit = process.cpuUsage();
    const start = performance.now();
    files.set(path, text);
    analyzer.changed(path);
    ({ findings } = analyzer.analyze(path));
    times.push(milliseconds(process.cpuUsage(edit)));
    waits.push(performance.now() - start);
  }
  return { load: Math.round(load), first: Math.round(first), p50: quantile(times, 0.5), p95: quantile(times, 0.95), wait: { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95) }, findings: findings.length };
}

const asked = (['syntax', 'typed'] as const).filter((tier) => tiers.length === 0 || tiers.includes(tier));
console.log(JSON.stringify({ ...Object.fromEntries(asked.map((tier) => [tier, measure(tier)])), megabytes: Math.round(process.memoryUsage.rss() / 1e6) }));
