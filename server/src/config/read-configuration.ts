// Reads a `.mapwarden.json`. A fault becomes one notice at its line, and everything else in the file still applies.

import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { severities, type Severity } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { LineIndex } from '../text/line-index.ts';
import { dirname } from '../workspace/paths.ts';
import { faultNotice, syntaxFaults, unexpectedText, type FaultId, type FaultValue } from './faults.ts';
import { faultOf, globSet, type GlobSet } from './globs.ts';
import type { Notice } from './settings.ts';

export interface Configuration {
  readonly path: string;
  /** Severity by rule id; `*` speaks for every rule that is not named. */
  readonly rules: Readonly<Record<string, Severity>>;
  readonly exclude: GlobSet;
  readonly goVersion: string | undefined;
  /** Undefined where the file does not say. */
  readonly shownByVet: boolean | undefined;
  readonly maxFileSize: number | undefined;
  /** In the order of the file: a later one wins. */
  readonly overrides: readonly Override[];
  readonly notices: readonly Notice[];
}

export interface Override {
  readonly files: GlobSet;
  readonly rules: Readonly<Record<string, Severity>>;
}

/** A configuration that says nothing, with the reason why. */
export function unreadableConfiguration(path: string, detail: string): Configuration {
  return { ...nothingSaid(path), notices: [faultNotice(path, 0, 'unreadable', { detail })] };
}

/** @param knownRules the ids that a configuration may name */
export function readConfiguration(path: string, text: string, knownRules: ReadonlySet<string>): Configuration {
  return new ConfigurationReader(path, text, knownRules).read();
}

function nothingSaid(path: string): Configuration {
  const nothing = globSet(dirname(path), []);
  return { path, rules: {}, exclude: nothing, goVersion: undefined, shownByVet: undefined, maxFileSize: undefined, overrides: [], notices: [] };
}

interface Property {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

class ConfigurationReader {
  readonly #path: string;
  readonly #text: string;
  readonly #knownRules: ReadonlySet<string>;
  readonly #lines: LineIndex;
  readonly #notices: Notice[] = [];

  constructor(path: string, text: string, knownRules: ReadonlySet<string>) {
    this.#path = path;
    this.#text = text;
    this.#knownRules = knownRules;
    this.#lines = new LineIndex(text);
  }

