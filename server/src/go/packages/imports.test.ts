import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFile } from '../syntax/parser.ts';
import { applyEdits } from '../../text/span.ts';
import { readHeader } from './header.ts';
import { addImport, addImports, defaultImportName, isStandardPath } from './imports.ts';
import { parseModFile, parseModulesTxt, parseWorkFile } from './mod-file.ts';

/** The text with the import added; undefined if it cannot be. */
function added(text: string, path: string): string | undefined {
  const result = addImport(parseFile(text), text, path);
  return result && (result.edit ? applyEdits(text, [result.edit]) : text);
}

function nameOf(text: string, path: string): string | undefined {
  return addImport(parseFile(text), text, path)?.name;
}

test('add import: below the package clause when there is none', () => {
  assert.equal(added('package p\n\nfunc f() {}\n', 'maps'), 'package p\n\nimport "maps"\n\nfunc f() {}\n');
  assert.equal(added('package p // c\n\n// F is.\nfunc f() {}\n', 'maps'), 'package p // c\n\nimport "maps"\n\n// F is.\nfunc f() {}\n');
  assert.equal(added('package p\nfunc f() {}\n', 'maps'), 'package p\n\nimport "maps"\n\nfunc f() {}\n');
  assert.equal(added('package p', 'maps'), 'package p\n\nimport "maps"\n');
  assert.equal(added('package p\n', 'maps'), 'package p\n\nimport "maps"\n');
  assert.equal(added('package p\r\n\r\nvar x int\r\n', 'maps'), 'package p\r\n\r\nimport "maps"\r\n\r\nvar x int\r\n');
});

test('add import: not where the layout leaves no line for it', () => {
  assert.equal(added('package p; func f() {}\n', 'maps'), undefined);
});

test('add import: a single import becomes a block', () => {
  assert.equal(added('package p\n\nimport "fmt"\n', 'maps'), 'package p\n\nimport (\n\t"fmt"\n\t"maps"\n)\n');
  assert.equal(added('package p\n\nimport "os" // o\n\nvar x int\n', 'maps'), 'package p\n\nimport (\n\t"maps"\n\t"os" // o\n)\n\nvar x int\n');
  assert.equal(added('package p\n\nimport x "a.b/c"\n', 'maps'), 'package p\n\nimport (\n\t"maps"\n\n\tx "a.b/c"\n)\n');
  assert.equal(added('package p\n\nimport "fmt"\n', 'a.b/c'), 'package p\n\nimport (\n\t"fmt"\n\n\t"a.b/c"\n)\n');
});

test('add import: sorted into its group of a block', () => {
  const block = (...lines: string[]) => `package p\n\nimport (\n${lines.map((line) => (line === '' ? '\n' : `\t${line}\n`)).join('')})\n`;
  assert.equal(added(block('"fmt"', '"os"'), 'maps'), block('"fmt"', '"maps"', '"os"'));
  assert.equal(added(block('"fmt"'), 'bytes'), block('"bytes"', '"fmt"'));
  assert.equal(added(block('"fmt" // f'), 'maps'), block('"fmt" // f', '"maps"'));
  assert.equal(added(block('"fmt"', '', '"a.b/c"'), 'maps'), block('"fmt"', '"maps"', '', '"a.b/c"'));
  assert.equal(added(block('"a.b/c"'), 'maps'), block('"maps"', '', '"a.b/c"'));
  assert.equal(added(block('// c', '"a.b/c"'), 'maps'), block('"maps"', '', '// c', '"a.b/c"'));
  assert.equal(added(block('"fmt"', '// about os', '"os"'), 'maps'), block('"fmt"', '"maps"', '// about os', '"os"'));
  assert.equal(added(block('"fmt"'), 'a.b/c'), block('"fmt"', '', '"a.b/c"'));
  assert.equal(added(block('"fmt"', '', '"x.y/z"', '', '"a.b/c"'), 'a.b/d'), block('"fmt"', '', '"x.y/z"', '', '"a.b/c"', '"a.b/d"'));
});

test('add import: import "C" keeps to itself', () => {
  const cgo = 'package p\n\n// #include <a.h>\nimport "C"\n\nvar x int\n';
  assert.equal(added(cgo, 'maps'), 'package p\n\n// #include <a.h>\nimport "C"\n\nimport "maps"\n\nvar x int\n');
  assert.equal(added('package p\n\nimport "C"\n\nimport "os"\n', 'maps'), 'package p\n\nimport "C"\n\nimport (\n\t"maps"\n\t"os"\n)\n');
});

test('add import: odd layouts get a declaration of their own', () => {
  assert.equal(added('package p\n\nimport ("fmt"; "os")\n', 'maps'), 'package p\n\nimport ("fmt"; "os")\n\nimport "maps"\n');
});

