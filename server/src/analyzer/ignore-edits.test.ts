import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { findGo } from '../../../test/harness/go.mjs';
import { parseFile } from '../go/syntax/parser.ts';
import type { Finding } from '../rules/rule.ts';
import { applyEdits } from '../text/span.ts';
import { ignoreEdits } from './ignore-edits.ts';
import { goRegionAfter } from './go-regions.ts';
import { applySuppressions } from './suppressions.ts';

const rule = 'delete-loop';
const go = findGo();

function finding(start: number): Finding {
  return { rule, path: '/x.go', message: { id: 'plain' }, severity: 'hint', span: { start, end: start + 1 }, subject: { start, end: start + 1 }, related: [], fixes: [] };
}

/**
 * The text after the finding at `«` was ignored. Wherever that is possible, the finding must be silent afterwards, the
 * directive must not be reported, and formatted code must be formatted still.
 */
function ignored(marked: string, kind: 'line' | 'file' = 'line'): string | undefined {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '');
  const edits = ignoreEdits(text, finding(start), kind, 'because');
  if (!edits) return undefined;
  const result = applyEdits(text, edits);
  const moved = edits.filter((edit) => edit.start <= start).reduce((at, edit) => at + edit.newText.length - (edit.end - edit.start), start);
  const syntax = parseFile(result);
  const { kept, reports } = applySuppressions({ language: 'go', text: result, comments: syntax.comments, regionAfter: (directive) => goRegionAfter(syntax, result, directive), findings: [finding(moved)], ranRules: new Set([rule]) });
  assert.deepEqual(kept, [], `not covered:\n${result}`);
  assert.deepEqual(reports, [], result);
  if (isFormatted(text)) assert.ok(isFormatted(result), `gofmt changes this:\n${result}`);
  return result;
}

function isFormatted(text: string): boolean {
  if (!go || text.includes('\r')) return false;
  const run = spawnSync(join(dirname(go), 'gofmt'), { input: text, encoding: 'utf8' });
  return run.status === 0 && run.stdout === text;
}

const inFunction = (body: string): string => `package p\n\nfunc f() {\n${body}}\n`;
const directive = '//mapwarden:ignore delete-loop because';

test('ignore: above the statement, with its indentation', () => {
  assert.equal(ignored(inFunction('\tif x {\n\t\t«a()\n\t}\n')), inFunction(`\tif x {\n\t\t${directive}\n\t\ta()\n\t}\n`));
});

test('ignore: above the whole statement when the finding stands on a later line of it', () => {
  assert.equal(ignored(inFunction('\ta(\n\t\tb,\n\t\t«c,\n\t)\n')), inFunction(`\t${directive}\n\ta(\n\t\tb,\n\t\tc,\n\t)\n`));
  assert.equal(ignored(inFunction('\tx := T{\n\t\ta:   1,\n\t\tbcd: «2,\n\t}\n')), inFunction(`\t${directive}\n\tx := T{\n\t\ta:   1,\n\t\tbcd: 2,\n\t}\n`));
});

test('ignore: above the if of an else', () => {
  assert.equal(ignored(inFunction('\tif x {\n\t\ta()\n\t} else if «b() {\n\t\tc()\n\t}\n')), inFunction(`\t${directive}\n\tif x {\n\t\ta()\n\t} else if b() {\n\t\tc()\n\t}\n`));
});

test('ignore: inside a closure, and above one that stands on a line', () => {
  assert.equal(ignored(inFunction('\tgo func() {\n\t\t«a()\n\t}()\n')), inFunction(`\tgo func() {\n\t\t${directive}\n\t\ta()\n\t}()\n`));
  assert.equal(ignored(inFunction('\tdefer func() { «a() }()\n')), inFunction(`\t${directive}\n\tdefer func() { a() }()\n`));
});