  read(): Configuration {
    const errors: ParseError[] = [];
    const root = parseTree(this.#text, errors, { allowTrailingComma: true, disallowComments: false });
    this.#tellSyntax(errors);
    const configuration = root ? this.#configuration(root) : nothingSaid(this.#path);
    const notices = [...this.#notices].sort((a, b) => a.line - b.line);
    return { ...configuration, notices };
  }

  #configuration(root: Node): Configuration {
    let { rules, exclude, goVersion, shownByVet, maxFileSize, overrides } = nothingSaid(this.#path);
    if (!this.#isObject(root, { en: 'the configuration', 'zh-cn': '配置' })) return nothingSaid(this.#path);
    for (const { key, keyNode, value } of this.#properties(root)) {
      if (key === 'rules') rules = this.#rules(value);
      else if (key === 'exclude') exclude = this.#globs(value, 'exclude');
      else if (key === 'go') ({ goVersion, shownByVet } = this.#go(value));
      else if (key === 'maxFileSize') maxFileSize = this.#size(value);
      else if (key === 'overrides') overrides = this.#overrides(value);
      else if (key !== '$schema') this.#unknownKey(keyNode, key, ['rules', 'exclude', 'go', 'maxFileSize', 'overrides']);
    }
    return { path: this.#path, rules, exclude, goVersion, shownByVet, maxFileSize, overrides, notices: [] };
  }

  #rules(node: Node): Readonly<Record<string, Severity>> {
    if (!this.#isObject(node, 'rules')) return {};
    const rules: Record<string, Severity> = {};
    for (const { key, keyNode, value } of this.#properties(node)) {
      if (key !== '*' && !this.#knownRules.has(key)) {
        const similar = closest(key, this.#knownRules);
        if (similar === undefined) this.#tell(keyNode, 'unknown-rule', { rule: key });
        else this.#tell(keyNode, 'unknown-rule-similar', { rule: key, similar });
      } else if (isSeverity(value.value)) rules[key] = value.value;
      else this.#tell(value, 'bad-severity', { rule: key });
    }
    return rules;
  }

  #globs(node: Node, what: string): GlobSet {
    const folder = dirname(this.#path);
    if (node.type !== 'array') {
      this.#tell(node, 'not-a-list', { what });
      return globSet(folder, []);
    }
    const globs: string[] = [];
    for (const item of node.children ?? []) {
      const glob: unknown = item.value;
      const why = typeof glob === 'string' ? faultOf(glob) : undefined;
      if (typeof glob !== 'string') this.#tell(item, 'not-a-glob', {});
      else if (why !== undefined) this.#tell(item, 'bad-glob', { glob, why });
      else globs.push(glob);
    }
    return globSet(folder, globs);
  }

  #go(node: Node): Pick<Configuration, 'goVersion' | 'shownByVet'> {
    let goVersion: string | undefined;
    let shownByVet: boolean | undefined;
    if (!this.#isObject(node, 'go')) return { goVersion, shownByVet };
    for (const { key, keyNode, value } of this.#properties(node)) {
      const said: unknown = value.value;
      if (key === 'version' && typeof said === 'string' && isGoVersion(said)) goVersion = said;
      else if (key === 'version') this.#tell(value, 'bad-version', {});
      else if (key === 'shownByVet' && typeof said === 'boolean') shownByVet = said;
      else if (key === 'shownByVet') this.#tell(value, 'not-a-boolean', { what: 'go.shownByVet' });
      else this.#unknownKey(keyNode, key, ['version', 'shownByVet']);
    }
    return { goVersion, shownByVet };
  }

  #size(node: Node): number | undefined {
    const size: unknown = node.value;
    if (typeof size === 'number' && size > 0) return size;
    this.#tell(node, 'bad-size', {});
    return undefined;
  }

  #overrides(node: Node): readonly Override[] {
    if (node.type !== 'array') {
      this.#tell(node, 'bad-overrides', {});
      return [];
    }
    return (node.children ?? []).flatMap((item) => this.#override(item) ?? []);
  }

  #override(node: Node): Override | undefined {
    if (node.type !== 'object') {
      this.#tell(node, 'bad-overrides', {});
      return undefined;
    }
    let files: GlobSet | undefined;
    let rules: Readonly<Record<string, Severity>> = {};
    for (const { key, keyNode, value } of this.#properties(node)) {
      if (key === 'files') files = this.#globs(value, 'files');
      else if (key === 'rules') rules = this.#rules(value);
      else this.#unknownKey(keyNode, key, ['files', 'rules']);
    }
    if (!files) this.#tell(node, 'missing-files', {});
    return files && { files, rules };
  }

  /** The properties of an object that have a key and a value; of equal keys only the last. */
  #properties(node: Node): readonly Property[] {
    const byKey = new Map<string, Property>();
    for (const { children } of node.children ?? []) {
      const [keyNode, value] = children ?? [];
      if (!keyNode || !value) continue;
      const key = String(keyNode.value);
      if (byKey.has(key)) this.#tell(keyNode, 'duplicate-key', { key });
      byKey.set(key, { key, keyNode, value });
    }
    return [...byKey.values()];
  }

  #isObject(node: Node, what: FaultValue): boolean {
    if (node.type === 'object') return true;
    this.#tell(node, 'not-an-object', { what });
    return false;
  }

  #unknownKey(node: Node, key: string, known: readonly string[]): void {
    const similar = closest(key, known);
    if (similar === undefined) this.#tell(node, 'unknown-key', { key });
    else this.#tell(node, 'unknown-key-similar', { key, similar });
  }

  /** One fault can make the parser stumble several times; the first stumble on a line is the one that tells. */
  #tellSyntax(errors: readonly ParseError[]): void {
    const lines = new Set<number>();
    for (const { error, offset } of errors) {
      const line = this.#lines.line(offset) + 1;
      if (lines.has(line)) continue;
      lines.add(line);
      this.#notices.push(faultNotice(this.#path, line, 'syntax', { what: syntaxFaults[printParseErrorCode(error)] ?? unexpectedText }));
    }
  }

  #tell(node: Node, id: FaultId, values: Readonly<Record<string, FaultValue>>): void {
    this.#notices.push(faultNotice(this.#path, this.#lines.line(node.offset) + 1, id, values));
  }
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}

/** A release of Go 1, as go.mod writes it. */
function isGoVersion(text: string): boolean {
  return /^1\.\d{1,4}(?:\.\d+|(?:rc|beta)\d+)?$/.test(text);
}
