import assert from 'node:assert/strict';
import test from 'node:test';
import { commentsIn } from '../go/syntax/comments.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import { PackageGraph } from '../go/packages/graph.ts';
import { TypeStore } from '../go/types/store.ts';
import { deleteLoop } from '../rules/delete-loop/rule.ts';
import { defineRule } from '../rules/rule.ts';
import type { GoDetector } from '../rules/go-context.ts';
import type { Rule } from '../rules/rule.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { GoWalker } from './go-walker.ts';

const text = 'package p\n\nfunc f(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n\nfunc g() {}\n';

function ruleThat(id: string, go: GoDetector): Rule {
  const messages = { en: { found: 'found' }, 'zh-cn': { found: '找到' } };
  return defineRule({ id, category: 'project', severity: 'warning', since: '0.2.0', sections: [], messages, docs: { en: '', 'zh-cn': '' }, detectors: { go } });
}

function run(rules: readonly Rule[]) {
  const fileSystem = new MemoryFileSystem({ '/m/go.mod': 'module m\n\ngo 1.23\n', '/m/p.go': text });
  const graph = new PackageGraph({ fileSystem, environment: { goos: 'linux', goarch: 'amd64' } });
  const package_ = graph.packageOf('/m/p.go')!;
  const file = graph.file('/m/p.go')!;
  const failures: string[] = [];
  const input = {
    file,
    package: package_,
    info: new TypeStore().infoFor(package_),
    commentsIn: (start: number, end: number) => commentsIn(file.syntax, { start, end }),
    failed: (rule: string, error: unknown) => failures.push(`${rule}: ${String(error)}`),
  };
  const failed = new Set<string>();
  const walk = new GoWalker(rules).over(input, failed);
  const reports = file.syntax.decls.flatMap((declaration) => walk.reportsIn(declaration));
  return { reports: reports.map(({ rule }) => rule.id), failed: [...failed], failures };
}

test('walker: a rule that throws is reported once and the others stand', () => {
  const broken = ruleThat('broken', {
    visit: {
      [NodeKind.FuncDecl]: () => {
        throw new Error('a bug');
      },
    },
  });
  const result = run([broken, deleteLoop]);
  assert.deepEqual(result.reports, ['delete-loop']);
  assert.deepEqual(result.failed, ['broken']);
  assert.deepEqual(result.failures, ['broken: Error: a bug']);
});

test('walker: a message that the rule does not have is a fault of the rule', () => {
  const wordless = ruleThat('wordless', {
    visit: {
      [NodeKind.RangeStmt]: (loop, context) => context.report({ message: { id: 'missing' }, span: { start: loop.pos, end: loop.end } }),
    },
  });
  const result = run([wordless, deleteLoop]);
  assert.deepEqual(result.reports, ['delete-loop']);
  assert.deepEqual(result.failed, ['wordless']);
});

test('walker: a detector sees its nodes in source order, with what is around them', () => {
  const seen: string[] = [];
  const watcher = ruleThat('watcher', {
    visit: {
      [NodeKind.FuncDecl]: (node) => seen.push(node.name.name),
      [NodeKind.CallExpr]: (_call, context) => {
        const { enclosingFunction } = context;
        assert.ok(enclosingFunction?.kind === NodeKind.FuncDecl);
        seen.push(`call in ${enclosingFunction.name.name}, ${context.ancestors.filter(({ kind }) => kind === NodeKind.RangeStmt).length} loops around`);
      },
    },
  });
  run([watcher]);
  assert.deepEqual(seen, ['f', 'call in f, 1 loops around', 'g']);
});
