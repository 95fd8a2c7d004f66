// Finds the `.mapwarden.json` that speaks for a file and puts it together with flags and the editor's settings.

import { rules as registeredRules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { basename, dirname, join } from '../workspace/paths.ts';
import { readConfiguration, unreadableConfiguration, type Configuration } from './read-configuration.ts';
import { resolveSettings } from './resolve.ts';
import type { FileSettings, Notice, Settings } from './settings.ts';

export const configurationName = '.mapwarden.json';

export interface ConfigurationStoreOptions {
  readonly fileSystem: FileSystem;
  /** What the editor says for a file. */
  readonly settingsFor?: ((path: string) => Settings) | undefined;
  /** What the command line says. */
  readonly overrides?: Settings | undefined;
  /** A configuration that replaces the search. */
  readonly configurationFile?: string | undefined;
  /** The rules that can be named; those of the registry unless a test brings others. */
  readonly rules?: readonly Rule[];
}

export class ConfigurationStore {
  readonly #options: ConfigurationStoreOptions;
  readonly #rules: ReadonlyMap<string, Rule>;
  /** The configuration that holds in a folder. A folder is here only together with the folders around it up to the repository's root. */
  readonly #byFolder = new Map<string, Configuration | undefined>();
  #named: Configuration | undefined;

  constructor(options: ConfigurationStoreOptions) {
    this.#options = options;
    this.#rules = new Map((options.rules ?? registeredRules).map((rule) => [rule.id, rule]));
  }

  settingsOf(path: string): FileSettings {
    const sources = {
      flags: this.#options.overrides,
      configuration: this.configurationFor(path),
      editor: this.#options.settingsFor?.(path),
    };
    return resolveSettings(sources, path, (id) => this.#rules.get(id));
  }

  /** The faults of the configuration that holds for a file. */
  noticesFor(path: string): readonly Notice[] {
    return this.configurationFor(path)?.notices ?? [];
  }

  /** The nearest configuration in the folders around a file, up to the root of its repository; they are not merged. */
  configurationFor(path: string): Configuration | undefined {
    const { configurationFile } = this.#options;
    if (configurationFile !== undefined) return (this.#named ??= this.#read(configurationFile));
    return this.#configurationIn(dirname(path));
  }

  /** Says that a file or folder came, changed or went. Cheap for paths that have no part in configurations. */
  invalidate(path: string): void {
    const name = basename(path);
    const concerned = name === configurationName || name === '.git' || path === this.#options.configurationFile || this.#byFolder.has(path);
    if (!concerned) return;
    this.#byFolder.clear();
    this.#named = undefined;
  }

  /** Says that `settingsFor` answers differently now. Nothing of it is kept. */
  settingsChanged(): void {}

  #configurationIn(folder: string): Configuration | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const configuration = this.#ownConfiguration(folder) ?? this.#configurationAround(folder);
    this.#byFolder.set(folder, configuration);
    return configuration;
  }

  #ownConfiguration(folder: string): Configuration | undefined {
    const path = join(folder, configurationName);
    return this.#options.fileSystem.kindOf(path) === 'file' ? this.#read(path) : undefined;
  }

  #configurationAround(folder: string): Configuration | undefined {
    const parent = dirname(folder);
    const isRepositoryRoot = this.#options.fileSystem.kindOf(join(folder, '.git')) !== undefined;
    return isRepositoryRoot || parent === folder ? undefined : this.#configurationIn(parent);
  }

  #read(path: string): Configuration {
    const read = this.#options.fileSystem.readFile(path);
    if (read.kind !== 'text') return unreadableConfiguration(path, read.detail);
    return readConfiguration(path, read.text, new Set(this.#rules.keys()));
  }
}
