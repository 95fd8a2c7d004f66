import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFile } from '../go/syntax/parser.ts';
import type { Finding } from '../rules/rule.ts';
import { applyEdits } from '../text/span.ts';
import { goRegionAfter } from './go-regions.ts';
import { applySuppressions } from './suppressions.ts';

const known = new Set(['one', 'two', 'three', 'suppression']);

/** Applies suppressions to findings that start at «rule markers; a marker is cut out of the text. */
function run(marked: string, ran: readonly string[] = [...known]) {
  const places: { rule: string; start: number; subject: number | undefined }[] = [];
  let text = '';
  let subject: number | undefined;
  for (let i = 0; i < marked.length; i++) {
    if (marked[i] === '§') subject = text.length;
    else if (marked[i] === '«') {
      const end = marked.indexOf('»', i);
      places.push({ rule: marked.slice(i + 1, end), start: text.length, subject });
      i = end;
    } else text += marked[i];
  }
  const findings = places.map(({ rule, start, subject: from }): Finding => ({
    rule,
    path: '/x.go',
    message: { id: 'm' },
    severity: 'warning',
    span: { start, end: start + 1 },
    subject: { start: from ?? start, end: start + 1 },
    related: [],
    fixes: [],
  }));
  const syntax = parseFile(text);
  const result = applySuppressions({ language: 'go', text, comments: syntax.comments, regionAfter: (directive) => goRegionAfter(syntax, text, directive), findings, ranRules: new Set(ran), knownRules: known });
  return { text, kept: result.kept.map((finding) => finding.rule), reports: result.reports.map(({ message }) => message.id), result };
}

const inFunction = (body: string): string => `package p\n\nfunc f() {\n${body}\n}\n`;

test('suppressions: without a directive everything is kept', () => {
  assert.deepEqual(run(inFunction('\t«one»a() // a comment')).kept, ['one']);
});

test('suppressions: behind code a directive covers the findings that start on its line', () => {
  const { kept, reports } = run(inFunction('\t«two»a()\n\t«one»b(); «one»c() //mapwarden:ignore one because\n\t«one»d()'));
  assert.deepEqual(kept, ['two', 'one']);
  assert.deepEqual(reports, []);
});

test('suppressions: the rule decides, not the place alone', () => {
  const { kept, reports } = run(inFunction('\t«two»a() //mapwarden:ignore one because'));
  assert.deepEqual(kept, ['two']);
  assert.deepEqual(reports, ['unused']);
});

test('suppressions: above a loop its head is covered and its body is not', () => {
  const { kept } = run(inFunction('\t//mapwarden:ignore one because\n\tfor «one»i := range\n\t\t«one»x {\n\t\t«one»a()\n\t}\n\t«one»b()'));
  assert.deepEqual(kept, ['one', 'one']);
});

test('suppressions: a finding inside a loop that is about the loop is covered above it', () => {
  const { kept } = run(inFunction('\t//mapwarden:ignore one because\n\t§for i := range x {\n\t\t«one»a()\n\t}'));
  assert.deepEqual(kept, []);
});

test('suppressions: a statement over several lines is covered, closures in it are not', () => {
  const { kept } = run(inFunction('\t//mapwarden:ignore one because\n\ta(\n\t\t«one»b,\n\t\tfunc() {\n\t\t\t«one»c()\n\t\t},\n\t\t«one»d,\n\t)'));
  assert.deepEqual(kept, ['one']);
});

test('suppressions: what stands on the first line is covered whatever it nests', () => {
  assert.deepEqual(run(inFunction('\t//mapwarden:ignore one because\n\tdefer func() { «one»a() }()')).kept, []);
});

test('suppressions: else-branches belong to the statement by their conditions', () => {
  const { kept } = run(inFunction('\t//mapwarden:ignore one because\n\tif «one»a {\n\t} else if «one»b {\n\t\t«one»c()\n\t}'));
  assert.deepEqual(kept, ['one']);
});

test('suppressions: at the end of a block nothing follows', () => {
  const { kept, reports } = run(inFunction('\t{\n\t\ta()\n\t\t//mapwarden:ignore one because\n\t}\n\t«one»b()'));
  assert.deepEqual(kept, ['one']);
  assert.deepEqual(reports, ['unused']);
});

test('suppressions: fields, elements, specs and cases are covered one by one', () => {
  const directive = '//mapwarden:ignore one because\n';
  assert.deepEqual(run(`package p\n\ntype T struct {\n\ta «one»int\n\t${directive}\tb «one»int\n\tc «one»int\n}\n`).kept, ['one', 'one']);
  assert.deepEqual(run(`package p\n\nvar (\n\ta = «one»1\n\t${directive}\tb = «one»1\n\tc = «one»1\n)\n`).kept, ['one', 'one']);
  assert.deepEqual(run(inFunction(`\tx := T{\n\t\t«one»a,\n\t\t${directive}\t\t«one»b,\n\t\t«one»c,\n\t}`)).kept, ['one', 'one']);
  assert.deepEqual(run(inFunction(`\tswitch x {\n\tcase «one»a:\n\t${directive}\tcase «one»b:\n\t\t«one»c()\n\tcase «one»d:\n\t}`)).kept, ['one', 'one', 'one']);
});

test('suppressions: above a function its signature is covered', () => {
  const { kept } = run('package p\n\n//mapwarden:ignore one because\nfunc f(\n\ta «one»int,\n) {\n\t«one»b()\n}\n');
  assert.deepEqual(kept, ['one']);
});

