import assert from 'node:assert/strict';
import test from 'node:test';
import { printParseErrorCode } from 'jsonc-parser';
import { faultMessages, syntaxFaults } from './faults.ts';
import { matchesAny } from './globs.ts';
import { readConfiguration } from './read-configuration.ts';

const known = new Set(['delete-loop', 'nan-key-survives', 'suppression']);
const read = (text: string) => readConfiguration('/repo/.mapwarden.json', text, known);
const faults = (text: string) => read(text).notices.map(({ line, message }) => `${line}: ${message}`);

test('configuration: comments and trailing commas are allowed', () => {
  const configuration = read('// ours\n{\n  "$schema": "x",\n  "rules": { "delete-loop": "off", "*": "hint", }, /* ok */\n  "go": { "version": "1.21" },\n}\n');
  assert.deepEqual(configuration.notices, []);
  assert.deepEqual(configuration.rules, { 'delete-loop': 'off', '*': 'hint' });
  assert.equal(configuration.goVersion, '1.21');
});

test('configuration: each fault is one notice at its line and the rest applies', () => {
  const text = `{
  "rules": {
    "delete-lop": "off",
    "nan-key-survives": "loud",
    "delete-loop": "error",
    "zzz": "off"
  },
  "exclud": [],
  "exclude": ["gen/**", "[a", 7],
  "go": { "version": 1.21, "toolchain": "x" },
  "overrides": [
    { "files": ["a/**"], "rules": { "delete-loop": "hint" } },
    { "rules": {} },
    3
  ],
  "maxFileSize": "big"
}`;
  assert.deepEqual(faults(text), [
    "3: unknown rule 'delete-lop'; did you mean 'delete-loop'?",
    "4: the severity of 'nan-key-survives' must be one of off, hint, information, warning, error",
    "6: unknown rule 'zzz'",
    "8: unknown key 'exclud'; did you mean 'exclude'?",
    "9: the glob '[a' cannot be used: its brackets do not match",
    '9: a glob must be a string',
    '10: go.version must be a string such as "1.21"',
    "10: unknown key 'toolchain'",
    '13: an override needs "files", a list of globs',
    '14: overrides must be a list of objects with "files" and "rules"',
    '16: maxFileSize must be a number of bytes above 0',
  ]);
  const configuration = read(text);
  assert.deepEqual(configuration.rules, { 'delete-loop': 'error' });
  assert.equal(matchesAny(configuration.exclude, '/repo/gen/x.go'), true);
  assert.equal(configuration.overrides.length, 1);
});

test('configuration: a syntax error is one notice at its line and what can be read applies', () => {
  const text = '{\n  "rules": { "delete-loop": "off" }\n  "exclude": ["gen"]\n}\n';
  assert.deepEqual(faults(text), ['3: not valid JSON: comma expected']);
  assert.deepEqual(read(text).rules, { 'delete-loop': 'off' });
  assert.equal(matchesAny(read(text).exclude, '/repo/gen/x.go'), true);
});

test('configuration: half-typed text never throws and says something', () => {
  const whole = '{ "rules": { "delete-loop": "off" }, "exclude": ["a/**"], "overrides": [{ "files": ["b"], "rules": {} }] }';
  for (let length = 0; length < whole.length; length++) assert.ok(read(whole.slice(0, length)).notices.length > 0, whole.slice(0, length));
  assert.deepEqual(read(whole).notices, []);
});

test('configuration: the wrong kind of document is one notice', () => {
  assert.deepEqual(faults('[]'), ['1: the configuration must be an object']);
  assert.deepEqual(faults(''), ['1: not valid JSON: value expected']);
  assert.deepEqual(faults('{ "rules": [] }'), ['1: rules must be an object']);
  assert.deepEqual(faults('{ "exclude": "x" }'), ['1: exclude must be a list of globs']);
});

test('configuration: of equal keys the last counts and a notice says so', () => {
  const text = '{\n "rules": { "delete-loop": "off" },\n "rules": { "delete-loop": "hint" }\n}';
  assert.deepEqual(faults(text), ["3: the key 'rules' stands here twice; the last one counts"]);
  assert.deepEqual(read(text).rules, { 'delete-loop': 'hint' });
});

test('configuration: globs that cannot mean anything are faults', () => {
  for (const glob of ['', '!a', '../a', '{a,b', '(a']) assert.equal(faults(JSON.stringify({ exclude: [glob] })).length, 1, glob);
});

test('configuration: CRLF counts as one line end', () => {
  assert.deepEqual(faults('{\r\n  "rules": {\r\n    "zzz": "off"\r\n  }\r\n}\r\n'), ["3: unknown rule 'zzz'"]);
});

test('configuration: both languages have the same messages with the same places', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  assert.deepEqual(Object.keys(faultMessages['zh-cn']).sort(), Object.keys(faultMessages.en).sort());
  for (const [id, text] of Object.entries(faultMessages.en)) {
    assert.deepEqual(places(faultMessages['zh-cn'][id as keyof typeof faultMessages.en]), places(text), id);
  }
});

test('configuration: every error of the JSON parser has words', () => {
  // Codes start at 1; the name of a code that does not exist is a placeholder.
  const names = Array.from({ length: 40 }, (_, i) => printParseErrorCode(i + 1)).filter((name) => !name.startsWith('<'));
  assert.ok(names.length >= 16);
  for (const name of names) assert.ok(name in syntaxFaults, name);
});
