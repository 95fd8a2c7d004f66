// Builds and runs the programs of the evidence with one Go, and compares what they do with what is expected.

import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programs } from './programs.ts';
import type { Check, Program } from './programs.ts';

export interface EvidenceOptions {
  readonly go: string;
  /** What GOTOOLCHAIN is set to: `local`, or a release such as `go1.23.12`, which Go fetches. */
  readonly toolchain: string;
  /** The folder of the project. */
  readonly root: string;
  /** False where the race detector does not work; its checks are then left out. */
  readonly race: boolean;
  /** Default: all. */
  readonly programs?: readonly Program[];
}

export interface EvidenceRun {
  /** Such as `1.26.8`. */
  readonly version: string;
  /** What is not as expected, by program; every program that has a check for this version is a key. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
}

const runLimitMilliseconds = 15_000;
const lostLimitMilliseconds = 2_000;

/** Undefined if there is no such Go. */
export function runEvidence(options: EvidenceOptions): EvidenceRun | undefined {
  const named = spawnSync(options.go, ['env', 'GOVERSION'], { encoding: 'utf8', env: environmentOf(options) });
  if (named.status !== 0) return undefined;
  const version = named.stdout.trim().replace(/^go/, '');
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-evidence-'));
  try {
    const lab = new Lab(options, folder);
    const minor = Number(version.split('.')[1]);
    const faults = new Map<string, readonly string[]>();
    for (const program of options.programs ?? programs) {
      const checks = checksFor(program, minor, options.race);
      if (checks.length > 0) faults.set(program.name, checks.flatMap((check) => lab.faultsOf(check)));
    }
    return { version, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checksFor({ checks }: Program, minor: number, race: boolean): readonly Check[] {
  return checks.filter((check) => (check.since ?? 0) <= minor && minor <= (check.until ?? Infinity) && (race || (check.kind !== 'races' && check.kind !== 'is clean')));
}

function environmentOf({ toolchain }: Pick<EvidenceOptions, 'toolchain'>): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: toolchain, GOFLAGS: '-mod=mod', GOWORK: 'off', CGO_ENABLED: '1', GOMAXPROCS: '2' };
}

/** The built programs of one Go. Everything is built and run at most once. */
class Lab {
  readonly #options: EvidenceOptions;
  readonly #folder: string;
  readonly #outputs = new Map<string, SpawnSyncReturns<string>>();

  constructor(options: EvidenceOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
  }

  faultsOf(check: Check): readonly string[] {
    switch (check.kind) {
      case 'prints': {
        const { stdout, stderr } = this.#run('plain', check.command, runLimitMilliseconds);
        const lines = stdout.split('\n');
        return check.lines.filter((line) => !lines.includes(line)).map((line) => `${check.command} does not print “${line}”: ${stdout}${stderr.slice(0, 500)}`);
      }
      case 'races': {
        const { stderr } = this.#run('race', check.command, runLimitMilliseconds);
        return stderr.includes('WARNING: DATA RACE') ? [] : [`${check.command}: no race is reported`];
      }
      case 'is clean': {
        const { status, stderr } = this.#run('race', check.command, runLimitMilliseconds);
        return status === 0 ? [] : [`${check.command} ends with ${status}: ${stderr.slice(0, 500)}`];
      }
      case 'dies': {
        const { status, stderr } = this.#run('plain', check.command, runLimitMilliseconds);
        const survived = stderr.includes('RECOVERED') || stderr.includes('DEFERRED');
        return status === 2 && stderr.includes(check.text) && !survived ? [] : [`${check.command} ends with ${status}: ${stderr.slice(0, 500)}`];
      }
      case 'is lost': {
        const { status, stdout } = this.#run('plain', check.command, lostLimitMilliseconds);
        return status !== 0 && !stdout.includes('survived') ? [] : [`${check.command} ends with ${status}: ${stdout}`];
      }
      case 'does not compile': {
        const { status, stderr } = this.#go('go', ['build', '-gcflags=-e', `./errors/${check.folder}`]);
        const missing = check.messages.filter((message) => !message.test(stderr)).map((message) => `${check.folder}: no error like ${message.source}: ${stderr}`);
        return status === 0 ? [`${check.folder} compiles`] : missing;
      }
      case 'calls mapclear':
        return check.functions.filter((name) => !this.#assemblyOf(name).includes('mapclear')).map((name) => `${name} does not call runtime.mapclear`);
      case 'stays a loop':
        return check.functions.filter((name) => this.#assemblyOf(name).includes('mapclear') || !/mapdelete|mapIterNext|mapiternext/.test(this.#assemblyOf(name))).map((name) => `${name} does not stay a loop`);
      case 'machine code has': {
        const { stdout } = this.#go('go', ['tool', 'objdump', '-s', check.functions, this.#binary('plain')]);
        return check.texts.filter((text) => !text.test(stdout)).map((text) => `no ${text.source} in ${check.functions}`);
      }
      case 'does not escape':
        return check.names.flatMap((name) => {
          const notes = this.#escapes().filter((line) => line.includes(` ${name} `) || line.endsWith(` ${name}`));
          const stays = notes.some((line) => line.endsWith(`${name} does not escape`));
          return stays && !notes.some((line) => / escapes to heap|moved to heap/.test(line)) ? [] : [`${name}: ${notes.join('; ')}`];
        });
      case 'escapes':
        return check.names.filter((name) => !this.#escapes().some((line) => line.endsWith(`moved to heap: ${name}`))).map((name) => `${name} does not escape`);
      case 'needs a newer go line': {
        const { status, stderr } = this.#go('old', ['vet', './...']);
        // The file whose constraint raises its version is not complained about.
        return status !== 0 && /code\.go.*clear requires go1\.21 or later/.test(stderr) && !stderr.includes('raised.go') ? [] : [stderr];
      }
      case 'compile alone finds no fmt': {
        const { status, stdout, stderr } = this.#go('go', ['tool', 'compile', '-o', join(this.#folder, 'alone.o'), 'main.go']);
        return status !== 0 && /could not import fmt/.test(stdout + stderr) ? [] : [stdout + stderr];
      }
    }
  }

  #run(build: 'plain' | 'race', command: string, timeout: number): SpawnSyncReturns<string> {
    return this.#once(`${build} ${command}`, () => spawnSync(this.#binary(build), [command], { encoding: 'utf8', timeout, killSignal: 'SIGKILL', env: environmentOf(this.#options) }));
  }

  #binary(build: 'plain' | 'race'): string {
    const path = join(this.#folder, build);
    const built = this.#go('go', ['build', ...(build === 'race' ? ['-race'] : []), '-o', path, '.']);
    if (built.status !== 0) throw new Error(`the evidence does not compile: ${built.stderr}`);
    return path;
  }

  #go(module: 'go' | 'old', parameters: readonly string[]): SpawnSyncReturns<string> {
    const cwd = join(this.#options.root, 'test', 'evidence', module);
    return this.#once(`go ${module} ${parameters.join(' ')}`, () => spawnSync(this.#options.go, parameters, { cwd, encoding: 'utf8', env: environmentOf(this.#options), maxBuffer: 1 << 26 }));
  }

  #assemblyOf(name: string): string {
    const listing = this.#go('go', ['build', '-gcflags=-S', './assembly']).stderr;
    const start = listing.indexOf(`example.com/evidence/assembly.${name} STEXT`);
    if (start < 0) throw new Error(`no assembly of ${name}`);
    const end = listing.slice(start + 1).search(/^example\.com\/evidence\/assembly\./m);
    return end < 0 ? listing.slice(start) : listing.slice(start, start + 1 + end);
  }

  #escapes(): readonly string[] {
    return this.#go('go', ['build', '-gcflags=-m', './escape']).stderr.split('\n');
  }

  #once(key: string, run: () => SpawnSyncReturns<string>): SpawnSyncReturns<string> {
    const known = this.#outputs.get(key);
    if (known) return known;
    const result = run();
    this.#outputs.set(key, result);
    return result;
  }
}
