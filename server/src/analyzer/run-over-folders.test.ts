// A run over many folders reads each file as often as it must, and finds what looking at single files finds.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Analyzer } from '../analyzer.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { dirname } from '../workspace/paths.ts';

const files: Readonly<Record<string, string>> = {
  '/m/go.mod': 'module example.com/m\n\ngo 1.20\n',
  '/m/base/base.go': 'package base\n\ntype Table map[string]int\n\nfunc New() Table { return Table{} }\n',
  '/m/mid/mid.go': 'package mid\n\nimport "example.com/m/base"\n\ntype Holder struct{ Rows base.Table }\n',
  '/m/top/top.go': 'package top\n\nimport "example.com/m/mid"\n\nfunc Drop(h *mid.Holder) {\n\tfor key := range h.Rows {\n\t\th.Rows[key] = 0\n\t}\n\tclear(h.Rows)\n}\n',
  '/m/other/other.go': 'package other\n\nimport "example.com/m/base"\n\nfunc Drop() {\n\tclear(base.New())\n}\n',
};

class CountingFileSystem extends MemoryFileSystem {
  readonly reads = new Map<string, number>();

  override readFile(path: string): ReturnType<MemoryFileSystem['readFile']> {
    this.reads.set(path, (this.reads.get(path) ?? 0) + 1);
    return super.readFile(path);
  }
}

const environment = { goos: 'linux', goarch: 'amd64' };
const paths = Object.keys(files).filter((path) => path.endsWith('.go'));

function found(analyzer: Analyzer, path: string): readonly string[] {
  return analyzer.analyze(path).findings.map(({ rule, message, span }) => `${path} ${rule} ${message.id} ${span.start}`);
}

test('run over folders: finds the same as one file at a time, also in folders that come again', () => {
  const alone = paths.flatMap((path) => found(new Analyzer({ fileSystem: new MemoryFileSystem(files), environment }), path));
  assert.ok(alone.length > 0);
  const disk = new CountingFileSystem(files);
  const analyzer = new Analyzer({ fileSystem: disk, environment });
  const ordered = analyzer.inImportOrder([...new Set(paths.map(dirname))]);
  assert.ok(ordered.indexOf('/m/base') < ordered.indexOf('/m/mid') && ordered.indexOf('/m/mid') < ordered.indexOf('/m/top'));
  const run = (): readonly string[] =>
    ordered.flatMap((folder) => {
      const here = paths.filter((path) => dirname(path) === folder).flatMap((path) => found(analyzer, path));
      analyzer.finish(folder);
      return here;
    });
  assert.deepEqual([...run()].sort(), [...alone].sort());
  // For its imports, for its findings, and for those who import it.
  for (const path of paths) assert.ok(disk.reads.get(path)! <= 3, `${path} was read ${disk.reads.get(path)} times`);
  assert.equal(disk.reads.get('/m/top/top.go'), 2);
  // Everything has been let go of; what is asked for again is read again.
  assert.deepEqual([...run()].sort(), [...alone].sort());
});
