import { writesUnderReadLock } from '../../analysis/concurrency/guard-faults.ts';
import type { ReadLockFault } from '../../analysis/concurrency/guard-faults.ts';
import { lockSummariesOf } from '../../analysis/concurrency/lock-state.ts';
import type { LockFlow } from '../../analysis/concurrency/lock-state.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Edit } from '../../text/span.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { Fix, RelatedPlace } from '../rule.ts';

// A change of a field while only the read lock of its guard is held, here or by the caller:
//
//   c.mu.RLock()
//   c.hits[key]++   ← other readers do the same at this moment
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const fault of writesUnderReadLock(context.program)) report(context, fault, places);
  },
};

function report(context: GoProgramContext, fault: ReadLockFault, places: FunctionPlaces): void {
  const { access } = fault.at;
  const { path } = fault.at.function;
  const text = places.of(access.body)?.text;
  if (text === undefined) return;
  const flow = readLockAt(context, access.body, access.operation);
  const member = places.memberText(access) ?? access.name;
  const lock = fault.guard.name === '' ? fault.member.name : fault.guard.name;
  const shown: RelatedPlace[] = [];
  const site = fault.site && places.of(fault.site.body);
  if (fault.site && site) shown.push(related(site.path, fault.site.body.spanOf(fault.site.operation), { id: 'called' }));
  const [taken] = flow ? flow.takenBy(access.operation) : [];
  if (taken !== undefined && !fault.site) shown.push(related(path, access.body.spanOf(taken), { id: 'locked' }));
  shown.push(related(fault.other.function.path, fault.other.access.body.spanOf(fault.other.access.operation), { id: 'other', arguments: { member: fault.member.name, lock } }));
  context.report(path, {
    message: site ? { id: 'write-called', arguments: { member, lock, function: site.name } } : { id: 'write', arguments: { member, lock } },
    span: places.mentionOf(access),
    related: shown,
    fixes: flow && !fault.site ? fixes(text, access.body, flow) : [],
  });
}

function readLockAt(context: GoProgramContext, body: FunctionBody, operation: number): LockFlow | undefined {
  return lockSummariesOf(context.program).locksOf(body)?.flows.find((flow) => flow.isHeldAt(operation));
}

/** All `RLock` and `RUnlock` of the lock in this body become `Lock` and `Unlock`. */
function fixes(text: string, body: FunctionBody, flow: LockFlow): readonly Fix[] {
  const edits: Edit[] = [];
  for (const event of flow.events) {
    const end = body.end(event.operation);
    const call = text.slice(body.start(event.operation), end);
    const name = event.action === 'read-lock' ? 'RLock()' : 'RUnlock()';
    if (event.through || !(event.action === 'read-lock' || event.action === 'read-unlock') || !call.endsWith(`.${name}`)) return [];
    edits.push({ start: end - name.length, end, newText: name.slice(1) });
  }
  return [{ title: { id: 'fix' }, safe: false, caution: { id: 'caution-fix' }, edits }];
}
