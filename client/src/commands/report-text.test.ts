import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportData } from '../../../server/src/lsp/protocol.ts';
import { reportText } from './report-text.ts';

const report: ReportData = {
  mapwardenVersion: '0.2.0',
  rule: 'delete-loop',
  message: 'this loop deletes every key of m',
  languageId: 'go',
  goVersion: '1.21',
  declaration: 'func f() {\n}\n',
};

test('report: names versions, rule, message and the declaration', () => {
  const text = reportText(report, '1.100.0');
  for (const part of ['Mapwarden 0.2.0, VS Code 1.100.0, Go 1.21', '`delete-loop`', 'this loop deletes every key of m', '```go\nfunc f() {\n}\n```']) {
    assert.ok(text.includes(part), part);
  }
});

test('report: leaves out what is not known', () => {
  assert.ok(!reportText({ ...report, goVersion: null }, '1.100.0').includes('Go 1'));
});

test('report: a fence in the code does not end the code', () => {
  const text = reportText({ ...report, declaration: 'const s = `\n````\n`' }, '1.100.0');
  assert.ok(text.includes('\n`````go\n'));
  assert.ok(text.includes('\n`````\n\n## Why'));
});
