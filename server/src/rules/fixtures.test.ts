import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import test from 'node:test';
import { checkFixture, readFixtures } from '../../../test/harness/fixtures.ts';
import { rules } from './registry.ts';

const rulesFolder = join(process.cwd(), 'server/src/rules');
const fixtures = readFixtures(rulesFolder);

for (const fixture of fixtures) test(`${fixture.rule}: ${fixture.name}`, () => checkFixture(fixture));

test('fixtures: every folder of rules/ is a rule of the registry', () => {
  const folders = readdirSync(rulesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  assert.deepEqual(folders.sort(), rules.map((rule) => rule.id).sort());
});

test('fixtures: every rule has fixtures, with lines that must be found and functions that must stay silent', () => {
  for (const rule of rules) {
    const own = fixtures.filter((fixture) => fixture.rule === rule.id);
    assert.ok(own.length > 0, `${rule.id} has no testdata`);
    const sources = own.flatMap((fixture) => [...fixture.files.values()]).join('\n');
    assert.match(sources, /\/\/ want /, `${rule.id} has no positive`);
    assert.match(sources, /\/\/ ok: /, `${rule.id} states no negative`);
  }
});
