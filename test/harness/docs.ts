// The examples of a docs page. A fenced block under `## Invalid` yields exactly one finding of the rule, one under
// `## Valid` none. A block without a package clause is put into `package example`; `go=1.20` after the language sets the
// version of its module, `file=name_test.go` its file name. Blocks in `ts`, `tsx`, `js` are files of their own.

import { ruleById } from '../../server/src/rules/registry.ts';
import { analyzerOver, findingsOf } from './fixtures.ts';
import type { Finding } from '../../server/src/rules/rule.ts';

export interface Example {
  readonly kind: 'invalid' | 'valid';
  readonly language: string;
  readonly options: Readonly<Record<string, string>>;
  readonly code: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
}

export const pageSections = {
  en: ['Why', 'Invalid', 'Valid', 'Fix safety', 'When not to use it', 'What the document says', 'References'],
  'zh-cn': ['原因', '错误示例', '正确示例', '修复的安全性', '何时不使用', '文档怎么说', '参考'],
} as const;

/** The titles of the page's second-level sections, in order. */
export function sectionsOf(page: string): readonly string[] {
  return linesOutsideFences(page).filter((line) => line.startsWith('## ')).map((line) => line.slice(3).trim());
}

function linesOutsideFences(page: string): readonly string[] {
  let fenced = false;
  return page.split('\n').filter((line) => {
    if (line.startsWith('```')) {
      fenced = !fenced;
      return false;
    }
    return !fenced;
  });
}

/** Every fenced block of a page with the text of its opening line, for comparing languages. */
export function codeBlocksOf(page: string): readonly string[] {
  const blocks: string[] = [];
  let current: string[] | undefined;
  for (const line of page.split('\n')) {
    if (line.startsWith('```')) {
      if (current) blocks.push(current.join('\n'));
      current = current ? undefined : [line];
    } else current?.push(line);
  }
  return blocks;
}

export function examplesOf(page: string, locale: keyof typeof pageSections): readonly Example[] {
  const examples: Example[] = [];
  const [, invalid, valid] = pageSections[locale];
  let kind: Example['kind'] | undefined;
  let open: { info: string; line: number; code: string[] } | undefined;
  page.split('\n').forEach((line, index) => {
    if (!open && line.startsWith('## ')) {
      const title = line.slice(3).trim();
      kind = title === invalid ? 'invalid' : title === valid ? 'valid' : undefined;
    } else if (line.startsWith('```')) {
      if (!open) open = { info: line.slice(3).trim(), line: index + 1, code: [] };
      else {
        const [language = '', ...rest] = open.info.split(/\s+/);
        const options = Object.fromEntries(rest.map((part) => part.split('=') as [string, string]));
        if (kind) examples.push({ kind, language, options, code: open.code.join('\n'), line: open.line });
        open = undefined;
      }
    } else open?.code.push(line);
  });
  return examples;
}

/** The files of an example as a module of its own. */
export function exampleFiles(example: Example): ReadonlyMap<string, string> {
  const name = example.options['file'] ?? `example.${example.language}`;
  if (example.language !== 'go') return new Map([[name, `${example.code}\n`]]);
  const code = /^package /m.test(example.code) ? example.code : `package example\n\n${example.code}`;
  return new Map([
    ['go.mod', `module example.com/example\n\ngo ${example.options['go'] ?? '1.26'}\n`],
    [name, `${code}\n`],
  ]);
}

/** What the rule finds in an example. */
export function findingsInExample(rule: string, example: Example): readonly Finding[] {
  const files = exampleFiles(example);
  // A rule that is off by default is switched on for its examples.
  const isOff = ruleById(rule)?.severity === 'off' && ruleById(rule)?.messageSeverities === undefined;
  const analyzer = analyzerOver(isOff ? new Map([...files, ['.mapwarden.json', JSON.stringify({ rules: { [rule]: 'hint' } })]]) : files);
  return [...files.keys()].filter((name) => name !== 'go.mod').flatMap((name) => findingsOf(analyzer.analyze(`/fixture/${name}`), rule));
}