test('add import: what is imported already keeps its name', () => {
  assert.equal(nameOf('package p\n\nimport "maps"\n\nvar _ = maps.Keys\n', 'maps'), 'maps');
  assert.equal(nameOf('package p\n\nimport std "maps"\n', 'maps'), 'std');
  assert.equal(added('package p\n\nimport std "maps"\n', 'maps'), 'package p\n\nimport std "maps"\n');
});

test('add import: blank and dot imports give no name', () => {
  assert.equal(added('package p\n\nimport _ "maps"\n', 'maps'), 'package p\n\nimport (\n\t_ "maps"\n\t"maps"\n)\n');
  assert.equal(nameOf('package p\n\nimport . "maps"\n', 'maps'), 'maps');
});

test('add import: not where the name means something else', () => {
  const cases = [
    'import "golang.org/x/exp/maps"', 'import maps "os"', 'var maps int', 'const maps = 1', 'type maps int', 'func maps() {}', 'func f(maps int) {}', 'func f() (maps int) { return }',
    'func f() { maps := 1; _ = maps }', 'func f() { for maps := range 3 { _ = maps } }', 'func f() { var maps int; _ = maps }', 'func f[maps any]() {}',
    'func (maps T) f() {}', 'func f() { func(maps int) {}(1) }', 'func f() { switch maps := x.(type) { default: _ = maps } }',
    'func f() { select { case maps := <-c: _ = maps } }', 'var x = maps.y', 'func f() { maps() }', 'func f() { type maps int }',
  ];
  for (const text of cases) assert.equal(added(`package p\n\n${text}\n`, 'maps'), undefined, text);
  assert.equal(addImport(parseFile('package p\n'), 'package p\n', 'maps', (name) => name === 'maps'), undefined);
});

test('add import: fields, methods, labels and keys do not stand in the way', () => {
  const cases = [
    'type t struct{ maps int }', 'type t interface{ maps() }', 'func (T) maps() {}', 'var _ = T{maps: 1}', 'var _ = x.maps', 'func f() {\nmaps:\n\tfor {\n\t\tbreak maps\n\t}\n}',
    '// maps', 'var _ = "maps"',
  ];
  for (const text of cases) assert.equal(nameOf(`package p\n\n${text}\n`, 'maps'), 'maps', text);
});

test('add import: an existing import is no use where its name is declared again', () => {
  assert.equal(nameOf('package p\n\nimport "maps"\n\nfunc f(maps int) {}\n', 'maps'), undefined);
});

test('import names: by convention of the path', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['fmt', 'fmt'], ['math/rand/v2', 'rand'], ['gopkg.in/yaml.v3', 'yaml'], ['example.com/go-x', undefined], ['example.com/v2', undefined], ['a/b_c', 'b_c'], ['', undefined],
  ];
  for (const [path, name] of cases) assert.equal(defaultImportName(path), name, path);
  assert.deepEqual(['fmt', 'net/http', 'example.com/a', 'a.b'].map(isStandardPath), [true, true, false, false]);
});

test('half-typed text: every prefix is read without a fault, and what is added can be applied', () => {
  const source = '// Code generated by x. DO NOT EDIT.\n//go:build (linux && !go1.21) || windows\n// +build linux,!x\n\npackage p /* c */\n\nimport "a"\nimport (\n\tx "b.c/d" // e\n\t`f`\n)\n\nfunc f() { maps.Keys(nil) }\n';
  const project = 'module "a.b/c" // d\ngo 1.21\nuse (\n\t"./a\\x41"\n)\nrequire (\n\ta.b/d v1.0.0\n)\nreplace a.b/d v1.0.0 => ../d\n# a v1 => b\n## explicit; go 1.20\n';
  for (let end = 0; end <= source.length; end++) {
    const text = source.slice(0, end);
    readHeader(text);
    const result = addImport(parseFile(text), text, 'strings');
    if (result?.edit) applyEdits(text, [result.edit]);
  }
  for (let end = 0; end <= project.length; end++) {
    const text = project.slice(0, end);
    const lines = text.split('\n').length;
    for (const { line } of [...parseModFile('/go.mod', text).notices, ...parseWorkFile('/go.work', text).notices]) assert.ok(line >= 0 && line <= lines);
    parseModulesTxt(text);
  }
});

test('imports: several at once, which may want the same place', () => {
  const added = (text: string): string | undefined => {
    const edits = addImports(parseFile(text), text, ['sync', 'sync/atomic']);
    return edits && applyEdits(text, edits);
  };
  const block = 'package p\n\nimport (\n\t"fmt"\n\t"sync"\n\t"sync/atomic"\n)\n';
  assert.equal(added('package p\n\nimport "fmt"\n'), block);
  assert.equal(added('package p\n\nimport (\n\t"fmt"\n)\n'), block);
  assert.equal(added('package p\n\nimport (\n\t"fmt"\n\t"sync"\n)\n'), block);
  assert.equal(added('package p\n'), 'package p\n\nimport (\n\t"sync"\n\t"sync/atomic"\n)\n');
  assert.equal(added('package p\n\nvar atomic int\n'), undefined);
});
