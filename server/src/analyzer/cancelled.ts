/** Thrown by an analysis that nobody waits for. */
export class Cancelled extends Error {}
