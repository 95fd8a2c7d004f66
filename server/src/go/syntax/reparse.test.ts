import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeKind } from './ast.ts';
import type { File } from './ast.ts';
import { parseFile } from './parser.ts';
import { reparse } from './reparse.ts';
import type { Reparsed } from './reparse.ts';

const text = `// Package p.
package p

import "fmt"

// a
func a() {
	fmt.Println(1) // one
}

// b
var b = map[string]int{"x": 1}

type c struct{ d int } // c

func e() { a() } // last
`;

/** Replaces the first `before` by `after`; `undefined` where reparse gives none. What it gives is compared with a full parse. */
function change(before: string, after: string, original = text): { readonly old: File; readonly result: Reparsed | undefined; readonly newText: string } {
  const start = original.indexOf(before);
  assert.ok(start >= 0, before);
  const oldEnd = start + before.length;
  const newText = original.slice(0, start) + after + original.slice(oldEnd);
  const old = parseFile(original);
  const result = reparse(old, newText, { start, oldEnd, newEnd: start + after.length });
  if (result) assert.deepEqual(result.file, parseFile(newText));
  else assert.deepEqual(old, parseFile(original), 'a file that is not reparsed stays as it was');
  return { old, result, newText };
}

test('reparse: reads the declaration of the edit and takes over the others', () => {
  const { old, result } = change('1) // one', '1, 22) // two');
  assert.ok(result);
  assert.equal(result.previous, old.decls[1]);
  assert.equal(result.changed, result.file.decls[1]);
  for (const i of [0, 2, 3, 4]) assert.equal(result.file.decls[i], old.decls[i]);
});

test('reparse: works in every kind of declaration, the last one too', () => {
  for (const [before, after] of [
    ['"x": 1', '"xyz": 1, "y": 2'],
    ['d int', 'd, f string'],
    ['a() }', 'a(); b++ }'],
    ['fmt"', 'fmt/x"'],
    ['Println', ''],
  ] as const) {
    assert.ok(change(before, after).result, before);
  }
});

test('reparse: works while the declaration is broken, and when it is mended', () => {
  const { result, newText } = change('fmt.Println(1)', 'fmt.Println(');
  assert.ok(result?.file.recovered);
  const mended = change('fmt.Println(', 'fmt.Println(2)', newText);
  assert.equal(mended.result?.file.recovered, false);
});

test('reparse: declines what may reach beyond the declaration', () => {
  for (const [before, after] of [
    ['fmt.Println(1)', 'fmt.Println(1) }'],
    ['fmt.Println(1)', 'if x {'],
    ['fmt.Println(1)', '`'],
    ['fmt.Println(1)', '/*'],
    ['func a', 'func'],
    ['func a', 'var a'],
    ['// a', '// aa'],
    ['package p', 'package q'],
    ['}\n\n// b', '}\n\n\n// b'],
    ['{"x": 1}', '{"x": 1'],
  ] as const) {
    const { result } = change(before, after);
    if (result) assert.notEqual(result.changed.kind, NodeKind.BadStmt);
  }
  assert.equal(change('fmt.Println(1)', '`').result, undefined);
  assert.equal(change('fmt.Println(1)', '/*').result, undefined);
  assert.equal(change('// a', '// aa').result, undefined);
  assert.equal(change('func a', 'func').result, undefined);
  assert.equal(change('package p', 'package q').result, undefined);
  assert.equal(change(text, '').result, undefined);
});

test('reparse: an insertion at the end of a declaration belongs to it if it ends there', () => {
  assert.ok(change('x": 1}', 'x": 1}').result);
  const { result } = change('{ a() }', '{ a() } // more');
  assert.equal(result?.file.comments.length, 6);
});

test('reparse: an edit in the reach of an unfinished declaration before it is declined', () => {
  // Whether the first function is closed depends on what the second looks like.
  const broken = 'package p\n\nvar f = func() {\n\tx()\n\nvar y int\n\nvar z = 1\n';
  assert.equal(change('y int', 'y string', broken).result, undefined);
});

test('reparse: declarations that share a line are left to a full parse', () => {
  assert.equal(change('1;', '12;', 'package p\n\nvar a = 1; var b = 2\n').result, undefined);
  assert.equal(change('b = 2', 'b = 3', 'package p\n\nvar a = 1; var b = 2\n').result, undefined);
});

test('reparse: misplaced imports stay reported', () => {
  const late = 'package p\n\nvar a = 1\n\nimport "fmt"\n\nvar b = 2\n';
  assert.ok(change('fmt', 'fmts', late).result?.file.recovered);
  assert.ok(change('a = 1', 'a = 12', late).result?.file.recovered);
});
