// The summaries of a package's functions, kept while texts change. Functions are summarised after what they call, and
// functions that call each other together, until nothing changes. An update looks again only at functions whose own code
// changed and at callers of functions whose *summary* changed: an edit that leaves a function's summary as it was goes no
// further. What is answered does not depend on the order of updates.

import type { FunctionBody } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { Callee } from '../../model/objects.ts';
import { summarize } from './summarize.ts';
import { noSummary, sameSummary, summaryText, unknownSummary } from './summary.ts';
import type { Summary } from './summary.ts';

/** A function as a front end gives it. */
export interface FunctionSource {
  /** The key that callees have (`Callee.key`). */
  readonly key: string;
  /** Changes whenever the body, or what the body's types say, does. */
  readonly hash: string;
  /** Lowers the function; asked only when it has to be looked at. */
  readonly body: () => FunctionBody;
}

interface Entry {
  source: FunctionSource;
  /** Keys of the functions it names in calls, in this package and others. */
  callees: ReadonlySet<string>;
  /** Undefined until it is known for the first time. */
  summary: Summary | undefined;
}

export interface SummaryUpdate {
  /** The functions that were looked at again. */
  readonly visited: readonly string[];
  /** Those whose summary is another one now, or that came or went. */
  readonly changed: readonly string[];
}

/** Functions that call each other are looked at so often; if they still change, nothing is said about them. */
const roundLimit = 12;

export class SummaryStore {
  private readonly entries = new Map<string, Entry>();

  /** @param external summaries of functions of other packages, by key */
  constructor(private readonly external: (key: string) => Summary | undefined = () => undefined) {}

  /** The summary of a function of the package; undefined if there is none of that key. */
  summaryOf(key: string): Summary | undefined {
    return this.entries.get(key)?.summary;
  }

  /** The summaries as text by key, for caches and other workers; see summary.ts. */
  texts(): ReadonlyMap<string, string> {
    return new Map([...this.entries].map(([key, { summary }]) => [key, summaryText(summary ?? unknownSummary)]));
  }

  /**
   * Takes the functions of the package as they are now. Of functions with one key the first counts.
   * @param changedOutside keys of functions of other packages whose summary is another one than at the last update
   */
  update(functions: Iterable<FunctionSource>, changedOutside: ReadonlySet<string> = new Set()): SummaryUpdate {
    const changed = new Set<string>();
    const stale = this.takeSources(functions, changed);
    for (const [key, entry] of this.entries) {
      if (!stale.has(key) && intersects(entry.callees, changedOutside, changed)) stale.add(key);
    }
    const visited: string[] = [];
    for (const component of this.components()) {
      if (!component.some((key) => stale.has(key) || intersects(this.entries.get(key)!.callees, changed))) continue;
      visited.push(...component);
      for (const key of this.settle(component)) changed.add(key);
    }
    return { visited, changed: [...changed] };
  }

  /** Puts the sources in place; answers the keys of those that are new or have another hash. `changed` gets those that are gone. */
  private takeSources(functions: Iterable<FunctionSource>, changed: Set<string>): Set<string> {
    const stale = new Set<string>();
    const present = new Set<string>();
    for (const source of functions) {
      if (present.has(source.key)) continue;
      present.add(source.key);
      const entry = this.entries.get(source.key);
      if (entry?.source.hash === source.hash) {
        entry.source = source;
        continue;
      }
      stale.add(source.key);
      const callees = calleesOf(source.body());
      if (entry) Object.assign(entry, { source, callees });
      else this.entries.set(source.key, { source, callees, summary: undefined });
    }
    for (const key of [...this.entries.keys()]) {
      if (present.has(key)) continue;
      this.entries.delete(key);
      changed.add(key);
    }
    return stale;
  }

  /** Summarises functions that call each other; answers the keys of those whose summary changed. */
  private settle(component: readonly string[]): readonly string[] {
    const before = component.map((key) => this.entries.get(key)!.summary);
    const [only] = component;
    const alone = component.length === 1 && !this.entries.get(only!)!.callees.has(only!);
    if (!alone) for (const key of component) this.entries.get(key)!.summary = noSummary;
    // What has to be looked at in a round: at first everything, then callers of what changed.
    let work: readonly string[] = component;
    for (let round = 0; work.length > 0 && round < roundLimit; round++) {
      const changed = new Set<string>();
      for (const key of work) {
        const entry = this.entries.get(key)!;
        const summary = summarize(entry.source.body(), (callee) => this.lookUp(callee));
        if (!alone && entry.summary && sameSummary(entry.summary, summary)) continue;
        entry.summary = summary;
        changed.add(key);
      }
      work = alone ? [] : component.filter((key) => intersects(this.entries.get(key)!.callees, changed));
    }
    if (work.length > 0) for (const key of component) this.entries.get(key)!.summary = unknownSummary;
    return component.filter((key, index) => {
      const was = before[index];
      const { summary } = this.entries.get(key)!;
      return !was || !summary || !sameSummary(was, summary);
    });
  }

  private lookUp(callee: Callee): Summary | undefined {
    if (callee.key === undefined) return undefined;
    return this.entries.get(callee.key)?.summary ?? this.external(callee.key);
  }

  /** The strongly connected components of the call graph, callees before callers (Tarjan). */
  private components(): readonly (readonly string[])[] {
    const found: string[][] = [];
    const index = new Map<string, number>();
    const low = new Map<string, number>();
    const path: string[] = [];
    const onPath = new Set<string>();
    for (const root of [...this.entries.keys()].sort()) {
      if (index.has(root)) continue;
      const stack: { readonly key: string; readonly callees: readonly string[]; next: number }[] = [];
      const enter = (key: string): void => {
        index.set(key, index.size);
        low.set(key, index.get(key)!);
        path.push(key);
        onPath.add(key);
        stack.push({ key, callees: [...this.entries.get(key)!.callees].filter((each) => this.entries.has(each)), next: 0 });
      };
      enter(root);
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const callee = top.callees[top.next++];
        if (callee !== undefined) {
          if (!index.has(callee)) enter(callee);
          else if (onPath.has(callee)) low.set(top.key, Math.min(low.get(top.key)!, index.get(callee)!));
          continue;
        }
        stack.pop();
        const parent = stack.at(-1);
        if (parent) low.set(parent.key, Math.min(low.get(parent.key)!, low.get(top.key)!));
        if (low.get(top.key) !== index.get(top.key)) continue;
        const component = path.splice(path.indexOf(top.key));
        for (const key of component) onPath.delete(key);
        found.push(component.sort());
      }
    }
    return found;
  }
}

function intersects(keys: ReadonlySet<string>, ...others: readonly ReadonlySet<string>[]): boolean {
  for (const key of keys) for (const other of others) if (other.has(key)) return true;
  return false;
}

/** The keys of the functions that a function and its closures name in calls. */
function calleesOf(body: FunctionBody): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const each of body.unit.bodies) {
    for (let operation = 0; operation < each.operationCount; operation++) {
      if (each.kind(operation) !== Op.Call) continue;
      const key = each.calleeOf(operation)?.key;
      if (key !== undefined) keys.add(key);
    }
  }
  return keys;
}
