// Findings that a comment silences, and what is wrong with such comments. See directives.ts for their form and
// regions.ts for what they cover. A suppression belongs to a finding's primary place: where its span starts, or, for a
// directive above a statement, where the construct starts that the finding is about.

import { rules as registeredRules } from '../rules/registry.ts';
import type { Finding, Fix, Report } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import type { Edit, Span } from '../text/span.ts';
import { directivesIn, isAloneOnLine, type CommentLanguage, type Directive, type MalformedDirective, type NamedRule } from './directives.ts';
import { regionHolds, type Region } from './regions.ts';

export interface SuppressionInput {
  readonly language: CommentLanguage;
  readonly text: string;
  readonly comments: readonly { readonly pos: number; readonly end: number }[];
  /** What a directive that stands alone on its line speaks for; undefined if nothing follows it in its block. */
  regionAfter(directive: Span): Region | undefined;
  readonly findings: readonly Finding[];
  /** The ids of the rules that looked at the file: only for these it is known that a directive matches nothing. */
  readonly ranRules: ReadonlySet<string>;
  /** The ids that a directive may name; those of the registry unless a test brings others. */
  readonly knownRules?: ReadonlySet<string>;
}

export interface Suppressed {
  /** The findings that no directive covers, in their order. */
  readonly kept: readonly Finding[];
  /** What is wrong with the directives, for the rule `suppression`, in the order of the text. */
  readonly reports: readonly Report[];
}

const registeredIds: ReadonlySet<string> = new Set(registeredRules.map((rule) => rule.id));

export function applySuppressions(input: SuppressionInput): Suppressed {
  const found = directivesIn(input.language, input.text, input.comments);
  if (found.length === 0) return { kept: input.findings, reports: [] };
  const known = input.knownRules ?? registeredIds;
  const directives = found.filter((directive) => directive.kind === 'directive');
  // Without a reason nothing is silenced: the reason is the price.
  const covers = new Map(directives.filter(({ reason }) => reason !== '').map((directive) => [directive, coverage(directive, input)]));
  const used = new Set<NamedRule>();
  const kept = input.findings.filter((finding) => {
    let suppressed = false;
    for (const [directive, isCovered] of covers) {
      for (const named of directive.rules) {
        if (named.id !== finding.rule || !isCovered(finding)) continue;
        used.add(named);
        suppressed = true;
      }
    }
    return !suppressed;
  });
  const isUnused = (named: NamedRule): boolean => input.ranRules.has(named.id) && !used.has(named);
  const reports = found.flatMap((directive) => {
    if (directive.kind === 'malformed') return [malformedReport(input.text, directive)];
    return directiveReports(input.text, directive, known, isUnused);
  });
  return { kept, reports };
}

function coverage(directive: Directive, { text, regionAfter }: SuppressionInput): (finding: Finding) => boolean {
  if (directive.scope === 'file') return () => true;
  if (directive.scope === 'line') {
    const line = lineAround(text, directive.start);
    return ({ span }) => line.start <= span.start && span.start < line.end;
  }
  const region = regionAfter(directive);
  return ({ span, subject }) => region !== undefined && (regionHolds(region, span.start) || regionHolds(region, subject.start));
}

/** The line of an offset with its line end. */
function lineAround(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length + 1 : end + 1 };
}

function directiveReports(text: string, directive: Directive, known: ReadonlySet<string>, isUnused: (named: NamedRule) => boolean): readonly Report[] {
  const unknown = directive.rules.filter(({ id }) => !known.has(id)).map((named) => unknownRuleReport(text, directive, named, known));
  if (directive.reason === '') {
    const rules = directive.rules.map(({ id }) => id).join(', ');
    const remove: Fix = { title: { id: 'fix-remove' }, safe: false, caution: { id: 'caution-text' }, edits: [removal(text, directive)] };
    return [{ message: { id: 'missing-reason', arguments: { rules } }, span: directive, fixes: [remove] }, ...unknown];
  }
  const unused = directive.rules.filter((named) => known.has(named.id) && isUnused(named));
  return [...unknown, ...unused.map((named) => unusedReport(text, directive, named, unused))].sort((a, b) => a.span.start - b.span.start);
}

