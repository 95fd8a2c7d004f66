// How much of a Go file survives while a statement in it is being typed. For statements all over a Go installation, the text with the statement cut
// off after some of its characters is parsed: a state is whole if every declaration and every other statement is still there, with its kind
// and place. In half of the states the whole rest of the statement is missing, as if it were written anew; in the others only the rest of the
// line, as if its header were rewritten above its body. Half of the states have their open brackets closed, as editors do.
//
//   npx esbuild test/bench/go-recovery.ts --bundle --platform=node --outfile=dist/bench/go-recovery.js && node dist/bench/go-recovery.js [folder] [show]
//
// `show` prints some states that lost something.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeKind } from '../../server/src/go/syntax/ast.ts';
import type { File, Node } from '../../server/src/go/syntax/ast.ts';
import { parseFile } from '../../server/src/go/syntax/parser.ts';
import { reparse } from '../../server/src/go/syntax/reparse.ts';
import { walk } from '../../server/src/go/syntax/walk.ts';

interface Item {
  readonly kind: NodeKind;
  readonly pos: number;
  readonly end: number;
}

interface State {
  readonly text: string;
  /** What was cut out of the whole text, and where it ended up in `text`. The statement starts at `pos`. */
  readonly pos: number;
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
  readonly mode: 'statement' | 'line';
}

const root = process.argv[2] && process.argv[2] !== 'show' ? process.argv[2] : join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'src');
const show = process.argv.includes('show');
const random = randomFrom(1);
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.go') && !path.includes('testdata') && !path.includes('vendor'))
  .sort();

interface Tally {
  states: number;
  whole: number;
  lost: number;
  items: number;
  declsLost: number;
  reparsed: number;
}
const tallies = new Map<string, Tally>();
for (const path of paths) {
  if (random() > 0.12) continue;
  const text = readFileSync(join(root, path), 'utf8');
  if (text.length > 150_000) continue;
  const file = parseFile(text);
  if (file.recovered) continue;
  const items = itemsOf(file);
  const statements = items.filter(({ kind }) => isTyped(kind));
  for (let i = 0; i < 6 && statements.length > 0; i++) {
    const statement = statements[Math.floor(random() * statements.length)]!;
    const state = halfTyped(text, statement);
    if (state) measure(path, text, items, statement.kind, state);
  }
}
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
for (const [name, tally] of [...tallies].sort((a, b) => b[1].states - a[1].states)) {
  const { states, whole, lost, items, declsLost, reparsed } = tally;
  const parts = [`${percent(whole, states)} lose nothing`, `${(lost / states).toFixed(2)} of ${(items / states).toFixed(0)} statements lost`];
  parts.push(`${percent(declsLost, states)} lose a declaration`, `${percent(reparsed, states)} read one declaration`);
  console.log(`${name}: ${states} states, ${parts.join(', ')}`);
}

/** Statements, specs and declarations. A block counts as part of its statement. */
function itemsOf(file: File): Item[] {
  const items: Item[] = [];
  walk(file, (node: Node) => {
    const isItem = (node.kind >= NodeKind.DeclStmt && node.kind <= NodeKind.FuncDecl && node.kind !== NodeKind.EmptyStmt && node.kind !== NodeKind.BlockStmt) || node.kind === NodeKind.Field;
    if (isItem) items.push({ kind: node.kind, pos: node.pos, end: node.end });
  });
  return items;
}

function isTyped(kind: NodeKind): boolean {
  return (kind >= NodeKind.DeclStmt && kind <= NodeKind.RangeStmt && kind !== NodeKind.EmptyStmt && kind !== NodeKind.BlockStmt) || kind === NodeKind.ValueSpec;
}

/** The statement cut off; undefined if nothing would be missing. */
function halfTyped(text: string, { pos, end }: Item): State | undefined {
  if (end - pos < 2) return undefined;
  const line = text.slice(pos, end).split('\n')[0]!;
  const reach = random() < 0.7 ? line.length : end - pos;
  const cut = pos + 1 + Math.floor(random() * Math.min(reach, end - pos - 1));
  const kept = text.slice(pos, cut);
  const closers = random() < 0.5 ? closersOf(kept) : '';
  const mode = random() < 0.5 ? 'statement' : 'line';
  const resume = mode === 'statement' ? end : Math.min(end, lineEnd(text, cut));
  return { text: text.slice(0, cut) + closers + text.slice(resume), pos, start: cut, end: resume, newEnd: cut + closers.length, mode };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function closersOf(kept: string): string {
  const open: string[] = [];
  for (const c of kept) {
    if (c === '(') open.push(')');
    else if (c === '[') open.push(']');
    else if (c === '{') open.push('}');
    else if (c === open.at(-1)) open.pop();
  }
  return open.reverse().join('');
}

function measure(path: string, text: string, items: readonly Item[], kind: NodeKind, state: State): void {
  const after = parseFile(state.text);
  const delta = state.newEnd - state.end;
  const kept = new Set(itemsOf(after).map((item) => keyOf(item, item.pos, item.end)));
  const open = new Set(itemsOf(after).map((item) => keyOf(item, item.pos, 0)));
  let lost = 0;
  let declsLost = 0;
  for (const item of items) {
    const { pos, end } = item;
    // What encloses the statement has to start where it did; what is part of it does not matter.
    const survives =
      pos >= state.pos && pos < state.end
        ? true
        : pos >= state.end
          ? kept.has(keyOf(item, pos + delta, end + delta))
          : end <= state.pos
            ? kept.has(keyOf(item, pos, end))
            : open.has(keyOf(item, pos, 0));
    if (survives) continue;
    lost++;
    if (item.kind === NodeKind.FuncDecl || item.kind === NodeKind.GenDecl) declsLost++;
    if (show && lost === 1 && random() < 0.15) {
      const [from, to] = [state.text.lastIndexOf('\n', state.pos - 80), state.text.indexOf('\n', state.newEnd + 80)];
      console.log(`---- ${path}: lost ${JSON.stringify(text.slice(pos, Math.min(end, pos + 50)))}\n${state.text.slice(from, state.newEnd)}«${state.text.slice(state.newEnd, to)}`);
    }
  }
  // A copy, because `reparse` moves what is behind the edit.
  const reparsed = reparse(parseFile(text), state.text, { start: state.start, oldEnd: state.end, newEnd: state.newEnd }) !== undefined;
  for (const name of ['all', state.mode, `kind ${kind}`]) {
    const tally = tallies.get(name) ?? { states: 0, whole: 0, lost: 0, items: 0, declsLost: 0, reparsed: 0 };
    tallies.set(name, tally);
    tally.states++;
    tally.items += items.length;
    tally.lost += lost;
    if (lost === 0) tally.whole++;
    if (declsLost > 0) tally.declsLost++;
    if (reparsed) tally.reparsed++;
  }
}

function keyOf({ kind }: Item, pos: number, end: number): string {
  return `${kind} ${pos} ${end}`;
}

/** The generator mulberry32: numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
