export interface Capability {
  readonly available: boolean;
  readonly detail: string;
}

/** The `go` command of this machine, or undefined. */
export function findGo(): string | undefined;

/** Probes everything once; by name: go, race, host, chromium. */
export function probeCapabilities(): Promise<Record<string, Capability>>;
