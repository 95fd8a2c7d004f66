// The pages of the knowledge base: complete in both languages, every claim once, code that compiles and does not race.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { analyzerOver } from '../../../test/harness/fixtures.ts';
import { codeBlocksOf } from '../../../test/harness/docs.ts';
import { findGo } from '../../../test/harness/go.mjs';
import { typeFaults } from '../../../test/harness/type-faults.ts';
import { ruleById, rules } from '../rules/registry.ts';
import { locales } from '../rules/rule.ts';
import { claimLines, sectionOfClaim } from './page.ts';
import type { Page } from './page.ts';
import { pages } from './registry.ts';
import { pageById, renderContents, renderPage, renderRule, renderSection, strategiesOf } from './render.ts';
import { sections } from './sections.ts';
import verdicts from './verdicts.json';

const headings = {
  en: ['Use it when', 'Do not use it when', 'Cost', 'Memory, aliases, readers', 'Versions', 'Code', 'What the document says'],
  'zh-cn': ['适用', '不适用', '开销', '内存、别名与并发读者', '版本', '代码', '文档怎么说'],
} as const;

for (const page of pages) {
  test(`${page.id}: both languages are complete and say the same`, () => {
    const [en, zh] = locales.map((locale) => readFileSync(`server/src/knowledge/pages/${page.id}.${locale}.md`, 'utf8'));
    const head = (text: string): string => text.slice(0, text.indexOf('\n---\n'));
    assert.equal(head(zh!), head(en!));
    assert.deepEqual(codeBlocksOf(page.body['zh-cn']), codeBlocksOf(page.body.en));
    const written = (text: string): readonly string[] => claimLines(text).map(({ id, verdict, evidence }) => `${id} ${verdict} ${evidence}`);
    assert.deepEqual(written(page.body['zh-cn']), written(page.body.en));
    for (const locale of locales) {
      const found = headingsOf(page.body[locale]);
      const expected = headings[locale].filter((_, i) => (i < 6 ? page.kind !== 'page' || found.includes(headings[locale][i]!) : page.claims.length > 0));
      assert.deepEqual(found, expected, locale);
      assert.match(page.summary[locale], /[.。！!]$/, locale);
    }
    assert.match(page.title['zh-cn'] + page.summary['zh-cn'], /\p{Script=Han}/u);
  });

  test(`${page.id}: sections exist, and those of its claims are among them`, () => {
    for (const number of page.sections) assert.ok(sections.some((section) => section.number === number), number);
    for (const { id } of page.claims) assert.ok(page.sections.includes(sectionOfClaim(id)), id);
  });

  test(`${page.id}: nothing is found in its code`, () => {
    const files = codeFiles(page);
    const analyzer = analyzerOver(files);
    const found = [...files.keys()].flatMap((name) => analyzer.analyze(`/fixture/${name}`).findings.map((finding) => `${name}: ${finding.rule}`));
    const expected = page.id === 'range-and-delete' ? ['code.go: delete-loop'] : [];
    assert.deepEqual(found, expected);
  });
}

test('claims: each of the document has one page and one verdict', () => {
  const claims = pages.flatMap((page) => page.claims.map(({ id }) => id));
  assert.deepEqual([...claims].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))), Array.from({ length: 108 }, (_, i) => `C${i + 1}`));
  assert.deepEqual(verdicts.map(({ claim }) => claim), Array.from({ length: 108 }, (_, i) => `C${i + 1}`));
});

test('rules and strategies link to each other', () => {
  for (const rule of rules) {
    const text = renderRule(rule, 'en');
    for (const page of strategiesOf(rule.id)) {
      assert.ok(text.includes(`(strategy:${page.id})`), `${rule.id} does not lead to ${page.id}`);
      assert.ok(renderPage(page, rules, 'en').includes(`(rule:${rule.id})`), `${page.id} does not lead to ${rule.id}`);
    }
  }
});

test('links: every one leads to something', () => {
  for (const locale of locales) {
    const texts = [
      renderContents(locale),
      ...pages.map((page) => renderPage(page, rules, locale)),
      ...rules.map((rule) => renderRule(rule, locale)),
      ...sections.map(({ number }) => renderSection(number, rules, locale)!),
    ];
    for (const [, kind, id] of texts.join('\n').matchAll(/\]\((rule|strategy|section):([^)]*)\)/g)) {
      const known = kind === 'rule' ? ruleById(id!) : kind === 'strategy' ? pageById(id!) : sections.find(({ number }) => number === id);
      assert.ok(known, `${kind}:${id}`);
    }
  }
});

test('contents: every section and every page is listed', () => {
  for (const locale of locales) {
    const text = renderContents(locale);
    for (const { number } of sections) assert.ok(text.includes(`(section:${number})`), number);
    for (const { id } of pages) assert.ok(text.includes(`(strategy:${id})`), id);
  }
});

const go = findGo();

test('code: Go compiles, and what is concurrent has no race', { skip: go ? false : 'no Go installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-pages-'));
  try {
    writeFileSync(join(folder, 'go.mod'), 'module example.com/pages\n\ngo 1.26\n');
    for (const page of pages.filter(({ kind }) => kind !== 'typescript')) {
      const directory = join(folder, page.id);
      mkdirSync(directory);
      for (const [name, text] of codeFiles(page)) if (name !== 'go.mod') writeFileSync(join(directory, name), text);
      const raced = `test/evidence/pages/${page.id}_test.go`;
      if (existsSync(raced)) writeFileSync(join(directory, 'code_test.go'), readFileSync(raced));
    }
    const race = (process.env['MAPWARDEN_CAPABILITIES'] ?? 'race').split(',').includes('race');
    const run = spawnSync(go!, ['test', ...(race ? ['-race'] : []), './...'], { cwd: folder, encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' } });
    assert.equal(run.status, 0, run.stdout + run.stderr);
    const formatted = spawnSync(join(go!, '..', 'gofmt'), ['-l', '.'], { cwd: folder, encoding: 'utf8' });
    assert.equal(formatted.stdout, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('code: each race test belongs to a page', () => {
  for (const name of readdirSync('test/evidence/pages')) assert.ok(pageById(name.replace(/_test\.go$/, '')), name);
});

test('code: TypeScript compiles', () => {
  const files = new Map(pages.filter(({ kind }) => kind === 'typescript').map((page) => [`/${page.id}.ts`, blocksOf(page).map(({ code }) => code).join('\n')]));
  assert.deepEqual(typeFaults(files), []);
});

function headingsOf(body: string): readonly string[] {
  return body.replace(/^```[^]*?^```$/gm, '').split('\n').filter((line) => line.startsWith('## ')).map((line) => line.slice(3));
}

function blocksOf(page: Page): readonly { readonly options: Readonly<Record<string, string>>; readonly code: string }[] {
  return codeBlocksOf(page.body.en).map((block) => {
    const [info = '', ...code] = block.split('\n');
    return { options: Object.fromEntries(info.split(' ').slice(1).map((option) => option.split('=') as [string, string])), code: code.join('\n') };
  });
}

/** The code of a page as a module: each block is a file. */
function codeFiles(page: Page): ReadonlyMap<string, string> {
  const blocks = blocksOf(page);
  const extension = page.kind === 'typescript' ? 'ts' : 'go';
  const files = blocks.map(({ options, code }): [string, string] => [options['file'] ?? `code.${extension}`, extension === 'ts' || /^package /m.test(code) ? `${code}\n` : `package example\n\n${code}\n`]);
  return new Map([['go.mod', `module example.com/example\n\ngo ${blocks[0]?.options['go'] ?? '1.26'}\n`], ...files]);
}
