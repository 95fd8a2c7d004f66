// The table of a comparison, and whether it passes.

import type { Count, Difference, Tally } from './comparison.ts';

/** The classes of types that decide about maps, channels and what may run at the same time. */
export const importantClasses = ['map', 'chan', 'func', 'signature', 'pointer', 'struct', 'interface', 'named'];

export interface Shares {
  readonly important: number;
  readonly all: number;
  readonly wrong: number;
  readonly total: number;
}

/** Shares of alike and wrong among expressions, in percent. */
export function sharesOf(tally: Tally): Shares {
  const important = sum([...tally.classes].filter(([name]) => importantClasses.includes(name)).map(([, count]) => count));
  const all = sum([...tally.classes.values()]);
  return { important: percent(important.alike, important), all: percent(all.alike, all), wrong: percent(all.wrong, all), total: total(all) };
}

export function tableOf(tally: Tally, examples: number): string {
  const lines = ['', ...rows('kind of expression', tally.kinds), '', ...rows('class of type', tally.classes), ''];
  lines.push(...rows('besides', new Map([['definitions', tally.definitions], ['selections', tally.selections]])), '');
  const { important, all, wrong, total: count } = sharesOf(tally);
  lines.push(`${tally.packages} packages, ${count} expressions, ${tally.milliseconds.toFixed(0)} ms for ${(tally.units / 1e6).toFixed(1)} M units, parsing ${tally.parsing.milliseconds.toFixed(0)} ms for ${(tally.parsing.units / 1e6).toFixed(1)} M units`);
  lines.push(`map, chan, func, pointer, struct, interface, named: ${important.toFixed(3)} % alike; all: ${all.toFixed(3)} % alike, ${wrong.toFixed(3)} % wrong`);
  lines.push(...tally.crashes.map((crash) => `crash: ${crash}`));
  lines.push(...reasons(tally.differences, examples));
  return lines.join('\n');
}

function rows(title: string, counts: ReadonlyMap<string, Count>): readonly string[] {
  const sorted = [...counts].sort((a, b) => total(b[1]) - total(a[1]));
  const head = `${title.padEnd(20)}${'all'.padStart(10)}${'alike %'.padStart(10)}${'unknown'.padStart(10)}${'wrong'.padStart(8)}`;
  return [head, ...sorted.map(([name, count]) => `${name.padEnd(20)}${String(total(count)).padStart(10)}${percent(count.alike, count).toFixed(3).padStart(10)}${String(count.unknown).padStart(10)}${String(count.wrong).padStart(8)}`)];
}

/** The differences that do not follow from others, the commonest shapes first. */
function reasons(differences: readonly Difference[], examples: number): readonly string[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    if (!difference.first) continue;
    const key = `${difference.outcome} ${difference.what} of ${difference.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  const lines: string[] = [];
  for (const [key, group] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    lines.push('', `${key}: ${group.length}`);
    for (const example of group.slice(0, examples)) {
      lines.push(`  ${example.file}:${example.line}: ${short(example.source)}`, `      go/types: ${short(example.expected)}`, `      ours:     ${short(example.ours)}`);
    }
  }
  return lines;
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function sum(counts: readonly Count[]): Count {
  const result: Count = { alike: 0, unknown: 0, wrong: 0 };
  for (const count of counts) {
    result.alike += count.alike;
    result.unknown += count.unknown;
    result.wrong += count.wrong;
  }
  return result;
}

function total(count: Count): number {
  return count.alike + count.unknown + count.wrong;
}

function percent(part: number, count: Count): number {
  const all = total(count);
  return all === 0 ? 100 : (100 * part) / all;
}
