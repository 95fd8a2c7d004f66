import type { Rule, Severity } from '../rules/rule.ts';
import { globSet, matchesAny } from './globs.ts';
import type { Configuration } from './read-configuration.ts';
import { defaultMaxFileSize, type FileSettings, type Settings } from './settings.ts';

/** Everything that has a say in the settings of a file, strongest first. */
export interface SettingsSources {
  readonly flags: Settings | undefined;
  readonly configuration: Configuration | undefined;
  /** What the editor merged from folder, workspace and user settings. */
  readonly editor: Settings | undefined;
}

type Severities = Readonly<Record<string, Severity>>;

/**
 * What holds for one file. Each source is asked by name first, then for its `*`; the strongest source that answers decides.
 * `*` never wakes a preview rule: those run only when they are named.
 */
export function resolveSettings(sources: SettingsSources, path: string, ruleById: (id: string) => Rule | undefined): FileSettings {
  const { flags, configuration, editor } = sources;
  const overrides = (configuration?.overrides ?? []).filter(({ files }) => matchesAny(files, path)).map(({ rules }) => rules);
  const asked = [flags?.rules, ...overrides.reverse(), configuration?.rules, editor?.rules].filter((rules) => rules !== undefined);
  const only = flags?.only;
  return {
    enable: flags?.enable ?? editor?.enable ?? true,
    excluded: isExcluded(sources, path),
    severityOf: (id) => {
      const rule = ruleById(id);
      const said = severitySaid(asked, id, rule?.preview === true);
      if (only === undefined) return said;
      return only.includes(id) ? awake(said, rule) : 'off';
    },
    goVersion: flags?.goVersion ?? configuration?.goVersion ?? editor?.goVersion,
    shownByVet: flags?.shownByVet ?? configuration?.shownByVet ?? editor?.shownByVet ?? true,
    maxFileSize: flags?.maxFileSize ?? configuration?.maxFileSize ?? editor?.maxFileSize ?? defaultMaxFileSize,
  };
}

function severitySaid(asked: readonly Severities[], id: string, byNameOnly: boolean): Severity | undefined {
  for (const rules of asked) {
    const said = own(rules, id) ?? (byNameOnly ? undefined : own(rules, '*'));
    if (said !== undefined) return said;
  }
  return undefined;
}

/** The severity of a rule that was asked to run: what was said, unless that would keep it from running. */
function awake(said: Severity | undefined, rule: Rule | undefined): Severity | undefined {
  if (said !== undefined && said !== 'off') return said;
  if (rule?.severity === 'off') return 'hint';
  return said === 'off' || rule?.preview === true ? rule?.severity : undefined;
}

/** A rule id is a key of the record itself, not of Object.prototype. */
function own(rules: Severities, key: string): Severity | undefined {
  return Object.hasOwn(rules, key) ? rules[key] : undefined;
}

/** Exclusions add up: a file that any source excludes is excluded. */
function isExcluded({ flags, configuration, editor }: SettingsSources, path: string): boolean {
  if (configuration && matchesAny(configuration.exclude, path)) return true;
  return [flags, editor].some((source) => source?.exclude && matchesAny(globSet(source.folder, source.exclude), path));
}
