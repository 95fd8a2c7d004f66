// The summaries of functions, found out when somebody asks and kept while texts change. Functions are summarised after what they
// call, and functions that call each other together, until nothing changes. After a change nothing is looked at before it is asked
// for, and then only functions whose own code changed and callers of functions whose *summary* changed: an edit that leaves a
// summary as it was goes no further. What is answered does not depend on what was asked before.
//
// What is kept is plain data: neither bodies nor trees. A function may be in any package: packages that were analysed and
// released are asked for again only if their functions may have changed.

import type { FunctionBody } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { Callee } from '../../model/objects.ts';
import { summarize } from './summarize.ts';
import { joinedSummary, noSummary, sameSummary, summaryText, unknownSummary } from '../../model/summary.ts';
import type { Summary } from '../../model/summary.ts';

/** A function as a front end gives it. */
export interface FunctionSource {
  /** The key that callees have (`Callee.key`). */
  readonly key: string;
  /** Changes whenever the body, or what the body's types say, does. */
  readonly hash: string;
  /** Lowers the function; asked only when it has to be looked at. */
  readonly body: () => FunctionBody;
}

/** Where functions are found. Every answer may be another one after `SummaryStore.changed`. */
export interface FunctionSources {
  /** Undefined if there is no function of that key, or none whose code can be read. */
  sourceOf(key: string): FunctionSource | undefined;
  /** The keys of the functions that a call of an interface's method may run; undefined if there may be others. */
  implementersOf(key: string): readonly string[] | undefined;
}

interface Entry {
  hash: string;
  /** Keys of the functions that calls name. */
  readonly callees: ReadonlySet<string>;
  /** Keys of methods of interfaces that are called. */
  readonly dispatches: ReadonlySet<string>;
  summary: Summary;
  /** Another number whenever the summary is another one. */
  version: number;
  /** The versions of the summaries that the summary was computed from; undefined before. */
  basis: ReadonlyMap<string, number> | undefined;
  /** The revision in which the summary was last found to hold. */
  revision: number;
  /** How many functions stand behind a call of it, each counted wherever it is called. */
  weight: number;
}

/** A function that is being brought up to date, with what it calls. */
interface Visit {
  readonly key: string;
  readonly source: FunctionSource;
  readonly entry: Entry;
  readonly targets: readonly string[];
  next: number;
}

/** Functions that call each other are looked at so often; if they still change, nothing is said about them. */
const roundLimit = 12;
/** Nothing is said about functions behind which more functions stand than this: little of what they do can be told in a few paths. */
const weightLimit = 80;

export class SummaryStore {
  private readonly entries = new Map<string, Entry>();
  private revision = 0;
  private versions = 0;
  private readonly visited: string[] = [];

  constructor(private readonly sources: FunctionSources) {}

  /** Says that functions may have changed, come or gone. */
  changed(): void {
    this.revision++;
  }

  /** The summary of a function; undefined if there is no function of that key whose code can be read. */
  summaryOf(key: string): Summary | undefined {
    const entry = this.entries.get(key);
    if (entry?.revision !== this.revision) this.bringUpToDate(key);
    return this.entries.get(key)?.summary;
  }

  /** What a call of a function or of an interface's method does; undefined if that is not known. */
  summaryOfCall(callee: Callee): Summary | undefined {
    const { key } = callee;
    if (key === undefined || callee.kind === 'builtin') return undefined;
    for (const each of callee.kind === 'interface' ? (this.sources.implementersOf(key) ?? []) : [key]) this.summaryOf(each);
    const summaries = this.lookUp(callee);
    return summaries && joinedSummary(summaries);
  }

  /**
   * What answers to `summaryOf` and `summaryOfCall` came from: the functions that were looked at for them, and the methods of interfaces
   * whose implementers were asked for; keys of both.
   */
  sourcesOf(functions: Iterable<string>, dispatches: Iterable<string>): { readonly functions: ReadonlySet<string>; readonly dispatches: ReadonlySet<string> } {
    const asked = new Set(dispatches);
    const looked = new Set(functions);
    for (const method of asked) for (const key of this.sources.implementersOf(method) ?? []) looked.add(key);
    for (const key of looked) {
      const entry = this.entries.get(key);
      if (!entry) continue;
      for (const method of entry.dispatches) asked.add(method);
      for (const target of this.targetsOf(entry)) looked.add(target);
    }
    return { functions: looked, dispatches: asked };
  }

  /** The functions that were looked at since this was last asked, in that order; for tests. */
  takeVisited(): readonly string[] {
    return this.visited.splice(0);
  }

  /** The summaries that are known as text by key, for caches and other workers; see summary.ts. */
  texts(): ReadonlyMap<string, string> {
    return new Map([...this.entries].filter(([, { revision }]) => revision === this.revision).map(([key, { summary }]) => [key, summaryText(summary)]));
  }

