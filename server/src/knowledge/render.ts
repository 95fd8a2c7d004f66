// Pages as Markdown for a reader: claims spelled out with their verdicts and the Go versions they were checked on, links
// between strategies, rules and sections. Links are `rule:ID`, `strategy:ID`, `section:N` and `contents:`; each surface
// turns them into what it can open.

import type { Locale, Rule } from '../rules/rule.ts';
import type { Claim, NoProgram, Page, Verdict } from './page.ts';
import { claimLine, sectionOfClaim } from './page.ts';
import { pages } from './registry.ts';
import { sectionNumbered, sections } from './sections.ts';
import verdictList from './verdicts.json';

/** What the renderer needs of a rule. */
export type ExplainedRule = Pick<Rule, 'id' | 'docs' | 'sections'>;

interface Words {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly none: Readonly<Record<NoProgram, string>>;
  section(number: string): string;
  sectionHeading(number: string, title: string): string;
  program(name: string, versions: readonly string[]): string;
  claim(parts: Readonly<Record<'id' | 'place' | 'verdict' | 'statement' | 'evidence', string>>): string;
  readonly rules: string;
  readonly strategies: string;
  readonly contents: string;
  readonly contentsIntroduction: string;
  readonly claims: string;
  readonly pages: string;
  readonly strategiesGo: string;
  readonly strategiesTypeScript: string;
  readonly otherPages: string;
}

const words: Readonly<Record<Locale, Words>> = {
  en: {
    verdict: { true: 'true', 'true-with-limits': 'true with limits', false: 'false', outdated: 'outdated', unverifiable: 'cannot be verified' },
    none: { 'needs-redis': 'no program: needs a Redis server', 'private-layout': 'no program: private to the runtime, read from its source' },
    section: (number) => `section ${number}`,
    sectionHeading: (number, title) => `Section ${number}: ${title}`,
    program: (name, versions) => `program \`${name}\`, checked on ${versions.map((version) => `go${version}`).join(', ')}`,
    claim: ({ id, place, verdict, statement, evidence }) => `- **${id}** (${place}): **${verdict}**. ${statement} *${evidence}*`,
    rules: 'Rules',
    strategies: 'Strategies',
    contents: 'Contents',
    contentsIntroduction: 'What the document says about clearing maps, section by section, and what of it holds. Each claim has its own verdict, and a program that was run wherever one can be.',
    claims: 'Claims',
    pages: 'Pages',
    strategiesGo: 'Strategies for Go',
    strategiesTypeScript: 'Strategies for TypeScript',
    otherPages: 'More',
  },
  'zh-cn': {
    verdict: { true: '正确', 'true-with-limits': '有条件地正确', false: '错误', outdated: '已过时', unverifiable: '无法核实' },
    none: { 'needs-redis': '没有程序：需要 Redis 服务器', 'private-layout': '没有程序：属于运行时内部，依据其源码' },
    section: (number) => `第 ${number} 节`,
    sectionHeading: (number, title) => `第 ${number} 节：${title}`,
    program: (name, versions) => `程序 \`${name}\`，已在 ${versions.map((version) => `go${version}`).join('、')} 上验证`,
    claim: ({ id, place, verdict, statement, evidence }) => `- **${id}**（${place}）：**${verdict}**。${statement}（${evidence}）`,
    rules: '相关规则',
    strategies: '相关做法',
    contents: '目录',
    contentsIntroduction: '文档各节对清空 map 的说法，以及其中哪些成立。每条说法都有单独的结论，能用程序验证的都有实际运行过的程序。',
    claims: '说法与结论',
    pages: '页面',
    strategiesGo: 'Go 的做法',
    strategiesTypeScript: 'TypeScript 的做法',
    otherPages: '其他',
  },
};

const versionsOfClaim = new Map(verdictList.map(({ claim, versions }) => [claim, versions]));

/** The page of that id, or undefined when there is none. */
export function pageById(id: string): Page | undefined {
  return pages.find((page) => page.id === id);
}

/** Strategies that a rule's page leads to: they name the rule. */
export function strategiesOf(rule: string): readonly Page[] {
  return pages.filter((page) => page.rules.includes(rule));
}

/** The page of a strategy, with its rules. Rules that do not exist are left out. */
export function renderPage(page: Page, rules: readonly ExplainedRule[], locale: Locale): string {
  const { [locale]: own } = words;
  const body = page.body[locale].split('\n').map((line) => spelledOut(line, page, locale)).join('\n').trimEnd();
  const known = page.rules.flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
  const links = known.map((rule) => `- [${titleOf(rule.docs[locale])}](rule:${rule.id})`);
  const where = page.sections.map((number) => `[${own.section(number)}](section:${number})`).join(' · ');
  return `${[body, ...(links.length > 0 ? [`## ${own.rules}`, links.join('\n')] : []), `[${own.contents}](contents:) · ${where}`].join('\n\n')}\n`;
}