test('suppressions: comments between a directive and its statement are covered', () => {
  assert.deepEqual(run('//mapwarden:ignore one because\n\n// «one»text\n\npackage p\n').kept, []);
});

test('suppressions: a directive for the file covers it wherever it stands', () => {
  assert.deepEqual(run(inFunction('\t«one»a()\n\t«two»b()\n\tc() //mapwarden:ignore-file one because')).kept, ['two']);
});

test('suppressions: lists name several rules, with and without white space', () => {
  for (const list of ['one,two', 'one, two', 'one ,two', 'one , two']) {
    const { kept, reports } = run(inFunction(`\t//mapwarden:ignore ${list} because\n\t«one»a(«two»b)`));
    assert.deepEqual(kept, [], list);
    assert.deepEqual(reports, [], list);
  }
});

test('suppressions: without a reason nothing is silenced and the comment is reported', () => {
  for (const reason of ['', ' ', ' // later']) {
    const { kept, reports } = run(inFunction(`\t«one»a() //mapwarden:ignore one${reason}`));
    assert.deepEqual(kept, ['one']);
    assert.deepEqual(reports, ['missing-reason']);
  }
});

test('suppressions: a rule that did not run says nothing about its directives', () => {
  assert.deepEqual(run(inFunction('\ta() //mapwarden:ignore one because'), ['two']).reports, []);
  assert.deepEqual(run(inFunction('\ta() //mapwarden:ignore one,two because'), ['two']).reports, ['unused']);
});

test('suppressions: unknown rules are reported with the one that was meant', () => {
  const { kept, reports, result } = run(inFunction('\t«one»a() //mapwarden:ignore one,thre,xyzzy because'));
  assert.deepEqual(kept, []);
  assert.deepEqual(reports, ['unknown-rule-similar', 'unknown-rule']);
  assert.deepEqual(result.reports[0]!.message.arguments, { rule: 'thre', similar: 'three' });
});

test('suppressions: what cannot be read as a directive is reported', () => {
  assert.deepEqual(run(inFunction('\ta() //mapwarden:ignore')).reports, ['malformed']);
  assert.deepEqual(run(inFunction('\ta() //mapwarden:ignored one because')).reports, ['malformed-verb']);
  assert.deepEqual(run(inFunction('\ta() // mapwarden:ignore one because')).reports, ['malformed-space']);
  assert.deepEqual(run(inFunction('\ta() // mapwarden: a sentence')).reports, []);
});

test('suppressions: strings and general comments hold no directives', () => {
  assert.deepEqual(run(inFunction('\t«one»a("//mapwarden:ignore one because")\n\t«one»b() /*mapwarden:ignore one because*/')).kept, ['one', 'one']);
});

test('suppressions: CRLF', () => {
  const { kept, reports } = run('package p\r\n\r\nfunc f() {\r\n\t//mapwarden:ignore one because\r\n\t«one»a()\r\n\t«two»b() //mapwarden:ignore two because\r\n\t«one»c() //mapwarden:ignore one\r\n}\r\n');
  assert.deepEqual(kept, ['one']);
  assert.deepEqual(reports, ['missing-reason']);
});

test('suppressions: half-typed code does not throw', () => {
  const whole = run(inFunction('\t//mapwarden:ignore one because\n\tfor i := range x {\n\t\ta() //mapwarden:ignore two, three because\n\t}')).text;
  for (let length = 0; length <= whole.length; length++) assert.doesNotThrow(() => run(whole.slice(0, length)));
});

/** The text after the safe fix of each report that has one. */
function fixed(marked: string): string {
  const { text, result } = run(marked);
  const edits = result.reports.flatMap((report) => report.fixes?.find((fix) => fix.safe)?.edits ?? []);
  return applyEdits(text, edits.filter((edit, i) => edits.findIndex((other) => other.start === edit.start && other.end === edit.end) === i));
}

test('suppressions: what silences nothing is taken away with what belongs to it', () => {
  assert.equal(fixed(inFunction('\ta()   //mapwarden:ignore one because')), inFunction('\ta()'));
  assert.equal(fixed(inFunction('\t//mapwarden:ignore one because\n\ta()')), inFunction('\ta()'));
  assert.equal(fixed(inFunction('\ta()\n\n\t//mapwarden:ignore one because\n\n\tb()')), inFunction('\ta()\n\n\tb()'));
  assert.equal(fixed('//mapwarden:ignore-file one because\n\npackage p\n'), 'package p\n');
  assert.equal(fixed('package p\n\n// F does.\n//\n//mapwarden:ignore one because\nfunc F() {}\n'), 'package p\n\n// F does.\nfunc F() {}\n');
  assert.equal(fixed('package p\r\n\r\nfunc f() {\r\n\t//mapwarden:ignore one because\r\n\ta()\r\n}\r\n'), 'package p\r\n\r\nfunc f() {\r\n\ta()\r\n}\r\n');
  assert.equal(fixed('package p\n\n//mapwarden:ignore one because'), 'package p\n\n');
});

test('suppressions: of a list only what finds nothing is taken away', () => {
  const list = (rules: string): string => inFunction(`\t«two»a() //mapwarden:ignore ${rules} because`);
  for (const before of ['one,two', 'two,one', 'one, two', 'two, one', 'one,two,three', 'two,one, three']) {
    assert.equal(fixed(list(before)), run(list('two')).text, before);
  }
  assert.equal(fixed(inFunction('\ta() //mapwarden:ignore one,two because')), inFunction('\ta()'));
});
