// What is set in a section that comes to it at most once, in terms of fields: who has passed the section needs no lock to read it.
//
//	p.mu.Lock(); if p.stopped { p.mu.Unlock(); return }; p.stopped = true; p.done = make(chan struct{}); p.mu.Unlock()
//	<-p.done   ← nobody assigns it again
//
// `settled.ts` knows the same of executions.

import { conditionsAt } from '../conditions.ts';
import { comesBefore } from '../graph.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import type { Guard } from './guard-faults.ts';
import { guardsOf, relate } from './guards.ts';
import type { LocatedAccess, Member } from './guards.ts';
import { isWriting } from './shared-accesses.ts';
import { askedIn } from './settled.ts';

/** The look by which a function decides whether it sets a member, and the member as that function finds it. */
interface Section {
  readonly body: FunctionBody;
  readonly look: number;
  readonly member: AccessPath;
}

/** True for a read of which all ways without the guard lead through the only section that assigns the member, once. */
export function isSettledMember(program: Program, member: Member, guard: Guard, { access }: LocatedAccess): boolean {
  if (isWriting(access)) return false;
  const section = sectionOf(program, member, guard);
  if (!section) return false;
  const ways = member.accesses.filter((each) => each.access.body === access.body && each.access.operation === access.operation && !holds(each, guard));
  return ways.every((way) => isAfter(section, way.access.body, way.access.operation, way.access.path) || isCalledAfter(section, way));
}

/**
 * True for a member that is only assigned under its guard, where that finds nothing in it, and never emptied: who uses what is there, and
 * does not ask, counts on an assignment before, and nobody comes with another one.
 *
 *	d.mu.Lock(); if d.transport != nil { d.mu.Unlock(); return }; d.transport = transport; …
 */
export function isSetWhereMissing(program: Program, { accesses }: Member, guard: Guard): boolean {
  return accesses.every((each) => {
    const { body, operation, mode, path } = each.access;
    if (!isWriting(each.access)) return true;
    if (mode !== 'assign' || body.kind(operation) !== Op.Write || unsets(body, operation) || !holds(each, guard)) return false;
    return conditionsAt(body, operation).some((passed) => {
      const look = askedIn(body, passed);
      return look !== NONE && accessPathsOf(body).ofPlaceOf(look)?.key === path.key && isGuardedAt(program, body, look, path, guard);
    });
  });
}

function isAfter({ body, look, member }: Section, at: FunctionBody, operation: number, path: AccessPath): boolean {
  return at === body && path.key === member.key && comesBefore(body, look, operation);
}

/** True if the function of an access gets the object from a call that comes after the section. */
function isCalledAfter(section: Section, { access: { body, path }, context: { site } }: LocatedAccess): boolean {
  const [first] = path.steps;
  if (!site || site.body !== section.body || body.parent !== NONE || path.root.kind !== 'parameter' || first?.kind !== 'target') return false;
  const given = site.body.list(site.operation)[path.root.index] ?? NONE;
  const object = given === NONE ? undefined : accessPathsOf(site.body).ofTarget(given);
  const keys = [...(object?.steps ?? []), ...path.steps.slice(1)].map((step) => step.key);
  return object?.root.key === section.member.root.key && keys.join(' ') === section.member.steps.map((step) => step.key).join(' ') && comesBefore(section.body, section.look, site.operation);
}

const known = new WeakMap<Member, Section | undefined>();

function sectionOf(program: Program, member: Member, guard: Guard): Section | undefined {
  if (!known.has(member)) known.set(member, findSection(program, member, guard));
  return known.get(member);
}

function findSection(program: Program, member: Member, guard: Guard): Section | undefined {
  const writes = member.accesses.filter(({ access }) => isWriting(access));
  const [first] = writes;
  if (!first || writes.some((each) => each.access.body !== first.access.body || each.access.path.key !== first.access.path.key || !holds(each, guard))) return undefined;
  const { body, path } = first.access;
  const looks = conditionsAt(body, first.access.operation).flatMap((passed) => {
    const look = askedIn(body, passed);
    return look !== NONE && writes.every((each) => comesBefore(body, look, each.access.operation)) ? [look] : [];
  });
  const look = looks.find((each) => isGuardedAt(program, body, each, path, guard) && isSetOnlyIn(program, body, each, path));
  return look === undefined ? undefined : { body, look, member: path };
}

function holds({ locks }: LocatedAccess, { relation }: Guard): boolean {
  return locks.some((lock) => lock.relation === relation);
}

/** True if the body itself holds the guard of a member at an operation. */
function isGuardedAt(program: Program, body: FunctionBody, operation: number, member: AccessPath, { relation }: Guard): boolean {
  return guardsOf(program).contexts.heldIn(body, operation).some(({ lock, mode }) => relate(member, lock, mode).some((each) => each.relation === relation));
}

/** True if what a look reads is a field of the member's object that is set in this body alone, and never to what it came with. */
function isSetOnlyIn(program: Program, body: FunctionBody, look: number, member: AccessPath): boolean {
  const flag = pathOfFlag(body, look);
  const key = flag?.steps.at(-1)?.key;
  if (!flag || key === undefined || flag.root.key !== member.root.key) return false;
  let isSet = false;
  for (const each of program.functions.values()) {
    if (each.isTest) continue;
    for (const other of each.body.unit.bodies) {
      for (let operation = 0; operation < other.operationCount; operation++) {
        if (!setsSomething(other, operation) || pathOfFlag(other, operation)?.steps.at(-1)?.key !== key) continue;
        if (other !== body || unsets(other, operation)) return false;
        isSet = true;
      }
    }
  }
  return isSet;
}

/** The field that a plain or atomic access is about. */
function pathOfFlag(body: FunctionBody, operation: number): AccessPath | undefined {
  const paths = accessPathsOf(body);
  if (body.kind(operation) !== Op.Call) return paths.ofPlaceOf(operation);
  const [first = NONE] = body.list(operation);
  return first === NONE ? undefined : paths.ofTarget(first);
}

function setsSomething(body: FunctionBody, operation: number): boolean {
  const kind = body.kind(operation);
  if (kind !== Op.Call) return kind === Op.Write;
  const role = body.calleeOf(operation)?.role;
  return role === Role.AtomicWrite || role === Role.AtomicUpdate;
}

/** True if what is assigned is what the place came with. */
function unsets(body: FunctionBody, operation: number): boolean {
  const value = body.kind(operation) === Op.Call ? (body.list(operation).at(-1) ?? NONE) : body.b(operation);
  return value === NONE || body.isZeroValue(value);
}
