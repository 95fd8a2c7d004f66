// Whether a server that went down is started again.

const allowed = 4;
const windowMilliseconds = 3 * 60_000;

/** Counts crashes: true as long as there were at most four within the last three minutes. */
export class RestartLimit {
  private crashes: readonly number[] = [];

  /** Notes a crash at a time in milliseconds; says whether to start again. */
  allows(now: number): boolean {
    this.crashes = [...this.crashes.filter((time) => now - time < windowMilliseconds), now];
    return this.crashes.length <= allowed;
  }

  /** After a restart that a person asked for, the count begins anew. */
  reset(): void {
    this.crashes = [];
  }
}
