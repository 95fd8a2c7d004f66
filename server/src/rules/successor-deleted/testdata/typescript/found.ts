declare function load(key: string): Promise<string>;

export class Loader {
  private readonly inflight = new Map<string, Promise<string>>();
  private readonly latest = new Map<string, Promise<string>>();

  get(key: string): Promise<string> {
    let promise = this.inflight.get(key);
    if (!promise) {
      promise = load(key).finally(() => {
        this.inflight.delete(key); // want `this\.inflight\[key\] may be a newer entry by now: found\.ts:\d+ can remove`
      });
      this.inflight.set(key, promise);
    }
    return promise;
  }

  cancel(key: string): void {
    this.inflight.delete(key);
  }

  async replace(key: string): Promise<string> {
    this.latest.get(key)?.catch(() => undefined);
    const promise = load(key);
    this.latest.set(key, promise);
    try {
      return await promise;
    } finally {
      this.latest.delete(key); // want `this\.latest\[key\] may be a newer entry by now: the next call`
    }
  }
}

interface Track {
  readonly name: string;
}

export class Publisher {
  private readonly pending = new Map<Track, Promise<string>>();

  async publish(track: Track): Promise<string> {
    if (this.pending.has(track)) await this.pending.get(track);
    const promise = load(track.name);
    this.pending.set(track, promise);
    try {
      return await promise;
    } finally {
      this.pending.delete(track); // want `this\.pending\[track\] may be a newer entry by now: the next call`
    }
  }
}
