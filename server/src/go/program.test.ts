import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldAt } from '../analysis/held-functions.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Role } from '../model/objects.ts';
import { Op } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { PackageGraph } from './packages/graph.ts';
import { programOf } from './program.ts';
import { TypeStore } from './types/store.ts';

/** The program of the files of one folder. */
function program(files: Readonly<Record<string, string>>, path = 'a.go'): Program {
  const graph = new PackageGraph({ fileSystem: new MemoryFileSystem(Object.fromEntries(Object.entries({ 'go.mod': 'module m\n\ngo 1.26\n', ...files }).map(([name, text]) => [`/w/${name}`, text]))), environment: { goos: 'linux', goarch: 'amd64' } });
  const package_ = graph.packageOf(`/w/${path}`);
  assert.ok(package_);
  const store = new TypeStore();
  return programOf(package_, { infoOf: (of) => store.infoFor(of), ownerOf: ({ path }) => graph.packageOf(path) });
}

function calls(body: FunctionBody): readonly number[] {
  return Array.from({ length: body.operationCount }, (_, operation) => operation).filter((operation) => body.kind(operation) === Op.Call);
}

/** What the calls of function values in a function reach. */
function reached(files: Readonly<Record<string, string>>, key: string, path = 'a.go'): readonly string[] {
  const from = program(files, path);
  const { body } = from.functions.get(key)!;
  return calls(body)
    .filter((operation) => !body.calleeOf(operation))
    .map((operation) => {
      const held = heldAt(from, body, body.b(operation));
      return held?.map((each) => (each.kind === 'function' ? each.function.key : each.kind === 'closure' ? `closure of ${each.body.unit.bodies[0]!.name}` : each.callee.key)).join() ?? 'unknown';
    });
}

test('held functions: fields, variables and parameters, across files', () => {
  const files = {
    'a.go': 'package a\n\ntype task struct{ run func() }\n\nvar hook = func() {}\n\nfunc f(t *task) {\n\tt.run()\n\thook()\n}\n\nfunc each(do func()) { do() }\n',
    'b.go': 'package a\n\nimport "runtime"\n\nfunc g() *task {\n\teach(runtime.GC)\n\treturn &task{run: func() { h() }}\n}\n\nfunc h() { _ = task{h} }\n',
  };
  assert.deepEqual(reached(files, 'm.f'), ['closure of g,m.h', 'closure of ']);
  assert.deepEqual(reached(files, 'm.each'), ['runtime.GC']);
});

test('held functions: the tests of a package see what the library assigns, and what they assign themselves', () => {
  const files = {
    'a.go': 'package a\n\nvar now = real\n\nfunc real() {}\n\nfunc f() { now() }\n',
    'a_test.go': 'package a\n\nimport "testing"\n\nfunc TestX(t *testing.T) {\n\tnow = fake\n\tnow()\n}\n\nfunc fake() {}\n',
  };
  assert.deepEqual(reached(files, 'm.f'), ['m.real']);
  assert.deepEqual(reached(files, 'm.f', 'a_test.go'), ['m.real,m.fake']);
  assert.deepEqual(reached(files, 'm.TestX', 'a_test.go'), ['m.real,m.fake']);
});

test('runners: a handler is given as the method that is run; golang.org/x/sync is known without its sources', () => {
  const text = `package a

import (
	"net/http"

	"golang.org/x/sync/errgroup"
)

type handler struct{ n int }

func (h *handler) ServeHTTP(http.ResponseWriter, *http.Request) { h.n++ }

func f(h *handler, any http.Handler) {
	http.Handle("/a", h)
	http.Handle("/b", any)
	var g errgroup.Group
	g.Go(func() error { return nil })
}
`;
  const { body } = program({ 'a.go': text }).functions.get('m.f')!;
  const [known, unknown, group] = calls(body);
  const given = (call: number): number => [...body.list(call)][1]!;
  assert.equal(body.kind(given(known!)), Op.FunctionValue);
  assert.equal(body.unit.callees[body.a(given(known!))]?.key, 'm.handler.ServeHTTP');
  assert.notEqual(body.b(given(known!)), -1);
  assert.notEqual(body.kind(given(unknown!)), Op.FunctionValue);
  assert.equal(body.calleeOf(group!)?.role, Role.CounterAdd);
  assert.deepEqual(body.calleeOf(group!)?.runs, [{ argument: 1, when: 'concurrent', times: 'once' }]);
});
