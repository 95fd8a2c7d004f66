const before = { ...process.env };

export function restore(): void {
  for (const name in process.env) delete process.env[name]; // ok: a test puts its own in place
  Object.assign(process.env, before);
}
