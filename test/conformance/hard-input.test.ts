// Programs that are generated to be hard: recursion, functions of 10,000 statements, switches of 1,000 cases, call graphs 500 levels
// deep. The concurrency rules come to an end on each within a number of steps for each character of the text, whatever the number
// of ways through it. A step is a look at an operation, or at what a place holds; time is not measured. The bounds are twice what was counted.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Execution } from '../../server/src/analysis/concurrency/execution.ts';
import { Analyzer } from '../../server/src/analyzer.ts';
import { FunctionBody } from '../../server/src/model/function-body.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { MemoryFileSystem } from '../../server/src/workspace/file-system.ts';

const concurrency = rules.filter(({ category, detectors }) => category === 'concurrency' && detectors.go).map(({ id }) => id);

const head = `package p

import "sync"

type table struct {
	mu      sync.Mutex
	entries map[int]int
	done    chan int
	wg      sync.WaitGroup
}

`;

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

interface Kind {
  readonly name: string;
  /** How large the full program is. */
  readonly size: number;
  /** So many steps for each character at most. */
  readonly most: number;
  readonly program: (size: number) => string;
}

const kinds: readonly Kind[] = [
  {
    name: 'functions that call each other in a ring, and start themselves',
    size: 100,
    most: 345,
    program: (size) => lines(size, (i) => `func (t *table) f${i}(n int) {\n\tt.mu.Lock()\n\tt.entries[${i}]++\n\tt.mu.Unlock()\n\tif n > 0 {\n\t\tt.f${(i + 1) % size}(n - 1)\n\t\tgo t.f${(i * 7 + 3) % size}(n - 1)\n\t\tt.f${i}(n - 2)\n\t}\n}`),
  },
  {
    name: 'a function of 10,000 statements',
    size: 10_000,
    most: 25,
    program: (size) => `func (t *table) Fill() {\n\tgo func() { t.entries[0] = 1 }()\n${lines(size / 4, (i) => `\tt.mu.Lock()\n\tt.entries[${i}] = ${i}\n\tt.mu.Unlock()\n\tt.entries[${i}]++`)}\n}`,
  },
  {
    name: 'a function of 10,000 statements with a branch at every third',
    size: 10_000,
    most: 210,
    program: (size) => `func (t *table) Fill(a int) {\n\tgo func() { t.entries[0] = 1 }()\n${lines(size / 4, (i) => `\tif a > ${i} {\n\t\tt.mu.Lock()\n\t\tt.entries[${i}] = a\n\t\tt.mu.Unlock()\n\t}`)}\n}`,
  },
  {
    name: 'a switch of 1,000 cases that lock and send',
    size: 1000,
    most: 300,
    program: (size) => `func (t *table) Choose(a int) {\n\tgo func() { t.done <- 1 }()\n\tswitch a {\n${lines(size, (i) => `\tcase ${i}:\n\t\tt.mu.Lock()\n\t\tt.entries[${i}] = a\n\t\tt.mu.Unlock()\n\t\t<-t.done`)}\n\t}\n}`,
  },
  {
    name: 'a call graph of 500 levels',
    size: 500,
    most: 20,
    program: (size) => `func Start(t *table) {\n\tgo t.f0()\n\tt.f0()\n}\n${lines(size, (i) => `func (t *table) f${i}() {\n\tt.mu.Lock()\n\tt.entries[${i}]++\n\tt.mu.Unlock()\n${i + 1 < size ? `\tt.f${i + 1}()\n` : ''}}`)}`,
  },
  {
    name: 'a call graph of 500 levels with two calls in each',
    size: 500,
    most: 20,
    program: (size) => `func Start(t *table) {\n\tgo t.f0(1)\n\tt.f0(2)\n}\n${lines(size, (i) => `func (t *table) f${i}(a int) {\n\tt.entries[a]++\n${i + 1 < size ? `\tif a > 0 {\n\t\tt.f${i + 1}(a)\n\t}\n\tt.f${i + 1}(a + 1)\n` : ''}}`)}`,
  },
  {
    name: '500 goroutines of one function, each with a channel',
    size: 500,
    most: 345,
    program: (size) => `func Start(t *table) {\n${lines(size, (i) => `\tc${i} := make(chan int)\n\tt.wg.Add(1)\n\tgo func() {\n\t\tdefer t.wg.Done()\n\t\tt.entries[${i}] = <-c${i}\n\t}()\n\tc${i} <- ${i}`)}\n\tt.wg.Wait()\n}`,
  },
  {
    name: '40 records that are each copied from two others',
    size: 40,
    most: 100,
    program: (size) =>
      `func Start(a bool) {\n${lines(size, (i) => `\tr${i} := &table{}`)}\n${lines(size, (i) => `\tif a {\n\t\t*r${i} = *r${(i + 1) % size}\n\t} else {\n\t\t*r${i} = *r${(i + 2) % size}\n\t}`)}\n\tgo func() { r0.entries[0] = 1 }()\n\tr0.entries[1] = 2\n}`,
  },
];

/** @throws once there were more steps than allowed: what takes exponentially many must not be waited for */
function stepsOver(text: string, allowed: number): number {
  const analyzer = new Analyzer({
    fileSystem: new MemoryFileSystem({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', '/m/p.go': text }),
    environment: { goos: 'linux', goarch: 'amd64' },
    overrides: { only: concurrency },
    log: (event) => {
      if (event.kind === 'rule-failed') throw event.error;
    },
  });
  const { kind } = FunctionBody.prototype;
  const { contentOf } = Execution.prototype;
  let steps = 0;
  const step = (): void => {
    if (++steps > allowed) throw new Error(`more than ${allowed} steps`);
  };
  FunctionBody.prototype.kind = function (operation) {
    step();
    return kind.call(this, operation);
  };
  Execution.prototype.contentOf = function (location) {
    step();
    return contentOf.call(this, location);
  };
  try {
    analyzer.analyze('/m/p.go');
    return steps;
  } finally {
    FunctionBody.prototype.kind = kind;
    Execution.prototype.contentOf = contentOf;
  }
}

for (const { name, size, most, program } of kinds) {
  test(`hard input: ${name}`, () => {
    const text = head + program(size);
    const steps = stepsOver(text, 4 * most * text.length) / text.length;
    assert.ok(steps > 1, 'nothing was looked at');
    assert.ok(steps <= most, `${steps.toFixed(1)} steps for a character, and ${most} are allowed`);
  });
}
