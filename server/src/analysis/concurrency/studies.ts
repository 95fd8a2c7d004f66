// What rules ask about the executions of a program: each is built once for all rules, and its locks and order when they are
// first asked for.

import type { Program, ProgramFunction } from '../../model/program.ts';
import { Execution } from './execution.ts';
import { LocksHeld } from './held-locks.ts';
import { Order } from './order.ts';
import { rootsOf } from './roots.ts';

export class Study {
  private heldLocks: LocksHeld | undefined;
  private knownOrder: Order | undefined;

  constructor(
    readonly root: ProgramFunction,
    readonly execution: Execution,
  ) {}

  get locks(): LocksHeld {
    return (this.heldLocks ??= new LocksHeld(this.execution));
  }

  get order(): Order {
    return (this.knownOrder ??= new Order(this.execution, this.locks));
  }
}

const studies = new WeakMap<Program, readonly Study[]>();

/** The executions of a program, one for each of its roots. */
export function studiesOf(program: Program): readonly Study[] {
  let found = studies.get(program);
  if (!found) studies.set(program, (found = rootsOf(program).map((root) => studyFrom(program, root))));
  return found;
}

/** The execution that begins with a function. */
export function studyFrom(program: Program, root: ProgramFunction): Study {
  const execution = new Execution(program);
  execution.addRoot(root, 'root');
  return new Study(root, execution);
}
