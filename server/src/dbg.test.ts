import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lowerSource } from './go/lowering/testing.ts';
import { printBody } from './model/print.ts';
import { LockSummaries } from './analysis/concurrency/lock-state.ts';
test('x', () => {
  const text = readFileSync('/tmp/d1/a.go', 'utf8');
  const body = lowerSource(text.replace('package a', '')).body(process.env['FN'] ?? 'each');
  console.log(printBody(body));
  const s = new LockSummaries({ functions: new Map(), implementersOf: () => undefined });
  for (const f of s.locksOf(body)!.flows) { console.log(f.lock.key, f.complete, [...f.lost], JSON.stringify(f.exits), f.lock.loads.length, JSON.stringify(f.lock.changes)); for (const e of f.steps) console.log(e.event.action, e.event.operation, e.hold, e.by, e.vague); }
});
