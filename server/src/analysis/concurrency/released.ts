// What is known to be released after a point, while the waits for it are looked for: who did it, in one look for all waits.

import type { SyncEvent } from './events.ts';
import type { Location } from './locations.ts';
import type { Task } from './task.ts';

/** Tasks of which it only matters whether one is another than the one that asks. */
export class SomeTasks {
  private first: Task | undefined;
  private several = false;

  /** Adds the tasks of those of the events of which something is true. */
  addFrom(events: readonly SyncEvent[], is: (event: SyncEvent) => boolean): void {
    // Of two tasks every one has another: nothing more has to be added.
    for (let at = 0; at < events.length && !this.several; at++) if (is(events[at]!)) this.add(events[at]!.activation.task);
  }

  private add(task: Task): void {
    if (this.first === undefined) this.first = task;
    else if (this.first !== task) this.several = true;
  }

  hasOther(task: Task): boolean {
    return this.several || (this.first !== undefined && this.first !== task);
  }
}

/** The released events of one round; made anew when more are released. */
export class Released {
  private readonly tellers = new Map<Location | undefined, SomeTasks>();
  private readonly byFilter = new Map<(event: SyncEvent) => boolean, SomeTasks>();

  private readonly isReleased = (event: SyncEvent): boolean => this.events.has(event);

  constructor(private readonly events: ReadonlySet<SyncEvent>) {}

  has(event: SyncEvent): boolean {
    return this.events.has(event);
  }

  [Symbol.iterator](): Iterator<SyncEvent> {
    return this.events[Symbol.iterator]();
  }

  /**
   * The tasks of the released ones among events that are about a location.
   * @param addAbout adds those of the events about the location that are released
   */
  tellersOf(location: Location | undefined, addAbout: (tasks: SomeTasks, isReleased: (event: SyncEvent) => boolean) => void): SomeTasks {
    let tasks = this.tellers.get(location);
    if (!tasks) {
      this.tellers.set(location, (tasks = new SomeTasks()));
      addAbout(tasks, this.isReleased);
    }
    return tasks;
  }

  /** The tasks of the released ones of some kind; `is` has to be the same function each time. */
  tasksOf(is: (event: SyncEvent) => boolean): SomeTasks {
    let tasks = this.byFilter.get(is);
    if (!tasks) {
      this.byFilter.set(is, (tasks = new SomeTasks()));
      tasks.addFrom([...this.events], is);
    }
    return tasks;
  }
}
