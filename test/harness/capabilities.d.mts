export interface Capability {
  readonly available: boolean;
  readonly detail: string;
}

/** Probes everything once; by name: go, race, host, chromium. */
export function probeCapabilities(): Promise<Record<string, Capability>>;
