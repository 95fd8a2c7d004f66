import { env } from 'node:process';

export function wipe(): void {
  for (const name in process.env) delete process.env[name]; // want `deletes every environment variable`
  for (const name of Object.keys(process.env)) { // ok: the finding is in the next line
    delete process.env[name]; // want `deletes every environment variable`
  }
  Object.keys(process.env).forEach((name) => delete process.env[name]); // want `deletes every environment variable`
}

export function store(key: string): void {
  process.env.TOKEN = undefined; // want `process\.env\.TOKEN = undefined stores the text "undefined"`
  process.env['PROXY'] = undefined; // want `stores the text "undefined"`
  process.env[key] = null as unknown as undefined; // want `process\.env\[key\] = null stores the text "null"`
  process.env.A = void 0; // want `stores the text "undefined"`
  const given = (process.env.B = undefined); // want `process\.env\.B = undefined stores`
  console.log(given);
}

export function right(key: string, value: string | undefined): void {
  delete process.env.TOKEN; // ok: removes it
  process.env[key] = value; // ok: perhaps a text
  process.env.EMPTY = ''; // ok: an empty text
  for (const name of Object.keys(process.env)) { // ok: some of them
    if (name.startsWith('npm_')) delete process.env[name];
  }
  console.log(env.HOME);
}

const settings: Record<string, string | undefined> = {};

export function other(): void {
  settings.TOKEN = undefined; // ok: not the environment
  for (const name in settings) delete settings[name]; // ok: not the environment
}
