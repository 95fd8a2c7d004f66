/** The `go` command of this machine, or undefined: PATH first, then the usual places. */
export function findGo(): string | undefined;
