import assert from 'node:assert/strict';
import test from 'node:test';
import { codeBlocksOf, examplesOf, findingsInExample, pageSections, sectionsOf } from '../../../test/harness/docs.ts';
import { rules } from './registry.ts';
import { locales } from './rule.ts';

for (const rule of rules) {
  for (const locale of locales) {
    const page = rule.docs[locale];
    test(`${rule.id}: the ${locale} page has a title, a first paragraph and every section`, () => {
      assert.match(page, /^# \S.*\n\n\S/);
      assert.deepEqual(sectionsOf(page), [...pageSections[locale]]);
    });

    test(`${rule.id}: the ${locale} page shows what is found and what is not`, () => {
      const examples = examplesOf(page, locale);
      assert.ok(examples.some((example) => example.kind === 'invalid'), 'no invalid example');
      assert.ok(examples.some((example) => example.kind === 'valid'), 'no valid example');
      for (const example of examples) {
        const found = findingsInExample(rule.id, example);
        const expected = example.kind === 'invalid' ? 1 : 0;
        assert.equal(found.length, expected, `line ${example.line}: ${example.kind} example has ${found.length} findings`);
      }
    });
  }

  test(`${rule.id}: both pages have the same code`, () => {
    assert.deepEqual(codeBlocksOf(rule.docs['zh-cn']), codeBlocksOf(rule.docs.en));
  });

  test(`${rule.id}: messages are complete, in lower case and without a final period`, () => {
    assert.deepEqual(Object.keys(rule.messages['zh-cn']).sort(), Object.keys(rule.messages.en).sort());
    for (const [id, text] of Object.entries(rule.messages.en)) {
      assert.doesNotMatch(text, /\.$/, id);
      const first = text.charAt(0);
      // The titles of fixes are menu entries; everything else continues `rule: …`.
      const title = id === 'fix' || id.startsWith('fix-');
      assert.equal(first, title ? first.toUpperCase() : first.toLowerCase(), `${id} begins with the wrong case`);
      const places = (message: string): string[] => [...message.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();
      assert.deepEqual(places(rule.messages['zh-cn'][id]!), places(text), `${id} has other places in zh-cn`);
    }
  });
}
