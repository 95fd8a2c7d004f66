import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPackage, checkSource, memoryFile, memoryPackage } from '../../../../test/harness/go-types.ts';
import type { MemoryFile, MemoryPackage } from '../../../../test/harness/go-types.ts';
import type * as ast from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { implementationOf, implementersOf } from './implementers.ts';
import { ObjectKind } from './objects.ts';
import { TypeStore } from './store.ts';
import { underlying } from './predicates.ts';
import { typeString } from './type-string.ts';
import { TypeKind } from './types.ts';

function factsIn(node: ast.Node): number {
  let count = 0;
  walk(node, (each) => {
    if ('fact' in each && each.fact) count++;
  });
  return count;
}

test('laziness: asking inside a function checks that function only', () => {
  const { info, find, file } = checkSource('func f() { a := 1; _ = a }\nfunc g() { b := 2; _ = b }');
  assert.equal(typeString(info.typeOf(find('1'))), 'int');
  const [f, g] = file.syntax.decls;
  assert.ok(f && g);
  assert.ok(factsIn(f) > 0);
  assert.equal(factsIn(g), 0);
});

test('laziness: the order of questions does not change answers', () => {
  const text = 'const ( A = iota; B; C )\nvar x = y\nvar y = f(C)\nfunc f(n int) map[int]T { return nil }\ntype T struct { t *T }';
  const forwards = checkSource(text);
  const backwards = checkSource(text);
  const names = ['x', 'y', 'f', 'T', 'A', 'iota'];
  const first = names.map((name) => forwards.typeOf(name));
  const second = [...names].reverse().map((name) => backwards.typeOf(name)).reverse();
  assert.deepEqual(first, second);
});

/** A package of one file whose text can be changed. */
class Editable {
  files: MemoryFile[];
  readonly source: MemoryPackage;
  constructor(text: string, imports: MemoryPackage['resolveImport'] = () => undefined, path = 'p') {
    this.files = [memoryFile(`${path}.go`, text)];
    const files = (): MemoryFile[] => this.files;
    this.source = { id: path, path, name: path, get files() { return files(); }, resolveImport: imports };
  }

  /** Replaces one declaration, keeping the trees of the others, and says what that affected. */
  replace(store: TypeStore, index: number, from: string, to: string): 'body' | 'package' {
    const [before] = this.files;
    assert.ok(before);
    const after = memoryFile(before.path, before.text.replace(from, to));
    const previous = before.syntax.decls[index];
    const changed = after.syntax.decls[index];
    assert.ok(previous && changed);
    const delta = after.text.length - before.text.length;
    after.syntax.decls = before.syntax.decls.map((decl, at) => {
      if (at === index) return changed;
      if (at > index) walk(decl, (node) => { node.pos += delta; node.end += delta; });
      return decl;
    });
    this.files = [after];
    return store.replaceDeclaration(this.source, after, previous, changed);
  }
}

test('replaceDeclaration: a changed body drops that body only', () => {
  const store = new TypeStore();
  const edited = new Editable('package p\nfunc f() { a := 1; _ = a }\nfunc g(x int) { b := f2(x); _ = b }\nfunc f2(x int) string { return "" }');
  const before = checkPackage(edited.source, store);
  for (const decl of before.file.syntax.decls) before.info.prepare(decl);
  assert.equal(edited.replace(store, 0, 'a := 1', 'longer := map[string]int{}; a := longer'), 'body');
  const after = checkPackage(edited.source, store);
  assert.equal(after.info, before.info);
  assert.equal(after.typeOf('a'), 'map[string]int');
  assert.equal(after.typeOf('b'), 'string');
  // The scopes of the declaration behind the change have moved with it.
  const [file] = edited.files;
  assert.ok(file);
  const object = after.info.lookup('b', file.syntax, file.text.indexOf('_ = b'));
  assert.equal(object?.kind, ObjectKind.Variable);
});

