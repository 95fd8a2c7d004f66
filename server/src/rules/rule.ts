// What a rule is. A rule file (`rules/<id>/rule.ts`) is metadata; what it finds is in its detectors (`go.ts`, `typescript.ts`).

import type { Edit, Span } from '../text/span.ts';
import type { GoDetector } from './go-context.ts';
import type { TypeScriptDetector } from './typescript-context.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'off';
export type Locale = 'en' | 'zh-cn';
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint', 'off'];
export const locales: readonly Locale[] = ['en', 'zh-cn'];

/** Values for the `{name}` places of a message. They are code or numbers, never prose. */
export type MessageArguments = Readonly<Record<string, string | number>>;

/** A reference to one of a rule's messages. Findings carry these, never text, so that every surface speaks the reader's language. */
export interface Message {
  readonly id: string;
  readonly arguments?: MessageArguments;
}

/** A second place that belongs to a finding: the other access, the alias, the declaration. */
export interface RelatedPlace {
  readonly path: string;
  readonly span: Span;
  readonly message: Message;
}

/** A change a person can take. `safe` keeps behaviour (or only removes the defect) and takes part in fix-all. */
export interface Fix {
  readonly title: Message;
  readonly safe: boolean;
  /** Why the fix asks for a look; present exactly when it is unsafe. */
  readonly caution?: Message;
  /** In the file of the finding. */
  readonly edits: readonly Edit[];
  /** Import paths the edited file needs; the analyzer adds what is missing and drops the fix if the name is taken. */
  readonly imports?: readonly string[];
  /** Files to create, with absolute paths; the fix is not offered if one exists. */
  readonly creates?: readonly { readonly path: string; readonly text: string }[];
}

export interface Report {
  readonly message: Message;
  /** The smallest text that is wrong: where the squiggle stands and what a suppression must cover. */
  readonly span: Span;
  /** The whole construct the defect is about (a loop); two rules about one construct are one defect. Default: `span`. */
  readonly subject?: Span;
  readonly related?: readonly RelatedPlace[];
  /** Best first. */
  readonly fixes?: readonly Fix[];
  /** One place is proven and the other only plausible: information at most, unless the user sets a severity. */
  readonly plausible?: true;
  /** `go vet` or gopls say the same at this place: left out where the reader has those before their eyes (`Settings.shownByVet`). */
  readonly shownByVet?: true;
  /** The span is code that can be removed without effect: the editor greys it. */
  readonly unnecessary?: boolean;
}

export interface Finding extends Report {
  readonly rule: string;
  readonly path: string;
  readonly subject: Span;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  readonly severity: Exclude<Severity, 'off'>;
}

export type RuleCategory = 'clearing' | 'concurrency' | 'project';

export interface Rule {
  /** Names the defect, kebab-case; the same word in folders, settings, docs, SARIF and `Diagnostic.code`. */
  readonly id: string;
  readonly category: RuleCategory;
  /** The default; single messages may be lower (`messageSeverities`). A severity the user sets overrides both. */
  readonly severity: Severity;
  readonly messageSeverities?: Readonly<Record<string, Exclude<Severity, 'off'>>>;
  /** The version of Mapwarden that introduced the rule. */
  readonly since: string;
  /** A preview rule runs only when the user gives it a severity by name. */
  readonly preview?: boolean;
  /** Sections of the source document the rule answers, e.g. `2.1`. */
  readonly sections: readonly string[];
  /** Rules whose finding about the same subject is dropped in favour of this one. */
  readonly supersedes?: readonly string[];
  /** Message texts by id, with `{name}` places; both languages have the same ids. Lower case, no final period. */
  readonly messages: Readonly<Record<Locale, Readonly<Record<string, string>>>>;
  /** The docs page in Markdown, by language; see STYLE in the contributor's page for its sections. */
  readonly docs: Readonly<Record<Locale, string>>;
  readonly detectors: {
    readonly go?: GoDetector;
    readonly typescript?: TypeScriptDetector;
  };
}

export function defineRule(rule: Rule): Rule {
  return rule;
}
