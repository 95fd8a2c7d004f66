import { accessesOutsideOwnSections, inconsistentAccesses, isContainerMember, mentions } from '../../analysis/concurrency/guard-faults.ts';
import type { GuardFault, OutsideFault } from '../../analysis/concurrency/guard-faults.ts';
import { readsBesideGuardedChanges } from '../../analysis/concurrency/guarded-changes.ts';
import type { BesideFault } from '../../analysis/concurrency/guarded-changes.ts';
import type { LocatedAccess } from '../../analysis/concurrency/guards.ts';
import { isWriting } from '../../analysis/concurrency/shared-accesses.ts';
import { unmetRequirements } from '../../analysis/concurrency/required-locks.ts';
import type { UnmetRequirement } from '../../analysis/concurrency/required-locks.ts';
import { statementAt } from '../../go/statements.ts';
import type { GoFile } from '../../go/packages/package.ts';
import type { Span } from '../../text/span.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, lineAt, related } from '../lock-places.ts';
import { lockBeside, packageLock, underLock } from '../lock-fixes.ts';
import type { Fix, RelatedPlace } from '../rule.ts';

// A field that is used under one lock nearly everywhere, and here without it:
//
//   func (c *Cache) Get(k string) int { c.mu.Lock(); defer c.mu.Unlock(); return c.m[k] }
//   func (c *Cache) Len() int { return len(c.m) }   ← without c.mu
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const fault of inconsistentAccesses(context.program)) report(context, fault, places);
    for (const fault of accessesOutsideOwnSections(context.program)) reportOutside(context, fault, places);
    for (const fault of readsBesideGuardedChanges(context.program)) reportBeside(context, fault, places);
    for (const unmet of unmetRequirements(context.program)) reportUnmet(context, unmet);
  },
};

// top := h.top; h.mu.RLock(); …   ← others change h.top under h.mu
function reportOutside(context: GoProgramContext, { member, guard, at, other, taken }: OutsideFault, places: FunctionPlaces): void {
  const lock = guard.name === '' ? 'the lock' : guard.name;
  const shown = [related(other.function.path, places.mentionOf(other.access), { id: isWriting(other.access) ? 'changed' : 'used', arguments: { member: member.name, lock } }), related(at.function.path, at.access.body.spanOf(taken), { id: 'taken', arguments: { lock } })];
  const text = places.of(at.access.body)?.text ?? '';
  context.report(at.function.path, {
    message: { id: isWriting(at.access) ? 'write-outside' : 'read-outside', arguments: { member: places.memberText(at.access) ?? member.name, lock, line: lineAt(text, at.access.body.start(taken)) } },
    span: places.mentionOf(at.access),
    related: shown,
    fixes: fixes(context, { member, guard, at, other }, places),
    plausible: true,
  });
}

/** So many other places are shown with a finding. */
const mostOthers = 8;

// return r.m[k]   ← all that changes r.m holds r.mu
function reportBeside(context: GoProgramContext, fault: BesideFault, places: FunctionPlaces): void {
  const { member, guard, at, other, others } = fault;
  const lock = guard.name === '' ? 'the lock' : guard.name;
  const changes = guard.guarded.filter((each) => isWriting(each.access));
  context.report(at.function.path, {
    message: { id: 'read-beside', arguments: { member: places.memberText(at.access) ?? member.name, lock, lines: linesOf(changes, at.function.path, places) } },
    span: places.mentionOf(at.access),
    related: [
      related(other.function.path, places.mentionOf(other.access), { id: 'changed', arguments: { member: member.name, lock } }),
      ...others.slice(0, mostOthers).map((each) => related(each.function.path, places.mentionOf(each.access), { id: 'also' })),
    ],
    fixes: fixes(context, fault, places),
    plausible: true,
  });
}

