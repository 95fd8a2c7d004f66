// Our trees of the files of GOROOT are go/parser's, node for node: kinds, nesting, spans, names, operators, literals, comments. And what go/parser
// rejects, ours does. A seeded twentieth of the files, or all of them with MAPWARDEN_FULL=1. MAPWARDEN_GOROOT names another installation,
// whose own go/parser is then asked.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import test from 'node:test';
import { parseFile } from '../../../server/src/go/syntax/parser.ts';
import { findGo } from '../../harness/go.mjs';
import { treeLines } from './tree.ts';

const given = process.env.MAPWARDEN_GOROOT;
const go = given ? join(given, 'bin', 'go') : findGo();
const skip = go && existsSync(go) ? false : 'no go command';
const full = process.env.MAPWARDEN_FULL === '1';
const seed = 7;

/**
 * What go/parser may say about a file that our parser accepts. Methods may have type parameters since Go 1.27, so that older parsers complain. Our
 * parser gets decoded text, in which bytes that are no UTF-8 have been replaced.
 */
const otherRules = ['method must have no type parameters', 'illegal UTF-8 encoding'];

test('go syntax: trees and rejections equal those of go/parser', { skip }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-go-syntax-'));
  try {
    const oracle = join(folder, 'oracle');
    const environment = { ...process.env, GOTOOLCHAIN: 'local', GO111MODULE: 'off', GOFLAGS: '' };
    execFileSync(go!, ['build', '-o', oracle, join(process.cwd(), 'test/conformance/go-syntax/oracle/main.go')], { env: environment });
    const root = execFileSync(go!, ['env', 'GOROOT'], { encoding: 'utf8', env: environment }).trim();
    const files = sourcesIn(root);
    assert.ok(files.length > (full ? 5000 : 100), `only ${files.length} files in ${root}`);
    const trees = ask(oracle, files);
    const differences: string[] = [];
    let rejected = 0;
    for (const path of files) {
      const theirs = trees.get(path);
      if (theirs?.error !== undefined) rejected++;
      const difference = theirs ? differenceIn(oracle, path, theirs) : `${path}: no answer`;
      if (difference) differences.push(difference);
    }
    t.diagnostic(`${files.length} files, of which go/parser rejects ${rejected}; ${differences.length} differ`);
    assert.deepEqual(differences.slice(0, 20), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface Answer {
  readonly error: string | undefined;
  readonly lines: number;
  readonly hash: string;
}

/** The library and its tests, and the compiler's test programs, many of which are wrong on purpose. */
function sourcesIn(root: string): string[] {
  return ['src', 'test'].flatMap((name) => {
    const folder = join(root, name);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.go'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => isChosen(relative(root, path)))
      .sort();
  });
}

function isChosen(path: string): boolean {
  const hash = createHash('sha1').update(path.split(sep).join('/')).digest();
  return full || hash.readUInt32BE(0) % 20 === seed;
}

function ask(oracle: string, files: readonly string[]): Map<string, Answer> {
  const output = execFileSync(oracle, { input: files.join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers = new Map<string, Answer>();
  for (const line of output.split('\n')) {
    const [path, count, rest] = line.split('\t');
    if (path && rest !== undefined) answers.set(path, count === 'error' ? { error: rest, lines: 0, hash: '' } : { error: undefined, lines: Number(count), hash: rest });
  }
  return answers;
}

/** What is different between our reading of a file and go/parser's; undefined if nothing is. */
function differenceIn(oracle: string, path: string, theirs: Answer): string | undefined {
  const text = readFileSync(path, 'utf8');
  const file = parseFile(text);
  if (theirs.error !== undefined) {
    const isOther = otherRules.some((message) => theirs.error!.includes(message));
    return file.recovered || isOther ? undefined : `${path}: accepted, but go/parser says ${theirs.error}`;
  }
  const [error] = file.errors;
  if (error) return `${path}: rejected: ${error.message} at ${error.pos}: ${JSON.stringify(text.slice(error.pos, error.pos + 40))}`;
  const ours = treeLines(file, text);
  const hash = createHash('sha1').update(ours.join('\n')).digest('hex');
  if (hash === theirs.hash) return undefined;
  const lines = execFileSync(oracle, ['trees'], { input: path, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter((line) => line.startsWith('\t'))
    .map((line) => line.slice(1));
  const i = lines.findIndex((line, at) => line !== ours[at]);
  return `${path}: go/parser has ${lines[i]}, ours ${ours[i]}`;
}