test('ignore: in cases, above cases, behind labels', () => {
  assert.equal(ignored(inFunction('\tswitch x {\n\tcase 1:\n\t\t«a()\n\t}\n')), inFunction(`\tswitch x {\n\tcase 1:\n\t\t${directive}\n\t\ta()\n\t}\n`));
  assert.equal(ignored(inFunction('\tswitch x {\n\tcase 0:\n\t\tb()\n\tcase «a():\n\t}\n')), inFunction(`\tswitch x {\n\tcase 0:\n\t\tb()\n\t${directive}\n\tcase a():\n\t}\n`));
  assert.equal(ignored(inFunction('outer:\n\tfor «x := range y {\n\t\tbreak outer\n\t}\n')), inFunction(`outer:\n\t${directive}\n\tfor x := range y {\n\t\tbreak outer\n\t}\n`));
});

test('ignore: at a declaration the directive ends its doc comment', () => {
  assert.equal(ignored('package p\n\nvar x = «a()\n'), `package p\n\n${directive}\nvar x = a()\n`);
  assert.equal(ignored('package p\n\n// X is.\nvar x = «a()\n'), `package p\n\n// X is.\n//\n${directive}\nvar x = a()\n`);
  assert.equal(ignored('package p\n\n// F does.\n//\n//go:noinline\nfunc f(«a int) {}\n'), `package p\n\n// F does.\n//\n//go:noinline\n${directive}\nfunc f(a int) {}\n`);
  assert.equal(ignored('package p\n\nvar (\n\ta   = 1\n\tbcd = «2\n)\n'), `package p\n\n${directive}\nvar (\n\ta   = 1\n\tbcd = 2\n)\n`);
  assert.equal(ignored(inFunction('\t// A comment.\n\tvar x = «a()\n')), inFunction(`\t// A comment.\n\t${directive}\n\tvar x = a()\n`));
});

test('ignore: behind code where nothing stands alone on its line', () => {
  assert.equal(ignored(inFunction('\ta()\n\tb(); go func() {\n\t}(); «c()\n')), inFunction(`\ta()\n\tb(); go func() {\n\t}(); c() ${directive}\n`));
});

test('ignore: never inside a string, never behind a comment', () => {
  assert.equal(ignored(inFunction('\tb(); a(`\n`); «c(`\n`)\n')), undefined);
  assert.equal(ignored(inFunction('\tb(); go func() {\n\t}(); «c() // said already\n')), undefined);
});

test('ignore: line ends stay what they are', () => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  assert.equal(ignored(crlf(inFunction('\t«a()\n'))), crlf(inFunction(`\t${directive}\n\ta()\n`)));
  assert.equal(ignored(crlf('package p\n\nfunc f() { «a() }\n'), 'file'), crlf(`package p\n\n//mapwarden:ignore-file delete-loop because\n\nfunc f() { a() }\n`));
});

test('ignore: in the file below the package clause', () => {
  const file = '//mapwarden:ignore-file delete-loop because';
  assert.equal(ignored('// Package p.\npackage p\n\nimport "x"\n\nvar y = «x.Y\n', 'file'), `// Package p.\npackage p\n\n${file}\n\nimport "x"\n\nvar y = x.Y\n`);
  assert.equal(ignored('package p // c\nvar y = «1', 'file'), `package p // c\n\n${file}\n\nvar y = 1`);
});

test('ignore: a second directive goes below the first', () => {
  assert.equal(ignored(inFunction('\t//mapwarden:ignore zzz because\n\t«a()\n').replace('zzz', 'nan-key-survives')), inFunction(`\t//mapwarden:ignore nan-key-survives because\n\t${directive}\n\ta()\n`));
});

test('ignore: the reason is one line, and there must be one', () => {
  const text = inFunction('\ta()\n');
  const at = finding(text.indexOf('a()'));
  for (const blank of ['', ' \n ', ' , ', '// later']) assert.equal(ignoreEdits(text, at, 'line', blank), undefined);
  assert.equal(ignoreEdits(text, at, 'line', ' two\n  lines ')?.[0]?.newText, '\t//mapwarden:ignore delete-loop two lines\n');
});
