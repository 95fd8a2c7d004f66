import type { Connection } from 'vscode-languageserver';
import { severities, type Locale, type Severity } from '../rules/rule.ts';
import type { Settings } from '../config/settings.ts';
import { isInside } from '../workspace/paths.ts';
import type { Client } from './client.ts';
import { asRecord } from './json.ts';
import { uriOfPath } from './uris.ts';

const section = 'mapwarden';
/** A client that promises to answer and does not must not silence the server. */
const patience = 5000;

export interface ClientSettings extends Settings {
  readonly run: 'onType' | 'onSave';
  /** Whether hovers explain findings only, operations on maps too, or nothing. */
  readonly hover: 'findings' | 'operations' | 'off';
  /** Whether `m.clear` and the snippets are offered while typing. */
  readonly completion: boolean;
  /** Undefined: the language of the client. */
  readonly language: Locale | undefined;
}

/** The settings of each workspace folder, as the client last told them. */
export class Configuration {
  readonly #connection: Pick<Connection, 'workspace' | 'console'>;
  readonly #client: Client;
  #folders: readonly string[];
  #byFolder = new Map<string, ClientSettings>();
  #global: ClientSettings;
  #told: unknown;
  #reading: Promise<boolean> | undefined;

  constructor(connection: Pick<Connection, 'workspace' | 'console'>, client: Client) {
    this.#connection = connection;
    this.#client = client;
    this.#folders = client.folders;
    this.#told = client.settings;
    this.#global = readSettings(sectionOf(client.settings));
  }

  /** Resolves when the settings asked for last have come. */
  async ready(): Promise<void> {
    await this.#reading;
  }

  /** Paths of the workspace folders. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  get locale(): Locale {
    return this.#global.language ?? this.#client.locale;
  }

  /** What holds for a path: the settings of the innermost folder around it, else those of no folder. */
  settingsFor(path: string): ClientSettings {
    const around = this.#folders.filter((folder) => isInside(folder, path));
    const innermost = around.reduce<string | undefined>((best, folder) => (best && best.length >= folder.length ? best : folder), undefined);
    if (innermost === undefined) return this.#global;
    return { ...(this.#byFolder.get(innermost) ?? this.#global), folder: innermost };
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder) && !added.includes(folder)), ...added];
  }

  /** Asks for all settings again, or takes those that a client without requests sent. True if any are other than before. */
  read(told?: unknown): Promise<boolean> {
    if (told !== undefined && told !== null) this.#told = told;
    const reading = this.#read();
    this.#reading = reading;
    return reading;
  }

  async #read(): Promise<boolean> {
    const before = JSON.stringify([this.#global, [...this.#byFolder]]);
    const folders = this.#folders;
    const [first, ...others] = await this.#ask(folders);
    // A later question may have been answered meanwhile; the folders tell whether this answer still fits.
    if (folders !== this.#folders) return false;
    this.#global = readSettings(first);
    this.#byFolder = new Map(folders.map((folder, i) => [folder, readSettings(others[i] ?? first)]));
    return before !== JSON.stringify([this.#global, [...this.#byFolder]]);
  }

  /** The raw settings without a folder, then those of each folder. */
  async #ask(folders: readonly string[]): Promise<readonly unknown[]> {
    const known = sectionOf(this.#told);
    if (!this.#client.answersConfiguration) return [known];
    const items = [{ section }, ...folders.map((folder) => ({ section, scopeUri: uriOfPath(folder) }))];
    try {
      const answer = await withPatience(this.#connection.workspace.getConfiguration(items));
      if (answer === undefined) this.#connection.console.warn('the client did not answer workspace/configuration; the last known settings hold');
      return answer ?? [known];
    } catch (error) {
      this.#connection.console.warn(`workspace/configuration failed: ${String(error)}`);
      return [known];
    }
  }
}

/** Reads what a client says; what has the wrong shape counts as not said. */
export function readSettings(value: unknown): ClientSettings {
  const raw = asRecord(value);
  const rules = Object.entries(asRecord(raw['rules'])).filter(([, severity]) => isSeverity(severity));
  const exclude = raw['exclude'];
  const globs = Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === 'string') : trueKeys(exclude);
  const { version: goVersion, shownByVet } = asRecord(raw['go']);
  const maxFileSize = raw['maxFileSize'];
  return {
    run: raw['run'] === 'onSave' ? 'onSave' : 'onType',
    hover: raw['hover'] === 'findings' || raw['hover'] === 'off' ? raw['hover'] : 'operations',
    completion: raw['completion'] !== false,
    language: localeOf(raw['language']),
    // In an editor gopls shows it already.
    shownByVet: shownByVet === true,
    ...(typeof raw['enable'] === 'boolean' ? { enable: raw['enable'] } : {}),
    ...(rules.length > 0 ? { rules: Object.fromEntries(rules) as Record<string, Severity> } : {}),
    ...(globs.length > 0 ? { exclude: globs } : {}),
    ...(typeof goVersion === 'string' && goVersion !== '' ? { goVersion } : {}),
    ...(typeof maxFileSize === 'number' && maxFileSize > 0 ? { maxFileSize } : {}),
  };
}

/** `{ "mapwarden": {…} }` and `{…}` are both in use. */
function sectionOf(settings: unknown): unknown {
  const record = asRecord(settings);
  return section in record ? record[section] : settings;
}

/** VS Code writes sets of globs as `{ "glob": true }`. */
function trueKeys(value: unknown): string[] {
  return Object.entries(asRecord(value)).filter(([, on]) => on === true).map(([key]) => key);
}

function isSeverity(value: unknown): value is Severity {
  return severities.includes(value as Severity);
}

function localeOf(value: unknown): Locale | undefined {
  return value === 'en' || value === 'zh-cn' ? value : undefined;
}

function withPatience<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  return Promise.race([answer, impatience]).finally(() => clearTimeout(timer));
}
