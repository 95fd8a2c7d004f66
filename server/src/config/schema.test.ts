// The schema that editors use and the reader that decides agree on what is right.

import Ajv from 'ajv';
import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../rules/registry.ts';
import { readConfiguration } from './read-configuration.ts';
import schema from './schema.json';

const validate = new Ajv({ strict: false }).compile(schema);
const known = new Set(rules.map(({ id }) => id));
const isRight = (value: unknown): boolean => readConfiguration('/r/.mapwarden.json', JSON.stringify(value), known).notices.length === 0;

const right: readonly unknown[] = [
  {},
  { $schema: 'x', rules: {}, exclude: [], go: {}, overrides: [] },
  { rules: { '*': 'off', 'delete-loop': 'error' } },
  { go: { version: '1.21' } },
  { go: { version: '1.21.3' } },
  { go: { shownByVet: false } },
  { go: { version: '1.27rc1' } },
  { exclude: ['a/**'], maxFileSize: 1 },
  { overrides: [{ files: ['a'] }, { files: [], rules: { 'delete-loop': 'hint' } }] },
];

const wrong: readonly unknown[] = [
  [],
  { rule: {} },
  { rules: [] },
  { rules: { 'delete-lop': 'off' } },
  { rules: { 'delete-loop': 'warn' } },
  { rules: { 'delete-loop': 2 } },
  { go: '1.21' },
  { go: { version: 1.21 } },
  { go: { version: 'go1.21' } },
  { go: { toolchain: 'x' } },
  { go: { shownByVet: 'yes' } },
  { exclude: 'a' },
  { exclude: [1] },
  { exclude: [''] },
  { maxFileSize: 0 },
  { maxFileSize: '1' },
  { overrides: {} },
  { overrides: [{ rules: {} }] },
  { overrides: [{ files: ['a'], x: 1 }] },
];

test('schema: accepts what the reader accepts', () => {
  for (const value of right) {
    assert.ok(isRight(value), JSON.stringify(value));
    assert.ok(validate(value), `${JSON.stringify(value)} ${JSON.stringify(validate.errors)}`);
  }
});

test('schema: rejects what the reader rejects', () => {
  for (const value of wrong) {
    assert.ok(!isRight(value), JSON.stringify(value));
    assert.ok(!validate(value), JSON.stringify(value));
  }
});
