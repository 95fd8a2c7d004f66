import assert from 'node:assert/strict';
import test from 'node:test';
import { createColors } from 'picocolors';
import { rules } from '../rules/registry.ts';
import { LineIndex } from '../text/line-index.ts';
import { excerptOf } from './excerpt.ts';
import { renderMarkdown } from './markdown.ts';
import { shownLine, widthOf, wrap } from './terminal.ts';

test('terminal: widths', () => {
  assert.equal(widthOf('abc'), 3);
  assert.equal(widthOf('你好'), 4);
  assert.equal(widthOf('ｆｕｌｌ'), 8);
  assert.equal(widthOf('한국'), 4);
  assert.equal(widthOf('e\u0301'), 1);
  assert.equal(widthOf('𝕏'), 1);
  assert.equal(widthOf('😀'), 2);
  assert.equal(widthOf('7–12 “x” …'), 10);
});

test('terminal: tabs stop at every fourth column', () => {
  assert.equal(shownLine('\ta\tbc\t').text, '    a   bc  ');
  assert.deepEqual(shownLine('你\tx').columns, [0, 2, 4, 5]);
  assert.deepEqual(shownLine('😀x').columns, [0, 0, 2, 3]);
});

test('terminal: what a terminal would obey is shown as a sign', () => {
  assert.equal(shownLine('\u001b[31m\u0000\u007f\u009b\u202e\r').text, '␛[31m␀␡\ufffd\ufffd␍');
});

function excerpt(text: string, part: string, columns: number) {
  const start = text.indexOf(part);
  const found = excerptOf(text, new LineIndex(text), { start, end: start + part.length }, columns);
  const cells = [...found.text].flatMap((character) => [character, ...Array<string>(widthOf(character) - 1).fill('')]);
  return { ...found, marked: cells.slice(found.from, found.to).join(''), width: widthOf(found.text) };
}

test('excerpt: what is underlined is the span', () => {
  assert.equal(excerpt('a\n\tfoo(bar)\n', 'bar', 80).marked, 'bar');
  assert.equal(excerpt('"你好" + bar', 'bar', 80).marked, 'bar');
  assert.equal(excerpt('x := "你好"', '"你好"', 80).marked, '"你好"');
});

test('excerpt: long lines are cut around the span', () => {
  for (const filler of ['x', '你', '\t', '😀']) {
    for (let before = 0; before < 120; before += 7) {
      const found = excerpt(`${filler.repeat(before)}bar${filler.repeat(90)}`, 'bar', 60);
      assert.equal(found.marked, 'bar', `${filler} ${before}: ${found.text}`);
      assert.ok(found.width <= 60, `${filler} ${before}: ${found.width}`);
    }
  }
});

test('excerpt: a span that is wider than the screen begins on it', () => {
  const found = excerpt(`${'x'.repeat(100)}${'y'.repeat(200)}`, 'y'.repeat(200), 60);
  assert.ok(found.width <= 60);
  assert.match(found.marked, /^y+$/);
});

test('excerpt: a span over several lines ends with its first line and names the last', () => {
  const text = 'a(b,\n  c)\nd\n';
  assert.deepEqual(excerptOf(text, new LineIndex(text), { start: 0, end: 9 }, 80), { line: 1, text: 'a(b,', from: 0, to: 4, lastLine: 2 });
  assert.equal(excerptOf(text, new LineIndex(text), { start: 0, end: 5 }, 80).lastLine, undefined);
});

test('excerpt: an empty span at the end of a file still shows a caret', () => {
  const { from, to } = excerptOf('ab', new LineIndex('ab'), { start: 2, end: 2 }, 80);
  assert.deepEqual([from, to], [2, 3]);
});

test('wrap: at spaces, and between Chinese characters', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
  assert.deepEqual(wrap('清空的耗时与容量成正比。', 10), ['清空的耗时', '与容量成正', '比。']);
  assert.deepEqual(wrap('unbreakablelongword x', 5), ['unbreakablelongword', 'x']);
  assert.deepEqual(wrap('', 5), ['']);
});

test('markdown: no page is wider than the terminal, but for code and words without a place to break', () => {
  for (const rule of rules) {
    for (const page of Object.values(rule.docs)) {
      for (const line of renderMarkdown(page, createColors(false), 80).split('\n')) {
        if (line.startsWith('    ') || /https:/.test(line)) continue;
        assert.ok(widthOf(line) <= 84, line);
      }
    }
  }
});

test('markdown: headings, code, lists and links', () => {
  const text = renderMarkdown('# Title\n\nSome `code` and\na [link](https://x.y).\n\n- one\n- two\n\n```go\n\tx := 1\n```\n', createColors(false), 80);
  assert.equal(text, 'Title\n=====\n\nSome code and a link (https://x.y).\n\n- one\n- two\n\n        x := 1\n');
});
