declare function work(): Promise<void>;
declare function fetchToken(): Promise<string>;
declare function readToken(): Promise<string>;
declare function themeOf(name: string): Promise<{ id: string }>;

export class Reader {
  private failed = false;
  private stopped = false;
  private done = false;
  private token: string | undefined;
  private other: string | undefined;
  private outdated: boolean | undefined;

  // ok: where the work is done, the next call passes the test as well
  next(): void {
    if (this.stopped) return;
    work()
      .then(() => this.next())
      .catch(() => {
        this.stopped = true;
      });
  }

  // ok: the same with await
  async read(): Promise<void> {
    if (this.failed) return;
    try {
      await work();
    } catch {
      this.failed = true;
    }
  }

  // One test, one finding, however the promise settles.
  check(): void {
    if (this.outdated !== undefined) return;
    void work()
      .then(() => {
        this.outdated = true; // want `this\.outdated`
      })
      .catch(() => {
        this.outdated = false;
      });
  }

  async finish(): Promise<void> {
    if (this.done) return;
    try {
      await work();
    } finally {
      this.done = true; // want `this\.done`
    }
  }

  // What fails is only the look; the work is waited for after it.
  async open(): Promise<string> {
    if (this.token) return this.token;
    try {
      this.token = await readToken(); // want `this\.token`
    } catch {
      this.token = await fetchToken();
    }
    return this.token;
  }

  async fetch(): Promise<string> {
    if (this.other) return this.other;
    try {
      await work();
    } catch {
      this.other = await fetchToken(); // want `this\.other`
    }
    return this.other ?? '';
  }
}

let current: string | undefined;
let shown: string | undefined;
let forced: string | undefined;

// ok: looked at again when it is there, whichever way that came out
export function show(name: string): void {
  if (current && current === name) return;
  void themeOf(name).then((theme) => {
    if (current && current === theme.id) return;
    current = theme.id;
  });
}

export function showLast(name: string): void {
  if (shown && shown === name) return;
  void themeOf(name).then((theme) => {
    if (name === theme.id && name !== '') return;
    shown = theme.id; // want `shown was tested before the await`
  });
}

// A way to the write that does not look.
export function force(name: string, isForced: boolean): void {
  if (forced && forced === name) return;
  void themeOf(name).then((theme) => {
    if (!isForced && forced === theme.id) return;
    forced = theme.id; // want `forced was tested before the await`
  });
}
