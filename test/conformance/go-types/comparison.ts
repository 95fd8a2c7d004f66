// Compares what our checker says of a package with what go/types says.

import { NodeKind } from '../../../server/src/go/syntax/ast.ts';
import type * as ast from '../../../server/src/go/syntax/ast.ts';
import { forEachChild } from '../../../server/src/go/syntax/walk.ts';
import type { TypeInfo } from '../../../server/src/go/types/info.ts';
import { TypeStore } from '../../../server/src/go/types/store.ts';
import type { Type } from '../../../server/src/go/types/types.ts';
import type { ReportedExpression, ReportedFile, ReportedPackage } from './oracle.ts';
import type { ParseTime, Sources } from './sources.ts';
import { ListedFile, processorTime } from './sources.ts';
import { typeForm, unknownMark, valueForm } from './type-form.ts';

export interface Count {
  alike: number;
  unknown: number;
  wrong: number;
}

export interface Difference {
  readonly outcome: 'unknown' | 'wrong';
  /** The kind of node, or `definition`, `selection`. */
  readonly kind: string;
  /** What differs: `type`, `mode`, `value`, `no node`. */
  readonly what: string;
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly expected: string;
  readonly ours: string;
  /** False if a part of the expression, or what a name refers to, differs already. */
  readonly first: boolean;
}

export interface Tally {
  /** Of expressions, by kind of node. */
  readonly kinds: Map<string, Count>;
  /** Of expressions, by class of type. */
  readonly classes: Map<string, Count>;
  readonly definitions: Count;
  readonly selections: Count;
  readonly differences: Difference[];
  packages: number;
  /** Time of our checker, without parsing. */
  milliseconds: number;
  /** UTF-16 units of the packages compared. */
  units: number;
  /** Of these packages and what they import. */
  parsing: ParseTime;
  readonly crashes: string[];
}

export function newTally(): Tally {
  return {
    kinds: new Map(), classes: new Map(), definitions: newCount(), selections: newCount(), differences: [],
    packages: 0, milliseconds: 0, units: 0, parsing: { milliseconds: 0, units: 0 }, crashes: [],
  };
}

function newCount(): Count {
  return { alike: 0, unknown: 0, wrong: 0 };
}

const kindNames: ReadonlyMap<NodeKind, string> = new Map([
  [NodeKind.Ident, 'Ident'], [NodeKind.BasicLit, 'BasicLit'], [NodeKind.FuncLit, 'FuncLit'], [NodeKind.CompositeLit, 'CompositeLit'], [NodeKind.ParenExpr, 'ParenExpr'],
  [NodeKind.SelectorExpr, 'SelectorExpr'], [NodeKind.IndexExpr, 'IndexExpr'], [NodeKind.SliceExpr, 'SliceExpr'], [NodeKind.TypeAssertExpr, 'TypeAssertExpr'], [NodeKind.CallExpr, 'CallExpr'],
  [NodeKind.StarExpr, 'StarExpr'], [NodeKind.UnaryExpr, 'UnaryExpr'], [NodeKind.BinaryExpr, 'BinaryExpr'], [NodeKind.KeyValueExpr, 'KeyValueExpr'], [NodeKind.Ellipsis, 'Ellipsis'],
  [NodeKind.ArrayType, 'ArrayType'], [NodeKind.StructType, 'StructType'], [NodeKind.FuncType, 'FuncType'], [NodeKind.InterfaceType, 'InterfaceType'], [NodeKind.MapType, 'MapType'], [NodeKind.ChanType, 'ChanType'],
]);

/** Compares one package. The checker's store is kept between packages by the caller. */
export function comparePackage(reported: ReportedPackage, sources: Sources, store: TypeStore, tally: Tally): void {
  const source = sources.package(reported.path);
  if (!source) throw new Error(`${reported.path} was not listed`);
  tally.packages += 1;
  // Trees of the package itself are parsed before the clock starts, those of its imports too if they were asked for before.
  for (const file of source.files) if (file instanceof ListedFile) tally.units += file.text.length;
  const info = store.infoFor(source);
  const parsingBefore = sources.parsing.milliseconds;
  const begun = processorTime();
  try {
    for (const file of source.files) for (const declaration of file.syntax.decls) info.prepare(declaration);
  } catch (error) {
    tally.crashes.push(`${reported.path}: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n') : String(error)}`);
  }
  tally.milliseconds += processorTime() - begun - (sources.parsing.milliseconds - parsingBefore);
  const comparison = new PackageComparison(info, tally, sources.options.facts);
  for (const file of reported.files) {
    const own = source.files.find((candidate) => candidate.path === file.path);
    if (own instanceof ListedFile) comparison.file(file, own);
  }
}

interface Found {
  readonly outcome: 'unknown' | 'wrong';
  readonly kind: string;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly expected: string;
  readonly ours: string;
  readonly node: ast.Expr | undefined;
}

class PackageComparison {
  private readonly forms = new Map<Type, string>();
  private readonly wrongDefinitions = new Set<ast.Ident>();
  constructor(private readonly info: TypeInfo, private readonly tally: Tally, private readonly facts: boolean) {}

