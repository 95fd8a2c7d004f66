// What is known to be released after a point, while the waits for it are looked for: who did it, in one look for all waits.

import type { SyncEvent } from './events.ts';
import type { Location } from './locations.ts';
import type { Task } from './task.ts';

/** Tasks of which it only matters whether one is another than the one that asks. */
export class SomeTasks {
  private first: Task | undefined;
  private several = false;

  static of(events: Iterable<SyncEvent>): SomeTasks {
    const tasks = new SomeTasks();
    for (const { activation } of events) if (tasks.add(activation.task)) break;
    return tasks;
  }

  /** True if nothing more has to be added: every task has another one. */
  private add(task: Task): boolean {
    if (this.first === undefined) this.first = task;
    else if (this.first !== task) this.several = true;
    return this.several;
  }

  hasOther(task: Task): boolean {
    return this.several || (this.first !== undefined && this.first !== task);
  }
}

/** The released events of one round; made anew when more are released. */
export class Released {
  private readonly tellers = new Map<Location | undefined, SomeTasks>();
  private readonly byFilter = new Map<(event: SyncEvent) => boolean, SomeTasks>();

  constructor(private readonly events: ReadonlySet<SyncEvent>) {}

  has(event: SyncEvent): boolean {
    return this.events.has(event);
  }

  [Symbol.iterator](): Iterator<SyncEvent> {
    return this.events[Symbol.iterator]();
  }

  /** The tasks of the released ones among events that are about a location. */
  tellersOf(location: Location | undefined, eventsAbout: () => Iterable<SyncEvent>): SomeTasks {
    let tasks = this.tellers.get(location);
    if (!tasks) this.tellers.set(location, (tasks = SomeTasks.of(filtered(eventsAbout(), (event) => this.has(event)))));
    return tasks;
  }

  /** The tasks of the released ones of some kind; `is` has to be the same function each time. */
  tasksOf(is: (event: SyncEvent) => boolean): SomeTasks {
    let tasks = this.byFilter.get(is);
    if (!tasks) this.byFilter.set(is, (tasks = SomeTasks.of(filtered(this.events, is))));
    return tasks;
  }
}

function* filtered(events: Iterable<SyncEvent>, is: (event: SyncEvent) => boolean): Iterable<SyncEvent> {
  for (const event of events) if (is(event)) yield event;
}
