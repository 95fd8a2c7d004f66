// Reading what a client sends without trusting its shape.

/** The value as an object with unknown properties; an empty one for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** `{ [key]: value }` where the value is a string, else nothing: to be spread into an object. */
export function stringIn<K extends string>(record: Readonly<Record<string, unknown>>, key: K): { readonly [P in K]?: string } {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as { [P in K]?: string }) : {};
}
