// Methods of which several calls run at once, because each of them keeps something of its own in the object while it runs:
//
//	func (s *Server) Serve(l net.Listener) { s.track(l); defer s.untrack(l); … }
//
// A set of what is being served is there for more than one.

import type { Activation } from './activation.ts';
import type { AccessEvent } from './events.ts';
import { AccessKind } from './events.ts';
import type { Execution } from './execution.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';
import { keyOf } from '../../model/accesses.ts';
import { NONE } from '../../model/operations.ts';

export interface CountedCall {
  /** The run of the function that takes out what it put in when it ends. */
  readonly keeper: Activation;
  /** Where it puts it in. */
  readonly entry: AccessEvent;
}

/**
 * Calls that put something of their own into a container of an object, and defer taking it out again.
 * @param isGuarded true for accesses that hold a lock of the object
 */
export function countedCallsOf(execution: Execution, object: Location, isGuarded: (access: AccessEvent) => boolean): readonly CountedCall[] {
  const isOfObject = (access: AccessEvent): boolean => access.isCertain && access.activation.task.start === 'outside' && access.location.root === object && isGuarded(access);
  const entries = execution.accesses.filter((each) => each.kind === AccessKind.Write && keyOf(each.activation.body, each.operation) !== NONE && isOfObject(each));
  if (entries.length === 0) return [];
  return execution.accesses.flatMap((each) => {
    const { activation } = each;
    const keeper = activation.deferred ? activation.caller : undefined;
    if (each.kind !== AccessKind.Delete || !keeper || !isOfObject(each)) return [];
    const key = ownKey(execution, each);
    const entry = key && entries.find((other) => other.location.canonical === each.location.canonical && other.activation.isWithin(keeper) && ownKey(execution, other) === key);
    return entry ? [{ keeper, entry }] : [];
  });
}

/** What the key of an element refers to, if the task of the access made it. */
function ownKey(execution: Execution, { activation, operation }: AccessEvent): Location | undefined {
  const key = keyOf(activation.body, operation);
  const values = key === NONE ? undefined : execution.valueOf(activation, key);
  const [only] = values ?? [];
  if (values?.length !== 1 || only?.kind !== 'reference') return undefined;
  const { root } = only.to;
  const isOwn = (root.kind === LocationKind.Cell || root.kind === LocationKind.Heap) && root.activation?.task === activation.task;
  return isOwn ? only.to.canonical : undefined;
}
