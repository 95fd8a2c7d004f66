// What the rules about races across await report really goes wrong, and what mends it makes it go right: each scenario runs
// the fixture and the mended fixture through the same events.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { rules } from '../../server/src/rules/registry.ts';
import { analyzerOver, findingsOf, withoutWants } from '../harness/fixtures.ts';
import { notRun, scenarios, type Scenario } from './scenarios.ts';
import { load, World, type Module } from './world.ts';

const waiting = ['load', 'notify', 'connect', 'price', 'send', 'one', 'work', 'check', 'fetch', 'save', 'fetchAll', 'fetchOne', 'capture', 'read', 'next'];

/** As much of React as shows whether a state was set: one component, rendered once. */
function react(): Module {
  const React = {
    renders: 0,
    states: [] as unknown[],
    useState(initial: unknown) {
      const index = React.states.length;
      React.states.push(typeof initial === 'function' ? (initial as () => unknown)() : initial);
      const set = (value: unknown): void => {
        const next = typeof value === 'function' ? (value as (before: unknown) => unknown)(React.states[index]) : value;
        if (next === React.states[index]) return;
        React.states[index] = next;
        React.renders++;
      };
      return [React.states[index], set];
    },
  };
  return { ...React, default: React, useState: React.useState, __esModule: true };
}

/** A worker that gets copies, as all do. */
function posting(world: World): Module {
  const post = world.waiting('post');
  return { postMessage: (message: unknown) => void post(structuredClone(message)) };
}

async function seen({ file, observer = '', run }: Scenario, text: string): Promise<unknown> {
  const world = new World();
  const declared = { ...Object.fromEntries(waiting.map((name) => [name, world.waiting(name)])), worker: posting(world), render: (user: string) => `<${user}>`, react: react() };
  return await run(await load(`${text}\n${observer}`, file.endsWith('.tsx') ? 'tsx' : 'ts', declared), world);
}

function textsOf({ rule, file, mended }: Scenario): { readonly reported: string; readonly fine: string } {
  const path = join(process.cwd(), 'server/src/rules', rule, 'testdata/typescript', file);
  const reported = withoutWants(readFileSync(path, 'utf8'));
  if (!mended) return { reported, fine: readFileSync(`${path}.unsafe.golden`, 'utf8') };
  const fine = mended.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `not in ${file}: ${from}`);
    return text.replace(from, () => to);
  }, reported);
  return { reported, fine };
}

function count(rule: string, name: string, text: string): number {
  return findingsOf(analyzerOver(new Map([[name, text]])).analyze(`/fixture/${name}`), rule).length;
}

for (const scenario of scenarios) {
  const { rule, file, title } = scenario;
  test(`hazards: ${rule}: ${title}`, async () => {
    const { reported, fine } = textsOf(scenario);
    assert.deepEqual(await seen(scenario, reported), scenario.reported, 'what is reported goes wrong');
    assert.deepEqual(await seen(scenario, fine), scenario.fine, 'what is mended does not');
    assert.ok(count(rule, file, fine) < count(rule, file, reported), 'what is mended is not reported');
  });
}

test('hazards: every rule about races across await has a scenario', () => {
  const ofTypeScript = rules.filter(({ category, detectors }) => category === 'concurrency' && detectors.typescript);
  for (const { id } of ofTypeScript) assert.ok(notRun[id] !== undefined || scenarios.some(({ rule }) => rule === id), id);
  assert.ok(ofTypeScript.length > 8);
});