  /**
   * Visits what a function calls, and what that calls, as far as it was not found to hold since the last change: the strongly
   * connected components of the call graph, callees before callers (Tarjan).
   */
  private bringUpToDate(root: string): void {
    const index = new Map<string, number>();
    const low = new Map<string, number>();
    const path: Visit[] = [];
    const onPath = new Set<string>();
    const stack: Visit[] = [];
    const enter = (key: string): void => {
      index.set(key, index.size);
      const visit = this.visit(key);
      if (!visit) return;
      low.set(key, index.get(key)!);
      path.push(visit);
      onPath.add(key);
      stack.push(visit);
    };
    enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = top.targets[top.next++];
      if (target !== undefined) {
        // So many functions can be reached from the root that its weight is over the limit.
        if (low.size > weightLimit) return this.giveUp(root);
        if (!index.has(target)) enter(target);
        else if (onPath.has(target)) low.set(top.key, Math.min(low.get(top.key)!, index.get(target)!));
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent) low.set(parent.key, Math.min(low.get(parent.key)!, low.get(top.key)!));
      if (low.get(top.key) !== index.get(top.key)) continue;
      const component = path.splice(path.indexOf(top)).sort((a, b) => (a.key < b.key ? -1 : 1));
      for (const { key } of component) onPath.delete(key);
      this.conclude(component);
    }
  }

  /** A function that has to be brought up to date; undefined if it is, or if there is none. */
  private visit(key: string): Visit | undefined {
    const known = this.entries.get(key);
    if (known?.revision === this.revision) return undefined;
    const source = this.sources.sourceOf(key);
    if (!source) {
      this.entries.delete(key);
      return undefined;
    }
    let entry = known;
    if (entry?.hash !== source.hash) {
      const { callees, dispatches } = calledIn(source.body());
      entry = { hash: source.hash, callees, dispatches, summary: known?.summary ?? noSummary, version: known?.version ?? 0, basis: undefined, revision: -1, weight: 0 };
      this.entries.set(key, entry);
    }
    return { key, source, entry, targets: this.targetsOf(entry), next: 0 };
  }

  private targetsOf({ callees, dispatches }: Entry): readonly string[] {
    if (dispatches.size === 0) return [...callees];
    const targets = new Set(callees);
    for (const method of dispatches) for (const key of this.sources.implementersOf(method) ?? []) targets.add(key);
    return [...targets];
  }

  /** Functions that call each other, everything else that they call being up to date. */
  private conclude(component: readonly Visit[]): void {
    const weight = this.weightOf(component);
    const wasKnown = component.every(({ entry }) => entry.weight <= weightLimit) === weight <= weightLimit;
    if (!wasKnown || !component.every(({ entry, targets }) => entry.basis && this.holds(entry.basis, targets))) {
      const before = component.map(({ entry }) => entry.summary);
      if (weight <= weightLimit) this.settle(component);
      component.forEach(({ entry }, i) => {
        const summary = weight <= weightLimit ? entry.summary : unknownSummary;
        entry.summary = before[i]!;
        this.put(entry, summary);
      });
      for (const { entry, targets } of component) entry.basis = new Map(targets.map((key) => [key, this.versionOf(key)]));
    }
    for (const { entry } of component) {
      entry.revision = this.revision;
      entry.weight = weight;
    }
  }

  private giveUp(key: string): void {
    const entry = this.entries.get(key)!;
    entry.weight = weightLimit + 1;
    this.put(entry, unknownSummary);
    entry.basis = undefined;
    entry.revision = this.revision;
  }

  /** The same summary stays the same object, so that what is kept about it stays, too. */
  private put(entry: Entry, summary: Summary): void {
    if (entry.version !== 0 && sameSummary(entry.summary, summary)) return;
    entry.summary = summary;
    entry.version = ++this.versions;
  }

  private weightOf(component: readonly Visit[]): number {
    const keys = new Set(component.map(({ key }) => key));
    let weight = component.length;
    for (const { targets } of component) for (const key of targets) if (!keys.has(key)) weight += this.entries.get(key)?.weight ?? 0;
    return Math.min(weight, weightLimit + 1);
  }

  private holds(basis: ReadonlyMap<string, number>, targets: readonly string[]): boolean {
    return basis.size === targets.length && targets.every((key) => basis.get(key) === this.versionOf(key));
  }

  private versionOf(key: string): number {
    return this.entries.get(key)?.version ?? 0;
  }

  private settle(component: readonly Visit[]): void {
    const [only] = component;
    const alone = component.length === 1 && !only!.targets.includes(only!.key);
    if (!alone) for (const { entry } of component) entry.summary = noSummary;
    // What has to be looked at in a round: at first everything, then callers of what changed.
    let work = component;
    for (let round = 0; work.length > 0 && round < roundLimit; round++) {
      const changed = new Set<string>();
      for (const { key, source, entry } of work) {
        if (round === 0) this.visited.push(key);
        const summary = summarize(source.body(), (callee) => this.lookUp(callee));
        if (!alone && sameSummary(entry.summary, summary)) continue;
        entry.summary = summary;
        changed.add(key);
      }
      work = alone ? [] : component.filter(({ targets }) => targets.some((key) => changed.has(key)));
    }
    if (work.length > 0) for (const { entry } of component) entry.summary = unknownSummary;
  }

  /** The summaries of what a callee may be; undefined if one of them is not known. */
  private lookUp(callee: Callee): readonly Summary[] | undefined {
    if (callee.key === undefined) return undefined;
    const keys = callee.kind === 'interface' ? this.sources.implementersOf(callee.key) : [callee.key];
    const found: Summary[] = [];
    for (const key of keys ?? []) {
      const summary = this.entries.get(key)?.summary;
      if (!summary || summary.incomplete) return undefined;
      found.push(summary);
    }
    return found.length > 0 ? found : undefined;
  }
}

/** The keys of the functions, and of the interfaces' methods, that a function and its closures name in calls. */
function calledIn(body: FunctionBody): Pick<Entry, 'callees' | 'dispatches'> {
  const callees = new Set<string>();
  const dispatches = new Set<string>();
  for (const each of body.unit.bodies) {
    for (let operation = 0; operation < each.operationCount; operation++) {
      const callee = each.kind(operation) === Op.Call ? each.calleeOf(operation) : undefined;
      if (callee?.key !== undefined) (callee.kind === 'interface' ? dispatches : callees).add(callee.key);
    }
  }
  return { callees, dispatches };
}