test('replaceDeclaration: a changed signature drops the package and its importers', () => {
  const store = new TypeStore();
  const lib = new Editable('package lib\nfunc New() int { return 1 }', undefined, 'lib');
  const app = new Editable('package app\nimport "lib"\nvar x = lib.New()', (path) => (path === 'lib' ? lib.source : undefined), 'app');
  assert.equal(checkPackage(app.source, store).typeOf('x'), 'int');
  assert.equal(lib.replace(store, 0, 'New() int', 'New() string'), 'package');
  assert.equal(checkPackage(app.source, store).typeOf('x'), 'string');
});

test('invalidate: nothing that was found out stays at the nodes', () => {
  const { store, file, info } = checkSource('func f() { a := 1; _ = a }');
  const [f] = file.syntax.decls;
  assert.ok(f);
  info.prepare(f);
  assert.ok(factsIn(f) > 0);
  store.invalidate();
  assert.equal(factsIn(f), 0);
});

test('releaseOutlines: what importers see stays as long as somebody who stays has looked at it, and is read again after that', () => {
  const store = new TypeStore();
  const base = memoryPackage({ path: 'base', files: { 'base.go': 'package base\ntype T struct{ N int }' } });
  const lib = memoryPackage({ path: 'lib', files: { 'lib.go': 'package lib\nimport "base"\nfunc New() *base.T { return nil }' }, imports: { base } });
  const app = memoryPackage({ path: 'app', files: { 'app.go': 'package app\nimport "lib"\nvar x = lib.New().N' }, imports: { lib, base } });
  const seen = (): readonly unknown[] => [store.importedBy(app, 'lib'), store.importedBy(lib, 'base')];
  assert.equal(checkPackage(app, store).typeOf('x'), 'int');
  const before = seen();
  store.release('/app');
  store.releaseOutlines((directory) => directory === '/lib');
  assert.deepEqual(seen().map((each, i) => each === before[i]), [true, true]);
  store.releaseOutlines(() => false);
  assert.deepEqual(seen().map((each, i) => each === before[i]), [false, false]);
  assert.equal(checkPackage(app, store).typeOf('x'), 'int');
});

test('shared files: a package keeps facts at its own files only', () => {
  const store = new TypeStore();
  const shared = memoryFile('a.go', 'package p\ntype T struct{}\nfunc (T) m() int { return 1 }\nvar v = T{}');
  const own = memoryFile('a_test.go', 'package p\nvar w = v.m()');
  const library = { id: 'p', path: 'p', name: 'p', files: [shared], resolveImport: () => undefined };
  const tests = { id: 'p test', path: 'p', name: 'p', files: [shared, own], ownFiles: [own], resolveImport: () => undefined };
  assert.equal(checkPackage(tests, store).typeOf('w'), 'int');
  const object = store.infoFor(library).package.scope.lookup('T');
  const checked = checkPackage(library, store);
  assert.equal(checked.info.definitionOf(checked.findIdent('T')), object);
});

test('implementers: by value, by pointer, promoted; not by accident of a name', () => {
  const { info } = checkSource(`
type I interface { M(int) string }
type A struct{}
func (A) M(int) string { return "" }
type B struct{}
func (*B) M(int) string { return "" }
type C struct { *B }
type D struct{}
func (D) M() string { return "" }`);
  const target = info.package.scope.lookup('I');
  assert.ok(target);
  const under = underlying(target.type);
  assert.equal(under.kind, TypeKind.Interface);
  if (under.kind !== TypeKind.Interface) return;
  const found = implementersOf(under, [info.package]);
  assert.deepEqual(found.map(({ type, byPointer }) => `${byPointer ? '*' : ''}${type.obj.name}`), ['A', '*B', 'C']);
  const method = under.methods[0];
  assert.ok(method);
  assert.deepEqual(found.map((each) => implementationOf(method, each)?.name), ['M', 'M', 'M']);
});