  file(reported: ReportedFile, file: ListedFile): void {
    const nodes = expressionsOf(file.syntax);
    const found: Found[] = [];
    for (const definition of reported.definitions) {
      const node = nodes.get(keyOf(definition.start, definition.end, 'Ident'));
      const ours = node?.kind === NodeKind.Ident ? this.form(this.info.definitionOf(node)?.type) : unknownMark;
      const outcome = judged(definition.type.text, ours);
      this.tally.definitions[outcome] += 1;
      if (outcome === 'alike') continue;
      if (node?.kind === NodeKind.Ident) this.wrongDefinitions.add(node);
      found.push({ outcome, kind: 'definition', what: node ? 'type' : 'no node', start: definition.start, end: definition.end, expected: definition.type.text, ours, node });
    }
    for (const selection of reported.selections) {
      const node = nodes.get(keyOf(selection.start, selection.end, 'SelectorExpr'));
      const own = node?.kind === NodeKind.SelectorExpr ? this.info.selectionOf(node) : undefined;
      // The facts leave out fields, so that only the number of steps can be compared.
      const steps = this.facts ? selection.index.replace(/[^,]+/g, 'i') : selection.index;
      const index = own && (own.kind === 'field' ? own.index : [...own.index.slice(0, -1), 'm']).map((step) => (this.facts ? 'i' : step)).join();
      const ours = own ? `${own.kind} ${own.indirect} ${index} ${this.form(own.object.type)}` : unknownMark;
      const expected = `${selection.kind} ${selection.indirect} ${steps} ${selection.type.text}`;
      const outcome = judged(expected, ours);
      this.tally.selections[outcome] += 1;
      if (outcome !== 'alike') found.push({ outcome, kind: 'selection', what: 'selection', start: selection.start, end: selection.end, expected, ours, node });
    }
    for (const expression of reported.expressions) {
      const difference = this.expression(expression, nodes.get(keyOf(expression.start, expression.end, expression.kind)));
      const outcome = difference?.outcome ?? 'alike';
      counted(this.tally.kinds, expression.kind)[outcome] += 1;
      counted(this.tally.classes, expression.type.class)[outcome] += 1;
      if (difference) found.push(difference);
    }
    this.record(found, file);
  }

  private expression(expected: ReportedExpression, node: ast.Expr | undefined): Found | undefined {
    const base = { kind: expected.kind, start: expected.start, end: expected.end, node };
    if (!node) return { ...base, outcome: 'unknown', what: 'no node', expected: expected.type.text, ours: 'no node' };
    const form = this.form(this.info.typeOf(node));
    const outcome = judged(expected.type.text, form);
    if (outcome !== 'alike') return { ...base, outcome, what: 'type', expected: expected.type.text, ours: form };
    const mode = this.info.modeOf(node);
    if (mode !== expected.mode) return { ...base, outcome: mode === 'invalid' ? 'unknown' : 'wrong', what: 'mode', expected: `${expected.mode} (${form})`, ours: mode };
    if (expected.value === undefined) return undefined;
    const value = this.info.constantOf(node);
    const shown = value && valueForm(value);
    if (shown === expected.value) return undefined;
    return { ...base, outcome: shown === undefined ? 'unknown' : 'wrong', what: 'value', expected: expected.value, ours: shown ?? 'unknown' };
  }

  private form(type: Type | undefined): string {
    if (!type) return unknownMark;
    const known = this.forms.get(type);
    if (known !== undefined) return known;
    const form = typeForm(type);
    this.forms.set(type, form);
    return form;
  }

  /** Notes differences with whether each is the first of a chain. */
  private record(found: readonly Found[], file: ListedFile): void {
    if (found.length === 0) return;
    const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
    const text = file.text;
    sorted.forEach((difference, index) => {
      let inherited = false;
      // What follows in this order and begins before the end lies inside.
      for (let next = index + 1; next < sorted.length && sorted[next]!.start < difference.end && !inherited; next++) {
        inherited = sorted[next]!.end - sorted[next]!.start < difference.end - difference.start && sorted[next]!.kind !== 'selection';
      }
      if (difference.node?.kind === NodeKind.Ident && difference.kind === 'Ident') {
        const declared = this.info.objectOf(difference.node)?.ident;
        inherited ||= declared !== undefined && (declared === difference.node || this.wrongDefinitions.has(declared));
      }
      if (difference.kind === 'selection') inherited ||= found.some((other) => other.kind === 'SelectorExpr' && other.start === difference.start && other.end === difference.end);
      this.tally.differences.push({
        outcome: difference.outcome,
        kind: difference.kind,
        what: difference.what,
        file: file.path,
        line: text.slice(0, difference.start).split('\n').length,
        start: difference.start,
        end: difference.end,
        source: text.slice(difference.start, Math.min(difference.end, difference.start + 160)).replace(/\s+/g, ' '),
        expected: difference.expected,
        ours: difference.ours,
        first: !inherited,
      });
    });
  }
}

function judged(expected: string, ours: string): 'alike' | 'unknown' | 'wrong' {
  if (expected === ours) return 'alike';
  return ours.includes(unknownMark) ? 'unknown' : 'wrong';
}

function counted(counts: Map<string, Count>, key: string): Count {
  const known = counts.get(key);
  if (known) return known;
  const made = newCount();
  counts.set(key, made);
  return made;
}

const kindNumbers = new Map([...kindNames.values()].map((name, index) => [name, index]));

/** One number for place and kind; files have less than 2^22 units. */
function keyOf(start: number, end: number, kind: string): number {
  return (start * 2 ** 22 + (end - start)) * 32 + (kindNumbers.get(kind) ?? 31);
}

function expressionsOf(file: ast.File): Map<number, ast.Expr> {
  const nodes = new Map<number, ast.Expr>();
  const stack: ast.Node[] = [file];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const kind = kindNames.get(node.kind);
    if (kind !== undefined) nodes.set(keyOf(node.pos, node.end, kind), node as ast.Expr);
    forEachChild(node, (child) => {
      stack.push(child);
    });
  }
  return nodes;
}
