export class Stats {
  private readonly counts = new Map<string, number>();
  private readonly other = new Map<string, number>();
  private readonly some = new Map<string, number>();
  readonly open = new Map<string, number>();
  private readonly begun = new Map([['waiting', 0]]);
  private readonly lent = new Map<string, number>();

  reset(): void {
    this.counts.clear(); // want `this\.counts only ever has the same keys \(2\)`
    this.counts.set('ok', 0);
    this.counts.set('failed', 0);
  }

  fail(): void {
    this.counts.set('failed', (this.counts.get('failed') ?? 0) + 1);
  }

  // ok: other keys come as well
  resetOther(name: string): void {
    this.other.clear();
    this.other.set('ok', 0);
    this.other.set(name, 0);
  }

  // ok: one of them is not set again
  resetSome(): void {
    this.some.clear();
    this.some.set('ok', 0);
  }

  failSome(): void {
    this.some.set('failed', 1);
  }

  // ok: others see it, and may set what they like
  resetOpen(): void {
    this.open.clear();
    this.open.set('ok', 0);
  }

  // ok: it began with another key
  resetBegun(): void {
    this.begun.clear();
    this.begun.set('ok', 0);
  }

  // ok: whoever has it may set what they like
  resetLent(): ReadonlyMap<string, number> {
    this.lent.clear();
    this.lent.set('ok', 0);
    return this.lent;
  }
}

const totals = new Map<string, number>();

export function restart(): void {
  totals.clear(); // want `totals only ever has the same keys \(1\)`
  totals.set('all', 0);
}

// ok: nothing is set again
const flags = new Map<string, boolean>();

export function off(): void {
  flags.clear();
}