/** The page of a rule, with its strategies. */
export function renderRule(rule: ExplainedRule, locale: Locale): string {
  const { [locale]: own } = words;
  const strategies = strategiesOf(rule.id);
  const where = rule.sections.filter((number) => sectionNumbered(number)).map((number) => `[${own.section(number)}](section:${number})`);
  const links = strategies.map((page) => `- [${page.title[locale]}](strategy:${page.id})`);
  const parts = [rule.docs[locale].trimEnd(), ...(links.length > 0 ? [`## ${own.strategies}`, links.join('\n')] : []), [`[${own.contents}](contents:)`, ...where].join(' · ')];
  return `${parts.join('\n\n')}\n`;
}

/** What the document says in a section and what of it holds; undefined for a section that it does not have. */
export function renderSection(number: string, rules: readonly ExplainedRule[], locale: Locale): string | undefined {
  const section = sectionNumbered(number);
  if (!section) return undefined;
  const { [locale]: own } = words;
  const claims = claimsOfSection(number).map(({ claim }) => claimText(claim, locale));
  const about = pages.filter((page) => page.sections.includes(number)).map((page) => `- [${page.title[locale]}](strategy:${page.id})`);
  const speaking = rules.filter((rule) => rule.sections.includes(number)).map((rule) => `- [${titleOf(rule.docs[locale])}](rule:${rule.id})`);
  const parts = [
    `# ${own.sectionHeading(number, section.title[locale])}`,
    section.summary[locale],
    ...(claims.length > 0 ? [`## ${own.claims}`, claims.join('\n')] : []),
    ...(about.length > 0 ? [`## ${own.pages}`, about.join('\n')] : []),
    ...(speaking.length > 0 ? [`## ${own.rules}`, speaking.join('\n')] : []),
    `[${own.contents}](contents:)`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The document by section, with our summaries and verdicts, and the list of pages. */
export function renderContents(locale: Locale): string {
  const { [locale]: own } = words;
  const rows = sections.flatMap((section) => {
    const counted = countVerdicts(claimsOfSection(section.number).map(({ claim }) => claim), locale);
    return [`- [${section.number} ${section.title[locale]}](section:${section.number})${counted === '' ? '' : ` — ${counted}`}  \n  ${section.summary[locale]}`];
  });
  const list = (kind: Page['kind']): string => pages.filter((page) => page.kind === kind).map((page) => `- [${page.title[locale]}](strategy:${page.id})`).join('\n');
  return `${[
    `# ${own.contents}`, own.contentsIntroduction, rows.join('\n'), `## ${own.strategiesGo}`, list('go'), `## ${own.strategiesTypeScript}`, list('typescript'), `## ${own.otherPages}`, list('page'),
  ].join('\n\n')}\n`;
}

/** The verdicts of sections in a line, such as `2.1: 1 true, 3 false`; empty when none has claims. */
export function verdictLine(numbers: readonly string[], locale: Locale): string {
  const claims = numbers.flatMap((number) => claimsOfSection(number).map(({ claim }) => claim));
  return countVerdicts(claims, locale);
}

function claimsOfSection(number: string): readonly { readonly claim: Claim; readonly page: Page }[] {
  return pages
    .flatMap((page) => page.claims.map((claim) => ({ claim, page })))
    .filter(({ claim }) => sectionOfClaim(claim.id) === number)
    .sort((a, b) => Number(a.claim.id.slice(1)) - Number(b.claim.id.slice(1)));
}

function countVerdicts(claims: readonly Claim[], locale: Locale): string {
  const { verdict } = words[locale];
  return (Object.keys(verdict) as Verdict[])
    .map((word) => ({ word, count: claims.filter((claim) => claim.verdict === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => (locale === 'zh-cn' ? `${verdict[word]} ${count} 条` : `${count} ${verdict[word]}`))
    .join(locale === 'zh-cn' ? '，' : ', ');
}

function spelledOut(line: string, page: Page, locale: Locale): string {
  const written = claimLine(line);
  const claim = written && page.claims.find(({ id }) => id === written.id);
  return claim ? claimText(claim, locale) : line;
}

function claimText(claim: Claim, locale: Locale): string {
  const { [locale]: own } = words;
  const section = sectionOfClaim(claim.id);
  return own.claim({
    id: claim.id,
    place: `[${own.section(section)}](section:${section})`,
    verdict: own.verdict[claim.verdict],
    statement: claim.statement[locale],
    evidence: 'none' in claim.evidence ? own.none[claim.evidence.none] : own.program(claim.evidence.program, versionsOfClaim.get(claim.id) ?? []),
  });
}

/** The title of a page: the text of its first line. */
export function titleOf(markdown: string): string {
  return markdown.split('\n', 1)[0]!.replace(/^# /, '').trim();
}