function unusedReport(text: string, directive: Directive, named: NamedRule, unused: readonly NamedRule[]): Report {
  const all = unused.length === directive.rules.length;
  const title = all ? { id: 'fix-remove' } : { id: 'fix-remove-rule', arguments: { rule: named.id } };
  return {
    message: { id: directive.scope === 'file' ? 'unused-file' : 'unused', arguments: { rule: named.id } },
    span: spanOf(all && directive.rules.length === 1 ? directive : named),
    fixes: [{ title, safe: true, edits: [all ? removal(text, directive) : listRemoval(directive, named, unused)] }],
    unnecessary: true,
  };
}

function unknownRuleReport(text: string, directive: Directive, named: NamedRule, known: ReadonlySet<string>): Report {
  const similar = closest(named.id, known);
  const only = directive.rules.length === 1;
  const remove: Fix = {
    title: only ? { id: 'fix-remove' } : { id: 'fix-remove-rule', arguments: { rule: named.id } },
    safe: false,
    caution: { id: 'caution-text' },
    edits: [only ? removal(text, directive) : listRemoval(directive, named, [named])],
  };
  if (similar === undefined) return { message: { id: 'unknown-rule', arguments: { rule: named.id } }, span: spanOf(named), fixes: [remove] };
  const replace: Fix = {
    title: { id: 'fix-replace', arguments: { old: named.id, new: similar } },
    safe: false,
    caution: { id: 'caution-effect' },
    edits: [{ ...spanOf(named), newText: similar }],
  };
  return { message: { id: 'unknown-rule-similar', arguments: { rule: named.id, similar } }, span: spanOf(named), fixes: [replace, remove] };
}

function malformedReport(text: string, directive: MalformedDirective): Report {
  const { fault } = directive;
  const takesEffect = { safe: false, caution: { id: 'caution-effect' } };
  if (fault.kind === 'space') {
    const fix: Fix = { title: { id: 'fix-space' }, ...takesEffect, edits: [{ ...fault.space, newText: '' }] };
    return { message: { id: 'malformed-space' }, span: spanOf(directive), fixes: [fix] };
  }
  if (fault.kind === 'verb') {
    const similar = closest(fault.verb.text, ['ignore', 'ignore-file']);
    const fix: Fix | undefined = similar === undefined ? undefined : { title: { id: 'fix-replace', arguments: { old: fault.verb.text, new: similar } }, ...takesEffect, edits: [{ ...spanOf(fault.verb), newText: similar }] };
    return { message: { id: 'malformed-verb', arguments: { verb: fault.verb.text } }, span: spanOf(directive), fixes: fix ? [fix] : [] };
  }
  const remove: Fix = { title: { id: 'fix-remove' }, safe: false, caution: { id: 'caution-text' }, edits: [removal(text, directive)] };
  return { message: { id: 'malformed' }, span: spanOf(directive), fixes: [remove] };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/**
 * Takes one of several rules out of the list with one of the commas beside it: the one behind for rules at the start of the
 * list, the one before for others, so that several can be taken out at once and at least one stays.
 */
function listRemoval({ rules }: Directive, named: NamedRule, leaving: readonly NamedRule[]): Edit {
  const at = rules.indexOf(named);
  const isAtStart = rules.slice(0, at).every((before) => leaving.includes(before));
  if (isAtStart) return { start: named.start, end: rules[at + 1]!.start, newText: '' };
  return { start: rules[at - 1]!.end, end: named.end, newText: '' };
}

/**
 * Takes a whole directive out. With it go its line when nothing else stands there, one of two blank lines that would meet, and
 * the `//` line that separated it from a doc comment above; so formatted code stays formatted.
 */
function removal(text: string, { start, end }: Span): Edit {
  if (!isAloneOnLine(text, start)) return { start: start - trailingSpace(text, start), end, newText: '' };
  const line = lineAround(text, start);
  let from = line.start;
  let to = Math.min(line.end, text.length);
  const previous = from === 0 ? undefined : lineAround(text, from - 1);
  const next = to === text.length ? undefined : lineAround(text, to);
  const contentOf = (span: Span | undefined): string | undefined => span && text.slice(span.start, span.end).trim();
  const above = contentOf(previous);
  const below = contentOf(next);
  if (above === '//' && !below?.startsWith('//')) from = previous!.start;
  if ((above === '' || above === undefined) && below === '') to = Math.min(next!.end, text.length);
  return { start: from, end: to, newText: '' };
}

function trailingSpace(text: string, offset: number): number {
  let length = 0;
  while (text[offset - length - 1] === ' ' || text[offset - length - 1] === '\t') length++;
  return length;
}
