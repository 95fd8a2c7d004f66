// What rules found in the units of a file, kept while somebody types in one of them. A unit is looked at again if it changed,
// if it is around the one that did, or if it looked for a symbol that the changed one names. All others keep their reports,
// moved along with the text; and so whoever asks gets what a first look at the new text would find.

import type ts from 'typescript';
import type { TypeScriptFile } from '../typescript/file.ts';
import type { CheckerQueries } from '../typescript/types/checker-queries.ts';
import { bodyChangeIn, changedIn, type BodyChange } from '../typescript/program/body-edits.ts';
import { forEachName, unitsOf, type Unit } from '../typescript/units.ts';
import { movedOffset } from '../text/change.ts';
import { moved, type RuleReport } from './reports.ts';
import { placeOf, type SymbolPlace, type TypeScriptWalker, type TypeScriptWalkInput, type UnitReports } from './typescript-walker.ts';

export interface KeptUnits {
  readonly walker: TypeScriptWalker;
  readonly text: string;
  readonly syntax: ts.SourceFile;
  readonly types: CheckerQueries;
  readonly units: readonly Unit[];
  readonly reports: readonly UnitReports[];
}

/** What a change leaves of the units that were kept. To be made before the tree is updated, which takes the old one apart. */
export interface Continuation {
  readonly kept: KeptUnits;
  /** Undefined where the file itself is as it was. */
  readonly body: BodyChange | undefined;
  readonly named: readonly SymbolPlace[];
}

/** Undefined if the text changed anywhere but between the braces of units, or in a way that others may see. */
export function continuationOf(kept: KeptUnits, text: string): Continuation | undefined {
  const { units, syntax, types, reports } = kept;
  if (kept.text === text) return { kept, body: undefined, named: [] };
  const body = bodyChangeIn(units, syntax, types.checker, text);
  return body && { kept, body, named: body.parts.flatMap(({ changed }) => namedIn(units[changed]!.node, reports, syntax, types)) };
}

/** What a unit names of that which other units looked for. */
function namedIn(node: ts.Node, reports: readonly UnitReports[], file: ts.SourceFile, types: CheckerQueries): readonly SymbolPlace[] {
  const names = new Set(reports.flatMap(({ looksFor }) => looksFor.map(({ name }) => name)));
  const found: SymbolPlace[] = [];
  if (names.size === 0) return found;
  forEachName(node, (name) => {
    if (!names.has(name.text)) return;
    const symbol = types.symbolAt(name);
    if (symbol) found.push(placeOf(symbol, file));
  });
  return found;
}

/** What the rules report in a file, and what is kept of it for the next time; nothing is kept where a rule failed. */
export function checkByUnits(file: TypeScriptFile, input: TypeScriptWalkInput & { readonly types: CheckerQueries }, walker: TypeScriptWalker, failed: Set<string>, continuation: Continuation | undefined): { readonly reports: readonly RuleReport[]; readonly kept: KeptUnits | undefined; readonly units: number; readonly reused: number } {
  const { syntax } = file;
  const units = unitsOf(syntax);
  const known = continuation ? keptReports(continuation, units, syntax, input.types) : [];
  const checked = walker.checkUnits(input, units, (index) => known[index], failed);
  return {
    reports: [...checked.units.flatMap(({ reports }) => reports), ...checked.rest],
    kept: failed.size === 0 ? { walker, text: file.text, syntax, types: input.types, units, reports: checked.units } : undefined,
    units: units.length,
    reused: known.filter((each) => each !== undefined).length,
  };
}

/** By the index of the unit; empty if the new text has other units than the one before. */
function keptReports({ kept, body, named }: Continuation, units: readonly Unit[], file: ts.SourceFile, types: CheckerQueries): readonly (UnitReports | undefined)[] {
  if (!body) return file === kept.syntax ? kept.reports : [];
  const { changes, parts } = body;
  const to = (offset: number): number => movedOffset(offset, changes);
  const after = changedIn(body, units, file, types.checker);
  if (!after) return [];
  const around = new Set<Unit>();
  for (const { changed } of parts) for (let at = units[changed]; at; at = at.outer) around.add(at);
  const seen = new Set([...named.map(({ name, offset }) => `${name} ${to(offset)}`), ...after.flatMap((each) => namedIn(each, kept.reports, file, types)).map(({ name, offset }) => `${name} ${offset}`)]);
  return units.map((unit, index) => {
    if (around.has(unit)) return undefined;
    const { reports, looksFor } = kept.reports[index]!;
    const now = looksFor.map(({ name, offset }) => ({ name, offset: to(offset) }));
    if (now.some(({ name, offset }) => seen.has(`${name} ${offset}`))) return undefined;
    return { reports: changes.every(({ length, newLength }) => length === newLength) ? reports : reports.map((each) => ({ ...each, report: moved(each.report, each.path, to) })), looksFor: now };
  });
}