// // Callers must hold c.mu.
// func (c *Cache) evict() { … }
// func (c *Cache) Trim() { c.evict() }   ← without c.mu
function reportUnmet(context: GoProgramContext, { caller, body, call, called, requirement }: UnmetRequirement): void {
  if (!context.file(caller.path)) return;
  context.report(caller.path, {
    message: { id: 'required', arguments: { function: called.name, lock: requirement.name ?? '' } },
    span: body.spanOf(call),
    related: context.file(requirement.path) ? [related(requirement.path, requirement.span, { id: 'says' })] : [],
    ...(!requirement.isAnnotation && { plausible: true }),
  });
}

function report(context: GoProgramContext, { member, guard, at, other }: GuardFault, places: FunctionPlaces): void {
  const { site } = at.context;
  const caller = at.isTask ? undefined : site && places.of(site.body);
  const lock = guard.name === '' ? 'the lock' : guard.name;
  const held = mentions(guard.guarded);
  const name = places.memberText(at.access) ?? member.name;
  const shown: RelatedPlace[] = [];
  if (site && caller) shown.push(related(caller.path, site.body.spanOf(site.operation), { id: 'called', arguments: { lock } }));
  shown.push(related(other.function.path, places.mentionOf(other.access), { id: isWriting(other.access) ? 'changed' : 'used', arguments: { member: member.name, lock } }));
  if (guard.stated && context.file(guard.stated.path)) shown.push(related(guard.stated.path, guard.stated.span, { id: 'says' }));
  const kind = guard.stated?.isExact ? 'stated' : isContainerMember(member) ? 'container' : 'value';
  const counts = { member: name, lock, held, all: held + mentions(guard.unguarded), lines: linesOf(guard.guarded, at.function.path, places) };
  context.report(at.function.path, {
    message: caller ? { id: `${kind}-called`, arguments: { ...counts, function: caller.name } } : { id: kind, arguments: counts },
    span: places.mentionOf(at.access),
    related: shown,
    fixes: caller ? [] : fixes(context, { member, guard, at, other }, places),
  });
}

/** So many lines are named. */
const mostLines = 5;

/** The lines of accesses, those of other files with the file's name: `24, 30, store.go:12`. */
function linesOf(accesses: readonly LocatedAccess[], path: string, places: FunctionPlaces): string {
  const lines = new Set<string>();
  for (const { access, function: function_ } of accesses) {
    const text = places.of(access.body)?.text;
    if (text === undefined) continue;
    const line = lineAt(text, places.mentionOf(access).start);
    lines.add(function_.path === path ? String(line) : `${function_.path.slice(function_.path.lastIndexOf('/') + 1)}:${line}`);
  }
  const named = [...lines];
  return named.length > mostLines ? `${named.slice(0, mostLines).join(', ')}, …` : named.join(', ');
}

/** The statement under the lock, where nobody comes to it with the lock held already. */
function fixes(context: GoProgramContext, { member, guard, at }: GuardFault, places: FunctionPlaces): readonly Fix[] {
  const { body, operation } = at.access;
  const file = context.file(at.function.path);
  const [ofMember = '', ofLock = ''] = guard.relation.split('|');
  if (!file || guard.name === '' || member.accesses.some((each) => each.access.body === body && each.access.operation === operation && each.locks.length > 0)) return [];
  const mention = places.mentionOf(at.access);
  const isNear = ofMember.lastIndexOf('.') === 0 && ofLock.lastIndexOf('.') === 0;
  const lock = ofMember === '' ? packageLock(file, mention, guard.name, context.info) : isNear ? lockBeside(file, mention, guard.name, context.info) : undefined;
  if (!lock) return [];
  const writes = member.accesses.some((each) => each.access.body === body && isWriting(each.access) && isIn(places.mentionOf(each.access), file, mention));
  const edits = underLock(file, mention.start, lock, !writes, context.info);
  return edits ? [{ title: { id: 'fix', arguments: { lock: lock.text } }, safe: false, caution: { id: 'caution-fix', arguments: { lock: lock.text } }, edits }] : [];
}

/** True if a place is in the statement of another one. */
function isIn(inner: Span, file: GoFile, outer: Span): boolean {
  const statement = statementAt(file.syntax, outer.start)?.statement;
  return statement !== undefined && statement.pos <= inner.start && inner.end <= statement.end;
}
