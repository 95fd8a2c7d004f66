import assert from 'node:assert/strict';
import test from 'node:test';
import type { Rule } from '../rules/rule.ts';
import { readConfiguration } from './read-configuration.ts';
import { resolveSettings, type SettingsSources } from './resolve.ts';

const blank = { category: 'clearing', since: '0', sections: [], messages: { en: {}, 'zh-cn': {} }, docs: { en: '', 'zh-cn': '' }, detectors: {} } as const;
const rules: readonly Rule[] = [
  { ...blank, id: 'usual', severity: 'warning' },
  { ...blank, id: 'opinion', severity: 'off' },
  { ...blank, id: 'early', severity: 'information', preview: true },
];
const ids = new Set(rules.map((rule) => rule.id));

function resolve(sources: Partial<SettingsSources>, path = '/repo/a.go') {
  return resolveSettings({ flags: undefined, configuration: undefined, editor: undefined, ...sources }, path, (id) => rules.find((rule) => rule.id === id));
}

function configuration(value: object) {
  const read = readConfiguration('/repo/.mapwarden.json', JSON.stringify(value), ids);
  assert.deepEqual(read.notices, []);
  return read;
}

test('settings: nothing said leaves the rule its own severity', () => {
  assert.equal(resolve({}).severityOf('usual'), undefined);
  assert.equal(resolve({}).enable, true);
  assert.equal(resolve({}).excluded, false);
  assert.equal(resolve({}).maxFileSize, 5_000_000);
});

test('settings: flag over configuration over editor', () => {
  const editor = { rules: { usual: 'hint' }, goVersion: '1.18', maxFileSize: 1 } as const;
  const own = configuration({ rules: { usual: 'error' }, go: { version: '1.19' }, maxFileSize: 2 });
  const flags = { rules: { usual: 'off' }, goVersion: '1.20' } as const;
  assert.equal(resolve({ editor }).severityOf('usual'), 'hint');
  assert.equal(resolve({ editor, configuration: own }).severityOf('usual'), 'error');
  assert.equal(resolve({ editor, configuration: own, flags }).severityOf('usual'), 'off');
  assert.deepEqual([resolve({ editor }), resolve({ editor, configuration: own }), resolve({ editor, configuration: own, flags })].map((all) => all.goVersion), ['1.18', '1.19', '1.20']);
  assert.equal(resolve({ editor, configuration: own, flags }).maxFileSize, 2);
});

test('settings: the star of a stronger source wins over the name in a weaker one', () => {
  const own = configuration({ rules: { '*': 'off' } });
  assert.equal(resolve({ configuration: own, editor: { rules: { usual: 'error' } } }).severityOf('usual'), 'off');
  assert.equal(resolve({ configuration: configuration({ rules: { '*': 'off', usual: 'hint' } }) }).severityOf('usual'), 'hint');
});

test('settings: the star never wakes a preview rule', () => {
  const own = configuration({ rules: { '*': 'error' } });
  assert.equal(resolve({ configuration: own }).severityOf('early'), undefined);
  assert.equal(resolve({ configuration: own }).severityOf('opinion'), 'error');
  assert.equal(resolve({ configuration: configuration({ rules: { early: 'hint' } }) }).severityOf('early'), 'hint');
});

test('settings: a later override wins, for its files only', () => {
  const own = configuration({
    rules: { usual: 'error' },
    overrides: [
      { files: ['old/**'], rules: { '*': 'off' } },
      { files: ['old/new.go'], rules: { usual: 'hint' } },
    ],
  });
  assert.equal(resolve({ configuration: own }).severityOf('usual'), 'error');
  assert.equal(resolve({ configuration: own }, '/repo/old/a.go').severityOf('usual'), 'off');
  assert.equal(resolve({ configuration: own }, '/repo/old/new.go').severityOf('usual'), 'hint');
});

test('settings: only the rules that were asked for run, whatever else is said', () => {
  const own = configuration({ rules: { usual: 'off' } });
  const only = (...rules: string[]) => ({ flags: { only: rules } });
  assert.equal(resolve(only('opinion')).severityOf('usual'), 'off');
  assert.equal(resolve(only('usual')).severityOf('usual'), undefined);
  assert.equal(resolve({ ...only('usual'), configuration: own }).severityOf('usual'), 'warning');
  assert.equal(resolve({ ...only('usual'), configuration: configuration({ rules: { usual: 'hint' } }) }).severityOf('usual'), 'hint');
  assert.equal(resolve(only('opinion')).severityOf('opinion'), 'hint');
  assert.equal(resolve(only('early')).severityOf('early'), 'information');
});

test('settings: exclusions add up', () => {
  const own = configuration({ exclude: ['gen'] });
  const editor = { exclude: ['tmp/**'], folder: '/repo/a' };
  const sources = { configuration: own, editor };
  assert.equal(resolve(sources, '/repo/gen/x.go').excluded, true);
  assert.equal(resolve(sources, '/repo/a/tmp/x.go').excluded, true);
  assert.equal(resolve(sources, '/repo/tmp/x.go').excluded, false);
});

test('settings: names of Object.prototype are no rules', () => {
  assert.equal(resolve({ editor: { rules: {} } }).severityOf('constructor'), undefined);
});
